"""Mutants that nobody outside can notice, each with its reason: data, in `argued.toml`."""

import tomllib
from functools import cache
from pathlib import Path

MOST = 3


@cache
def argued() -> dict[tuple[str, str, str], str]:
    """Return the reasons by side, operator and pointer.

    Raises:
        ValueError: there are more than `MOST`: that many are no exceptions.
    """
    listed = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).get("mutant", [])
    if len(listed) > MOST:
        raise ValueError(f"argued.toml lists {len(listed)} mutants; {MOST} at most can be argued away")
    return {(entry["side"], entry["operator"], entry["pointer"]): entry["reason"] for entry in listed}
