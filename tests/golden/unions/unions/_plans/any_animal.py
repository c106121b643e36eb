# `python -m generator build` makes this from unions.yaml.
"""GET /animals: what its calls send and read."""

from .._runtime.plan import Call, Operation

OPERATION = Operation(id="anyAnimal", method="GET", path="/animals", accept="application/json")

RAW: Call[object] = Call(operation=OPERATION)
