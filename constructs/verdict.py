"""What a probe found, judged by what its spec expects."""

import re
from collections.abc import Mapping
from typing import Any

CARRIED, LOOSE, DROPPED, REFUSED, CRASHES = (
    "carried",
    "typed loosely",
    "dropped silently",
    "refused",
    "crashes",
)

Facts = Mapping[str, Any]


def judge(probe: Facts, found: Facts) -> tuple[str, str]:
    """The verdict, and the reason if it is not `carried`."""
    if "broken" in found:
        return CRASHES, str(found["broken"])
    if "raises" in probe:
        return _raised(probe, found)
    if "raised" in found:
        return CRASHES, str(found["raised"])
    lost = _lost_on_the_wire(probe, found["sent"] or {}) or _lost_in_hand(probe, found)
    if lost:
        return DROPPED, lost
    if found.get("otherwise"):
        return DROPPED, f"asyncio does something else: {found['otherwise']}"
    if "typed" in probe and ".models." not in found["hints"]:
        return LOOSE, f"no model in the signature: {found['hints']}"
    return CARRIED, ""


def _raised(probe: Facts, found: Facts) -> tuple[str, str]:
    if found.get("status") == probe["raises"]:
        return CARRIED, ""
    if "raised" in found:
        return CRASHES, str(found["raised"])
    return DROPPED, f"no error for {probe['raises']}, but {found.get('value')!r}"


def _lost_on_the_wire(probe: Facts, sent: Facts) -> str:
    for key, wanted in probe.get("wire", {}).items():
        got = sent.get(key)
        if not _fits(key, wanted, got):
            return f"{key} of the request: {got!r}"
    if "query_is" in probe and sent.get("query") != probe["query_is"]:
        return f"query of the request: {sent.get('query')!r}"
    return ""


def _fits(key: str, wanted: Any, got: Any) -> bool:
    match key:
        case "headers":
            return all(got and got.get(name) == value for name, value in wanted.items())
        case "parts":
            return len(wanted) == len(got or ()) and all(map(_part_fits, wanted, got))
        case "text":
            return re.search(wanted, re.sub(r"\s", "", got or "").replace("}", ",}")) is not None
        case _:
            return bool(got == wanted)


def _part_fits(wanted: Facts, got: Facts) -> bool:
    return all(
        _fits(name, value, got[name]) if name == "headers" else got[name] == value
        for name, value in wanted.items()
    )


def _lost_in_hand(probe: Facts, found: Facts) -> str:
    if "value" in probe and found["value"] != probe["value"]:
        return f"value in hand: {found['value']!r}"
    for name, value in probe.get("response_headers", {}).items():
        if found["headers"].get(name) != value:
            return f"header {name} of the answer: {found['headers'].get(name)!r}"
    for words in probe.get("told", ()):
        if words not in found["told"]:
            return f"nothing says `{words}`"
    if probe.get("deprecated") and not found["deprecated"]:
        return "no DeprecationWarning"
    return ""
