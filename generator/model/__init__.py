"""What the SDK has, as values: operations, methods, arguments, types. Nothing here writes a file.

`sdk` reads `x-sdk`, `operations` the operations of the lowered document. `types` and `model_classes` hold the
types of the contract. `methods` and `arguments` are what callers see. `bodies`, `argument_groups`,
`result_readings` and `calls` state in the types of `runtime.contract` how requests are sent and answers are
read. `client_model` holds it all.
"""
