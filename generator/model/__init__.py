"""What a caller sees, worked out from the lowered document and its `x-sdk`.

Pure data for the templates: calls, methods, arguments, examples. `operations` finds what can be sent and how,
`calls` says it in the runtime's words, `methods` adds names, types and docstrings, `source` prints constants
as Python.
"""
