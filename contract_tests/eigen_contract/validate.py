"""Validates JSON values against schemas of the spec, by `jsonschema-rs` under Draft 2020-12.

OpenAPI 3.1 schemas are Draft 2020-12 (OpenAPI 3.1.0, section 4.8.24), so nothing is translated: every
schema is compiled as it stands, with the document's components beside it so that its references resolve.
"""

from collections.abc import Iterator
from typing import Any

from attrs import field, frozen
from jsonschema_rs import Draft202012Validator

from eigen_contract.spec import Contract, Document


@frozen
class Violation:
    """One violated keyword: JSON pointer into the instance, and the validator's message."""

    instance: str
    message: str

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
            yield Violation(place, shortened(error.message))

    def _validator(self, schema: Document, pointer: str) -> Draft202012Validator:
        compiled = self._compiled.get(pointer)
        if compiled is None:
            compiled = Draft202012Validator({**schema, "components": self.contract.components})
            self._compiled[pointer] = compiled
        return compiled


def shortened(message: str, most: int = 300) -> str:
    """Keep a validator's message to one readable line: it may quote a whole picture."""
    line = " ".join(message.split())
    return line if len(line) <= most else f"{line[: most // 2]} … {line[-most // 2 :]}"
