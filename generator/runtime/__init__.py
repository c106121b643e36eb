"""What every generated client shares: ordinary modules, copied into each, that know no field of any API.

Start at `core.py` (how a call is carried out) and `plan.py` (how generated code describes one).
Only `transport.py` and `transport_async.py` meet httpx. Nothing here imports generated code.
"""
