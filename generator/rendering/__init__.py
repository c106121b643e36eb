"""Writes the client: its modules from templates, and an installable project around them.

`project` lists the modules. `opc_document` is what openapi-python-client reads, `opc_adapter` drives it,
`opc_types` and `opc_faults` turn its results into values of the model and errors of the document, and
`opc_messages` its words into ours.
`template_names` has the filters and variables of templates; `raw_layer`, `expressions`, `source`,
`docstrings`, `documentation` and `examples` make their values. `packaging` formats the modules, adds the
runtime and a stamp, and puts the client in place; `contract_copy` and `smoke` are steps of it.
"""
