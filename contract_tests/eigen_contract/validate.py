"""Validates JSON values against schemas of the spec, by `jsonschema-rs` under Draft 2020-12.

OpenAPI 3.1 schemas are Draft 2020-12 (OpenAPI 3.1.0, section 4.8.24), so nothing is translated: every
schema is compiled as it stands, with the document's components beside it so that its references resolve.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import field, frozen
from jsonschema_rs import Draft202012Validator, ValidationErrorKind

from eigen_contract.spec import Contract, Document, escape


@frozen
class Violation:
    """One violated keyword: JSON pointers to the value and to the keyword, and the validator's message."""

    instance: str
    message: str
    keyword: str = ""
    missing: str = ""
    """The member that is not there, if the keyword is `required`."""

    def __str__(self) -> str:
        return f"{self.instance or 'the body'}: {self.message}"


@frozen
class Validators:
    """Compiled validators of one contract, made when first asked for."""

    contract: Contract
    _compiled: dict[str, Draft202012Validator] = field(factory=dict, repr=False)

    def is_valid(self, schema: Document, pointer: str, instance: Any) -> bool:
        return self._validator(schema, pointer).is_valid(instance)

    def violations(self, schema: Document, pointer: str, instance: Any) -> Iterator[Violation]:
        """List what is wrong with an instance, in the order of the validator."""
        for error in self._validator(schema, pointer).iter_errors(instance):
            place = "".join(f"/{token}" for token in error.instance_path)
            missing = error.kind.property if isinstance(error.kind, ValidationErrorKind.Required) else ""
            yield Violation(place, shortened(error.message), located(error.schema_path, pointer), missing)

    def _validator(self, schema: Document, pointer: str) -> Draft202012Validator:
        compiled = self._compiled.get(pointer)
        if compiled is None:
            compiled = Draft202012Validator({**schema, "components": self.contract.components})
            self._compiled[pointer] = compiled
        return compiled


def located(path: Sequence[str | int], pointer: str) -> str:
    """Return the pointer into the spec of a keyword; behind a reference the validator starts at the root."""
    start = "#" if path and path[0] == "components" else pointer
    return "".join([start, *(f"/{escape(str(token))}" for token in path)])


def shortened(message: str, most: int = 300) -> str:
    """Keep a validator's message to one readable line: it may quote a whole picture."""
    line = " ".join(message.split())
    return line if len(line) <= most else f"{line[: most // 2]} … {line[-most // 2 :]}"
