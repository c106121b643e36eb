"""Faults in answers: status, members and their types, headers."""

import json
from collections.abc import Iterator
from typing import Any

from attrs import evolve

from eigen_contract.shapes import members
from eigen_contract.spec import Contract, Document
from mutants.mutant import Mutant
from mutants.server.rewriting import Answer, Call, Planting

STATUSES: dict[str, dict[int, tuple[int, ...]]] = {
    "generate": {
        200: (201, 202, 204, 500),
        400: (200, 404, 422, 500),
        401: (400, 403, 404),
        413: (400, 500),
        415: (400, 200),
    },
    "getStatus": {200: (202, 404, 500), 401: (403, 200), 404: (400, 200, 500)},
    "getResult": {200: (202, 404, 500), 401: (403, 200), 404: (400, 200, 500)},
    "uploadVoice": {200: (201, 400, 500), 401: (403, 400)},
}
"""By operation: a status that the server gives, and others that would be wrong in its place."""
ANSWERS = (
    "GeneratedImage",
    "EditedImage",
    "EditedImageWithTiming",
    "Transcript",
    "DetailedTranscript",
    "VideoTask",
    "JobStatus",
    "SavedVoice",
)
"""Schemas of JSON successes, each told by the members that it requires."""


def status_faults(contract: Contract) -> Iterator[Mutant]:
    """Give one status in place of another."""
    for operation in contract.operations:
        for was, others in STATUSES[operation.id].items():
            for other in others:
                pointer = f"{operation.pointer}/responses/{was} as {other}"
                yield Mutant(
                    "server",
                    "status",
                    "another-status",
                    pointer,
                    Planting(answer=status_of(operation.path, was, other)),
                )


def status_of(path: str, was: int, other: int) -> Any:
    def answer(call: Call, given: Answer) -> Answer:
        return evolve(given, status=other) if (call.path, given.status) == (path, was) else given

    return answer


def member_faults(contract: Contract) -> Iterator[Mutant]:
    """Lose, rename or retype members of JSON successes, at every member that the contract declares."""
    for name in ANSWERS:
        pointer = f"#/components/schemas/{name}"
        schema = contract.at(pointer)
        for member, declared in schema["properties"].items():
            place = f"{pointer}/properties/{member}"
            wrong = of_another_type(contract.follow(declared)[0])
            yield Mutant(
                "server", "type", "retyped-member", place, Planting(answer=replaced(schema, member, wrong))
            )
            if member in schema["required"]:
                yield Mutant(
                    "server", "field", "lost-member", place, Planting(answer=renamed(schema, member, None))
                )
                yield Mutant(
                    "server",
                    "field",
                    "renamed-member",
                    place,
                    Planting(answer=renamed(schema, member, f"{member}_")),
                )


def of_another_type(schema: Document) -> Any:
    """Make a value that a schema does not admit."""
    return {"not": "this"} if "string" in str(schema.get("type", "string")) else "not this"


def is_of(schema: Document, answer: Answer, member: str) -> bool:
    document = members(answer.document) if answer.status == 200 else {}
    return member in document and all(name in document for name in schema["required"])


def replaced(schema: Document, member: str, value: Any) -> Any:
    def answer(call: Call, given: Answer) -> Answer:
        del call
        return (
            given.with_document({**given.document, member: value}) if is_of(schema, given, member) else given
        )

    return answer


def renamed(schema: Document, member: str, other: str | None) -> Any:
    def answer(call: Call, given: Answer) -> Answer:
        del call
        if not is_of(schema, given, member):
            return given
        document = dict(given.document)
        value = document.pop(member)
        return given.with_document(document if other is None else {**document, other: value})

    return answer


ERRORS: dict[str, Any] = {
    "no-message": {"wrong": True},
    "an-empty-message": {"error": {"message": ""}},
    "a-list": ["wrong"],
    "a-message-that-is-a-number": {"error": {"message": 5}},
    "null": None,
}


def error_faults(contract: Contract) -> Iterator[Mutant]:
    """Answer refusals in a shape that says nothing, for each status that the server gives."""
    for operation in contract.operations:
        for status in STATUSES[operation.id]:
            for name, document in ERRORS.items() if status >= 400 else ():
                pointer = f"{operation.pointer}/responses/{status} with {name}"
                yield Mutant(
                    "server",
                    "field",
                    "misshapen-error",
                    pointer,
                    Planting(answer=error_of(operation.path, status, document)),
                )


def error_of(path: str, status: int, document: Any) -> Any:
    def answer(call: Call, given: Answer) -> Answer:
        return given.with_document(document) if (call.path, given.status) == (path, status) else given

    return answer


HEADERS: tuple[tuple[str, str, str | None, int], ...] = (
    ("content-type", "lost", None, 200),
    ("content-type", "lost", None, 400),
    ("content-type", "text/html", "text/html", 200),
    ("content-type", "text/html", "text/html", 400),
    ("content-type", "text/html", "text/html", 401),
    ("content-type", "application/octet-stream", "application/octet-stream", 200),
    ("www-authenticate", "lost", None, 401),
    ("allow", "lost", None, 405),
    ("allow", "another method", "PURGE", 405),
    ("x-credits-remaining", "no number", "plenty", 200),
    ("x-credits-remaining", "empty", "", 200),
    ("x-odd", "a control character", "a\x01b", 200),
    ("x-odd", "a control character", "a\x01b", 400),
    ("content-length", "one too few", "-1", 200),
    ("content-length", "one too many", "+1", 200),
    ("content-length", "one too few", "-1", 400),
)
"""A header, what is done to it, its new value, and the answers that it is done to."""


def header_faults(contract: Contract) -> Iterator[Mutant]:
    """Lose or spoil headers, operation by operation."""
    for operation in contract.operations:
        for name, what, value, status in HEADERS:
            if status != 405 and status not in STATUSES[operation.id]:
                continue
            if name == "x-credits-remaining" and operation.id != "generate":
                continue
            pointer = f"{operation.pointer}/responses/{status}/headers/{name} ({what})"
            yield Mutant(
                "server",
                "header",
                "spoilt-header",
                pointer,
                Planting(answer=header_of(operation.path, status, name, value)),
            )


def header_of(path: str, status: int, name: str, value: str | None) -> Any:
    def answer(call: Call, given: Answer) -> Answer:
        if (call.path, given.status) != (path, status):
            return given
        if name == "x-credits-remaining" and name.encode() not in dict(given.headers):
            return given
        if name == "content-length":
            wrong = str(len(given.body) + int(value or 0))
            return given.with_header(name, wrong).with_header("x-length-is-wrong", "1")
        return given.with_header(name, value)

    return answer


def as_json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
