"""Makes tapes and keeps them up to date.

Read `steps.py` first, which says what belongs on a tape, and then `recorder.py`, which sends it.

A recording is saved after every answer, so whatever ends it, what was paid for is kept.
"""
