"""One module a subject: how it is imported, called, and given large files, each in its own idiom.

The SDKs are imported by name and untyped, so that reading and checking the bench needs none of them.
"""
