"""Prepares a release of the client: `./dev -s release` says what it would be, `-- --write` does it.

The version and the changelog's entry follow from what changed for callers since the last tag.
"""
