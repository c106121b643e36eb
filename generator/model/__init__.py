"""What the SDK has, as values: operations, methods, arguments, types. Nothing here writes a file.

`sdk` reads `x-sdk`, `operations` the operations of the lowered document. `types` and `model_classes` hold the
types of the contract. `methods` and `arguments` are what callers see of it; `bodies`, `argument_groups`,
`result_readings` and `calls` say in the runtime's words what is sent and read. `client_model` holds it all.
"""
