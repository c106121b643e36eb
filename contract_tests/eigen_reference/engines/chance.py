"""Chance that can be repeated: everything random in the engines is drawn from the request."""

import hashlib
import random

from .values import Number


def digest(*parts: object) -> bytes:
    """Hash `parts`, told apart from each other, to 32 bytes that are the same in every process."""
    return hashlib.sha256("\x1f".join(repr(part) for part in parts).encode()).digest()


def dice(*parts: object) -> random.Random:
    """Return a random source that depends on `parts` and on nothing else."""
    return random.Random(digest(*parts))


def settle(seed: Number | None) -> Number | None:
    """Return `seed` so that 7 and 7.0, which are one number in JSON, are one seed."""
    return int(seed) if isinstance(seed, float) and seed.is_integer() else seed


def fraction(*parts: object) -> float:
    """Return a number from 0 up to 1 that depends on `parts`."""
    return int.from_bytes(digest(*parts)[:6], "big") / 2**48
