from collections.abc import Mapping
from typing import Any

from .errors import ArgumentError
from .plan import Call, Need
from .unset import UNSET


def check_needs(call: Call[Any], fields: Mapping[str, object], extra: Mapping[str, object] | None) -> None:
    for need in call.needs:
        met = [choice for choice in need.choices if all(_is_given(fields, name) for name in choice)]
        if need.required and not met and not extra:
            raise ArgumentError(f"{_named(need.choices[0])}: {call.title} needs {_words(need)}")
        if need.exclusive and len(met) > 1:
            raise ArgumentError(
                f"{_named(met[1])}: {_named(met[0])} is given too; {call.title} takes {_words(need)}"
            )


def _is_given(fields: Mapping[str, object], name: str) -> bool:
    value = fields.get(name, UNSET)
    return value is not UNSET and value is not None


def _named(choice: tuple[str, ...]) -> str:
    return " with ".join(choice)


def _words(need: Need) -> str:
    names = ", ".join(map(_named, need.choices))
    if len(need.choices) == 1:
        return "it" if len(need.choices[0]) == 1 else names
    return f"{'exactly' if need.exclusive else 'at least'} one of {names}"
