"""Reads a spec into memory: a document in, with the line of every value, and the ways through its JSON.

`reading` turns YAML or JSON into a `Document`. `json_data` goes through decoded JSON by pointers, `schemas`
and `operations` find what a document holds, `origins` finds the place in the written document for a place in
a changed copy, `openapi30` restates OpenAPI 3.0 as 3.1, and `normalization` removes faults that mean nothing
to a client. Nothing here judges a document; that is what `validation` does.
"""
