"""Where the parts of a lowered document stand in the document as it is written.

Lowerings make components of inner schemas, rename components and merge `allOf`. Errors and notes must still
name a place that a reader finds in the file.
"""

from typing import NamedTuple

from .json_data import Json, is_object, list_or_empty, object_or_empty, resolve, unescape

# The key of a lowered document that maps the names of made or renamed components to the pointers where their
# schemas stood before.
COMPONENT_ORIGINS = "x-lowered-origins"


def original_pointer(pointer: str, lowered: dict[str, Json], source: dict[str, Json]) -> str:
    """Return the place in `source` of the value at `pointer` in `lowered`.

    If `source` has no such value, this is the nearest place around it.
    """
    tokens = pointer.split("/")[1:]
    if tokens[:2] == ["components", "schemas"] and len(tokens) > 2:
        origin = object_or_empty(lowered.get(COMPONENT_ORIGINS)).get(unescape(tokens[2]))
        if origin is not None:
            tokens = [*origin.split("/")[1:], *tokens[3:]]
    return _deepest_match(source, "", tuple(tokens), set()).pointer


class _Match(NamedTuple):
    """The pointer that was reached, and how many tokens were left there."""

    tokens_left: int
    pointer: str


def _deepest_match(
    source: dict[str, Json], start: str, tokens: tuple[str, ...], visited: set[tuple[str, int]]
) -> _Match:
    """Follow `tokens` from the pointer `start` as far as `source` goes, also through `$ref` and `allOf`.

    `visited` are the pointers that were tried, each with the number of tokens left there.
    """
    best = _Match(len(tokens), start)
    # Merged schemas may contain each other, so a place is tried once for each number of tokens left.
    if not tokens or (start, len(tokens)) in visited:
        return best
    visited.add((start, len(tokens)))
    value = resolve(source, start)
    steps = [(f"{start}/{tokens[0]}", tokens[1:])]
    if is_object(value):
        reference = value.get("$ref")
        steps += [(reference[1:], tokens)] if isinstance(reference, str) else []
        steps += [
            (f"{start}/allOf/{index}", tokens) for index in range(len(list_or_empty(value.get("allOf"))))
        ]
    for step, remaining_tokens in steps:
        try:
            resolve(source, step)
        except KeyError:
            continue
        match = _deepest_match(source, step, remaining_tokens, visited)
        best = min(best, match, key=lambda candidate: candidate.tokens_left)
        if best.tokens_left == 0:
            break
    return best
