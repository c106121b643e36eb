"""Recorded exchanges, each with who answered, when, and under which contract.

A tape is a folder: `tape.toml`, a manifest to be read and reviewed, and `bodies/`, whatever was sent or
received as files that open by themselves. Read `tape.py` first; `recording/` makes tapes.
"""

from eigen_contract.exchange import ORIGINS, Origin
from eigen_contract.tape.entries import Provenance, TapeEntry
from eigen_contract.tape.matching import UnmatchedError, canonical
from eigen_contract.tape.tape import Tape

__all__ = ["ORIGINS", "Origin", "Provenance", "Tape", "TapeEntry", "UnmatchedError", "canonical"]
