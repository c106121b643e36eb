"""Writes the client: its modules through openapi-python-client, and an installable project around them.

`opc_document` is what openapi-python-client reads, `opc_adapter` drives it. `raw_layer`, `docstrings`,
`source` and `examples` say what the templates print. `packaging` formats the result, adds the runtime and
the stamp, and puts it in place; `contract_copy` and `smoke` are steps of it.
"""
