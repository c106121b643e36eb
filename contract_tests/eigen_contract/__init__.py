"""The judge: sends requests to a server, and says where its answers depart from `openapi.yaml`.

Read `spec.py` (the contract), `oracle.py` (what must be accepted), `checks/` (what an answer must be),
`targets/` (who is judged) and `runner.py` (in what order). Nothing here is shared with the server or with
the client: the multipart parser, the JSON Schema validator and the media decoders are others on purpose, so
that a misreading cannot cancel out.
"""

__version__ = "0.1.0"
