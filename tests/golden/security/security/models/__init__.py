# Built by `python -m generator build` from security.yaml: edits are lost.
"""Models of the contract. Each is imported when it is named."""

__all__: list[str] = []
