"""Faults that rules yield, and the conversion of JSON Schema errors to faults with a place."""

from collections.abc import Callable, Collection, Iterator

from jsonschema.exceptions import ValidationError, relevance

from ..errors import GeneratorError
from ..loading.document import Document
from ..loading.json_data import escape

Faults = Iterator[GeneratorError]
Rule = Callable[[Document], Faults]
# A message of jsonschema begins with the value, which may be a whole document, and ends with what is wrong.
_MAX_MESSAGE = 300


def check_name(
    document: Document, name: str, known_names: Collection[str], pointer: str, role: str
) -> Faults:
    """Yield a fault at `pointer` if `name` is not in `known_names`.

    `role` says in words what it should name.
    """
    if name not in known_names:
        hint = f"write one of: {', '.join(sorted(known_names))}" if known_names else "the contract has none"
        yield document.error(pointer, f"`{name}` is not {role}", hint)


def locate(document: Document, error: ValidationError, pointer: str) -> GeneratorError:
    """Return an error of a JSON Schema validator as an error of the document.

    `pointer` is that of the validated value.
    """
    closest = _find_closest(error)
    place = pointer + "".join(f"/{escape(str(token))}" for token in closest.absolute_path)
    message = closest.message.partition("\n")[0]
    if len(message) >= _MAX_MESSAGE:
        message = f"{message[: _MAX_MESSAGE // 2]} … {message[-_MAX_MESSAGE // 2 :]}"
    return document.error(place, message)


def _find_closest(error: ValidationError) -> ValidationError:
    """Return the fault inside the branch of a union that was probably meant.

    If two branches fit equally well, return the fault of the union itself.
    """
    while error.context:
        first, *others = sorted(error.context, key=relevance)
        if others and relevance(first) == relevance(others[0]):
            break
        error = first
    return error
