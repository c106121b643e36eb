# Built by `python -m generator build` from openapi.yaml: edits are lost.
"""What each call sends and reads."""
