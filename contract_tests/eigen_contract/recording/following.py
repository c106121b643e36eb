"""What follows a job: its status, and what it made. The contract's `x-sdk` says how (`waits`)."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from attrs import frozen

from eigen_contract.compose import query
from eigen_contract.exchange import Request, Response
from eigen_contract.shapes import items, members
from eigen_contract.spec import Contract, Operation
from eigen_contract.tape import Tape, TapeEntry
from eigen_contract.tape.forms import parts_of


@frozen
class Wait:
    """How the contract has a job waited for."""

    status: Operation
    result: Operation
    parameters: Mapping[str, str]
    """For each parameter of both operations `id`, or the field of the request that it repeats."""
    id_pointer: str
    state_pointer: str
    done: tuple[str, ...]
    failed: tuple[str, ...]
    timeout: float
    """Seconds after which a job is given up."""

    def state(self, response: Response) -> str | None:
        """Return the state that an answer tells; None if it tells none."""
        value = at_pointer(document_of(response), self.state_pointer)
        return value if isinstance(value, str) else None

    def is_final(self, response: Response) -> bool:
        """Return whether a job has ended: it is done, it failed, or the server does not know it."""
        return response.status != 200 or self.state(response) in (*self.done, *self.failed)


@frozen
class Job:
    """A job that an answer named, and the requests that follow it."""

    label: str
    wait: Wait
    status_request: Request
    result_request: Request

    @property
    def status_label(self) -> str:
        return following(self.label)[0]

    @property
    def result_label(self) -> str:
        return following(self.label)[1]

    def missing_from(self, tape: Tape) -> tuple[str, ...]:
        """Return the labels of what a tape lacks: a status that may still change does not count."""
        statuses = tape.matching(self.status_request)
        final = statuses[-1].exchange.response if statuses else None
        if final is None or not self.wait.is_final(final):
            return (self.status_label, self.result_label)
        if self.wait.state(final) in self.wait.done and not tape.matching(self.result_request):
            return (self.result_label,)
        return ()


def following(label: str) -> tuple[str, str]:
    """Return the labels of what follows a job: of its status, and of what it made."""
    return f"{label}, status", f"{label}, video"


def waits_of(contract: Contract) -> Iterator[Wait]:
    """Yield how the contract has jobs waited for."""
    sdk = members(contract.document.get("x-sdk"))
    operations = {operation.id: operation for operation in contract.operations}
    for node in map(members, items(sdk.get("waits", []))):
        status, result = operations.get(node.get("status", "")), operations.get(node.get("result", ""))
        job = members(members(sdk.get("results")).get(node.get("job", "")))
        if status is not None and result is not None:
            yield Wait(
                status,
                result,
                members(node.get("parameters")),
                str(members(job.get("id")).get("pointer", "")),
                str(node.get("state", "")),
                tuple(items(node.get("done"))),
                tuple(items(node.get("failed"))),
                float(node.get("timeout", 300)),
            )


def job_of(contract: Contract, entry: TapeEntry) -> Job | None:
    """Return the job that the answer of an exchange names; None if it names none."""
    exchange = entry.exchange
    if not 200 <= exchange.response.status < 300 or exchange.request.method == "GET":
        return None
    for wait in waits_of(contract):
        task = at_pointer(document_of(exchange.response), wait.id_pointer)
        if isinstance(task, str) and task:
            sent = fields_of(exchange.request)
            values = {
                name: task if source == "id" else str(sent[source])
                for name, source in wait.parameters.items()
                if source == "id" or source in sent
            }
            return Job(entry.label, wait, query(wait.status, values), query(wait.result, values))
    return None


def fields_of(request: Request) -> dict[str, Any]:
    """Return the fields of a request's body: of a JSON object, or the texts of a form."""
    parts = parts_of(request)
    if parts is not None:
        return {part.name: part.data.decode("utf-8", "replace") for part in parts if not part.is_file}
    return members(decoded(request.body)) if request.media_type == "application/json" else {}


def document_of(response: Response) -> Any:
    """Return a response as JSON; None if it is not JSON."""
    return decoded(response.body) if response.media_type.endswith("json") else None


def decoded(data: bytes) -> Any:
    with suppress(ValueError, RecursionError):
        return json.loads(data)
    return None


def at_pointer(document: Any, pointer: str) -> Any:
    """Return the value at a JSON pointer of objects; None if there is none."""
    for token in pointer.split("/")[1:]:
        document = members(document).get(token.replace("~1", "/").replace("~0", "~"))
    return document
