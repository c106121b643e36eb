"""The factory: makes the client from the contract. `python -m generator build` is its front door."""
