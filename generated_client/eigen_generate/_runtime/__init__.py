"""What every generated client shares: ordinary modules, copied into each, that know no field of any API.

Comments, and docstrings that no caller meets, are not copied:
read them in the generator's `runtime/`.

Start at `core.py` (how a call is carried out) and `plan.py` (how generated code describes one).
"""
