"""Says whether the contract accepts a request: the judge's own opinion, formed from the bytes alone.

Three verdicts. `accept`: a server that refuses it breaks the contract. `refuse`: a server that takes it
does, and so does one that refuses it with another status. `either`: the contract leaves it open; what is
open is listed in `settled` below, each with its reason.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal

from attrs import evolve, frozen

from eigen_contract.exchange import AUTH_DESCRIPTIONS, Request
from eigen_contract.media import known_kind, looks_like
from eigen_contract.spec import Body, Contract, Operation, Variant
from eigen_contract.validate import Validators
from eigen_contract.wire import Wire, WireError, is_binary, kinds_of, read

Ruling = Literal["accept", "refuse", "either"]
REFERENCES = ("image_path", "image_url", "voice_url")
"""Fields that name a resource elsewhere: whether it exists is not to be seen from the request."""


@frozen
class Verdict:
    """The ruling on one request, the statuses that may answer it, and why."""

    ruling: Ruling
    statuses: frozenset[int]
    reason: str
    pointer: str
    variants: tuple[Variant, ...] = ()
    wire: Wire | None = None


@frozen
class Oracle:
    """Judges requests by one contract."""

    contract: Contract
    validators: Validators

    @classmethod
    def of(cls, contract: Contract) -> "Oracle":
        return cls(contract, Validators(contract))

    def judge(self, request: Request) -> Verdict:
        """Rule on one request."""
        operation = self.contract.operation(request.method, request.path)
        if operation is None:
            return self._unknown(request)
        if request.auth == "trailing-space":
            return either("it was sent with a space after the key", operation.pointer)
        if request.auth != "good" and self._is_guarded(operation):
            return refuse(f"it was sent with {AUTH_DESCRIPTIONS[request.auth]}", "#/security", 401)
        return self._parameters(request, operation) or self._body(request, operation)

    def _unknown(self, request: Request) -> Verdict:
        methods = self.contract.methods_of(request.path)
        if methods:
            return refuse(f"{request.path} allows only {', '.join(methods)}", "#/paths", 405)
        return refuse(f"the contract has no path {request.path}", "#/paths", 404, 405)

    def _is_guarded(self, operation: Operation) -> bool:
        return bool(operation.document.get("security", self.contract.document.get("security")))

    def _parameters(self, request: Request, operation: Operation) -> Verdict | None:
        """Rule on the query; None if there is nothing to object to and a body may follow."""
        sent = request.query
        for parameter in operation.parameters:
            values = [value for name, value in sent if name == parameter["name"]]
            if parameter["in"] == "query" and parameter.get("required") and not values:
                return refuse(f"the query parameter {parameter['name']} is missing", operation.pointer, 400)
            if len(values) > 1:
                return either(f"the query parameter {parameter['name']} is given twice", operation.pointer)
        if operation.parameters:
            return either("the request does not show whether the job exists", operation.pointer)
        return None

    def _body(self, request: Request, operation: Operation) -> Verdict:
        if not operation.bodies:
            return accept("the operation takes no body", operation.pointer)
        body = operation.bodies.get(request.media_type)
        if body is None:
            received = request.media_type or "no Content-Type"
            return refuse(
                f"the operation does not accept {received}",
                f"{operation.pointer}/requestBody/content",
                415,
                400,
            )
        try:
            wire = read(request, body, self.contract)
        except WireError as error:
            return refuse(str(error), body.pointer, 400)
        return self._instance(request, body, wire)

    def _instance(self, request: Request, body: Body, wire: Wire) -> Verdict:
        if wire.doubts:
            return either(wire.doubts[0], body.pointer, wire=wire)
        if not self.validators.is_valid(body.schema, body.pointer, wire.instance):
            first = next(self.validators.violations(body.schema, body.pointer, wire.instance))
            return evolve(refuse(str(first), body.pointer, 400), wire=wire)
        matched = tuple(variant for variant in body.variants if self._matches(variant, wire.instance))
        unsettled = next(self._unsettled(request, body, wire, matched), None)
        if unsettled is not None:
            return either(unsettled, body.pointer, matched, wire)
        return accept("the request is valid", body.pointer, matched, wire)

    def _matches(self, variant: Variant, instance: Any) -> bool:
        return self.validators.is_valid(variant.schema, variant.pointer, instance)

    def _unsettled(
        self, request: Request, body: Body, wire: Wire, matched: tuple[Variant, ...]
    ) -> Iterator[str]:
        """List why a valid request may yet be refused."""
        jobs = self.models.get(wire.instance.get("model"), frozenset())
        if jobs and not jobs & {variant.name for variant in matched}:
            yield "the contract knows the model for another job"
        for name in REFERENCES:
            if name in wire.instance:
                yield f"the request does not show whether the file in {name} exists"
        for name, parts in wire.files.items():
            if any(is_binary(schema) or "items" in schema for schema in body.declared.get(name, ())):
                kind = known_kind(name)
                if not all(looks_like(part.data, kind) for part in parts):
                    yield f"the file in {name} does not decode as {kind or 'media'}"
        for name in repeated(wire, matched, self.contract):
            yield f"{name} is given several times, and the contract declares no list there"
        charset = (request.header("content-type") or "").lower()
        if "charset" in charset and "utf-8" not in charset:
            yield "the charset is not UTF-8"

    @cached_property
    def models(self) -> dict[str, frozenset[str]]:
        """The variants for which the spec's examples know a model."""
        known: dict[str, frozenset[str]] = {}
        for operation in self.contract.operations:
            for body in operation.bodies.values():
                for variant in body.variants:
                    for model in variant.properties.get("model", {}).get("examples", ()):
                        known[model] = known.get(model, frozenset()) | {variant.name}
        return known


def repeated(wire: Wire, matched: tuple[Variant, ...], contract: Contract) -> Iterator[str]:
    """Yield the names that a form repeats although no variant that it matches declares a list there.

    Such a name is unknown to the variant, so the schema tolerates it; a reader of forms may yet refuse it.
    """
    if wire.media_type != "multipart/form-data":
        return
    for name, value in wire.instance.items():
        declared = [schema for variant in matched if (schema := variant.properties.get(name))]
        if isinstance(value, list) and not any("array" in kinds_of(schema, contract) for schema in declared):
            yield name


def accept(
    reason: str, pointer: str, variants: tuple[Variant, ...] = (), wire: Wire | None = None
) -> Verdict:
    return Verdict("accept", frozenset({200}), reason, pointer, variants, wire)


def refuse(reason: str, pointer: str, *statuses: int) -> Verdict:
    return Verdict("refuse", frozenset(statuses), reason, pointer)


def either(
    reason: str, pointer: str, variants: tuple[Variant, ...] = (), wire: Wire | None = None
) -> Verdict:
    return Verdict("either", frozenset(), reason, pointer, variants, wire)
