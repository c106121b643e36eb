"""Calls every operation of a built client once, in a process of its own, and writes down what came of it.

`python -m constructs.documents.trial KIND PACKAGE SPEC OUT` writes one JSON object for each operation of the
document into the file OUT, one a line.
"""

import inspect
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
from attrs import asdict, define, field

from generator.loading.json_data import Json, is_list, is_object

from .. import values
from .clients import CLIENTS, BuiltOperation, Ours, Stock
from .contract import Content, Contract, Operation
from .files import mark_files
from .looseness import list_loose_places
from .samples import NoSampleError, make_sample

_JSON = ("application/json", "text/json")
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


@define
class Trial:
    """What came of one operation.

    `problem` says why it could not be called, and is empty if it could. `loose` are the places of its
    signature that have no type though the document has one. `wrong` are the examples that were changed.
    `takes_any_of` says that no plain value fits one branch of a `oneOf` alone, so that it is read as `anyOf`.
    """

    route: str
    is_built: bool = False
    problem: str = ""
    loose: list[str] = field(factory=list[str])
    request: dict[str, Any] | None = None
    request_examples: int = 0
    response_examples: int = 0
    wrong: list[str] = field(factory=list[str])
    takes_any_of: bool = False


class _Server:
    """Answers every request with what it was given, and keeps the last request."""

    def __init__(self) -> None:
        self.request: httpx.Request | None = None
        self.answer = httpx.Response(204)

    def handle(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.request = request
        return self.answer


def main(kind: str, package: str, spec: str, out: str) -> None:
    """Try every operation of the document."""
    server, contract = _Server(), Contract(Path(spec))
    client = CLIENTS[kind](package, server.handle, contract)
    with Path(out).open("w", encoding="utf-8") as lines:
        for operation in contract.list_operations():
            built = client.operations.get(operation.route)
            trial = Trial(operation.route)
            if built is not None:
                trial.is_built = True
                _Try(contract, client, server, operation, built, trial).run()
            lines.write(json.dumps(asdict(trial)) + "\n")


@define
class _Try:
    contract: Contract
    client: Ours | Stock
    server: _Server
    operation: Operation
    built: BuiltOperation
    trial: Trial

    def run(self) -> None:
        self.trial.loose = list(list_loose_places(self.contract, self.operation, self.built))
        try:
            arguments = self._make_arguments()
        except NoSampleError as error:
            self.trial.problem = f"no valid request was found: {error}"
            return
        except Exception as error:  # a model that does not take what its schema admits
            self.trial.problem = f"{type(error).__name__}: {error}"
            return
        self.server.answer = self._empty_answer()
        self._call(arguments)
        self.trial.request = _write_request(self.server.request)
        if self.trial.request is None:
            return
        self._send_examples(arguments)
        self._receive_examples(arguments)

    def _empty_answer(self) -> httpx.Response:
        """Return an answer that the document has, with a value that its schema admits."""
        for status, contents in self.operation.answers.items():
            if not (status.startswith("2") or status == "default"):
                continue
            code = int(status) if status.isdecimal() else 200
            for content in contents:
                if "json" in content.media_type and content.schema_pointer:
                    try:
                        answer = make_sample(self.contract, content.schema_pointer, is_answer=True)
                        headers = {"content-type": content.media_type}
                        return httpx.Response(code, content=json.dumps(answer), headers=headers)
                    except (NoSampleError, ValueError):
                        continue
            for content in contents:
                # Without a value that the schema admits, null is what most readers take.
                is_json = "json" in content.media_type
                headers = {"content-type": content.media_type}
                return httpx.Response(code, content=b"null" if is_json else b"text", headers=headers)
            return httpx.Response(code)
        return httpx.Response(204)

    def _call(self, arguments: Mapping[str, Any]) -> Any:
        """Call the operation. An error that comes after the request is a problem as well."""
        self.server.request = None
        try:
            return self.built.call(self.client.client, arguments)
        except Exception as error:
            self.trial.problem = f"{type(error).__name__}: {str(error)[:300]}"
            return None

    def _make_arguments(self) -> dict[str, Any]:
        arguments: dict[str, Any] = {}
        for parameter in self.operation.parameters:
            name = self.built.name_of(self.operation, parameter)
            if name is None:
                if parameter.is_required:
                    raise NoSampleError(f"no argument for the parameter {parameter.name}")
                continue
            try:
                value = self._make_sample(parameter.schema_pointer)
            except NoSampleError:
                if parameter.is_required:
                    raise
                continue
            # OpenAPI gives no style a form for an object or a list inside of another (3.1.0, 4.8.12.3).
            if parameter.is_required or parameter.has_media_type or not _is_nested(value):
                arguments[name] = self._convert(name, value)
        if self.operation.bodies and "body" in self.built.hints:
            arguments |= self._make_body(self.operation.bodies[0])
        return arguments

    def _make_body(self, content: Content) -> dict[str, Any]:
        arguments: dict[str, Any] = {}
        if "media_type" in self.built.hints:
            arguments["media_type"] = content.media_type
        pointer = content.schema_pointer
        schema: dict[str, Json] = self.contract.schema_at(pointer) if pointer else {}
        essence = content.media_type.partition(";")[0].lower()
        is_form = essence in _FORMS
        is_binary = schema.get("format") == "binary" or "contentMediaType" in schema
        if essence not in _JSON and (is_binary or not pointer):
            arguments["body"] = self.client.make_file(b"text")
        elif pointer:
            sample = self._make_sample(pointer)
            marked = mark_files(self.contract, schema, sample) if is_form else sample
            arguments["body"] = self._convert("body", marked)
        else:
            arguments["body"] = {}
        return arguments

    def _make_sample(self, pointer: str) -> Json:
        sample = make_sample(self.contract, pointer)
        self.trial.takes_any_of |= not self.contract.is_valid(pointer, sample)
        return sample

    def _convert(self, name: str, value: Json) -> Any:
        hint = self.built.hints.get(name)
        if is_object(value) and any(map(values.is_file, value.values())):
            for model in values.classes(hint):
                if hasattr(model, "from_dict") and value.keys() <= inspect.signature(model).parameters.keys():
                    return values.members(model, value, self.client.make_file)
        return values.argument(hint, value, self.client.make_file)

    def _send_examples(self, arguments: Mapping[str, Any]) -> None:
        """Send each example of a body of JSON that its schema admits, and compare what arrives."""
        for content in self.operation.bodies:
            if content.media_type.partition(";")[0] not in _JSON or not content.schema_pointer:
                continue
            for example in content.examples:
                if not self.contract.is_valid(content.schema_pointer, example):
                    continue
                self.trial.request_examples += 1
                media_type = {"media_type": content.media_type} if "media_type" in self.built.hints else {}
                self.server.answer = self._empty_answer()
                arguments_of_example = {**arguments, **media_type, "body": self._convert("body", example)}
                problem = self._call_quietly(arguments_of_example)
                sent = self.server.request
                difference = find_difference(example, _json_or_none(sent.content) if sent else problem)
                if difference:
                    self.trial.wrong.append(f"a request example is sent otherwise: {difference}")

    def _receive_examples(self, arguments: Mapping[str, Any]) -> None:
        """Answer with each example of JSON that its schema admits, and compare what the caller has."""
        for status, contents in self.operation.answers.items():
            if not status.startswith("2"):
                continue  # errors are raised, and hold the body as it came
            code = int(status) if status.isdecimal() else 200
            for content in contents:
                if content.media_type.partition(";")[0] not in _JSON or not content.schema_pointer:
                    continue
                for example in content.examples:
                    if not self.contract.is_valid(content.schema_pointer, example, is_answer=True):
                        continue
                    self.trial.response_examples += 1
                    self.server.answer = httpx.Response(code, json=example)
                    answer = self._call_quietly(arguments)
                    value = values.as_json(getattr(answer, "parsed", answer))
                    if difference := find_difference(example, value):
                        self.trial.wrong.append(f"a response example is read otherwise: {difference}")

    def _call_quietly(self, arguments: Mapping[str, Any]) -> Any:
        """Call the operation for an example, which is judged by what arrives."""
        self.server.request = None
        try:
            return self.built.call(self.client.client, arguments)
        except Exception as error:
            return f"{type(error).__name__}: {error}"


def _write_request(request: httpx.Request | None) -> dict[str, Any] | None:
    if request is None:
        return None
    return {
        "method": request.method,
        "path": request.url.raw_path.decode("ascii"),
        "headers": [[name, value] for name, value in request.headers.multi_items()],
        "content": request.content.decode("latin-1"),
    }


def find_difference(expected: Json, found: Json, pointer: str = "") -> str:
    """Return the pointer of the first difference, and both values there; empty if the values are equal."""
    if is_object(expected) and is_object(found):
        for key in dict.fromkeys([*expected, *found]):
            pair = expected.get(key, "nothing"), found.get(key, "nothing")
            if difference := find_difference(*pair, f"{pointer}/{key}"):
                return difference
        return ""
    if is_list(expected) and is_list(found) and len(expected) == len(found):
        for index, (expected_item, item) in enumerate(zip(expected, found, strict=True)):
            if difference := find_difference(expected_item, item, f"{pointer}/{index}"):
                return difference
        return ""
    return "" if expected == found else f"{pointer}: {_shorten(expected)} became {_shorten(found)}"


def _is_nested(value: Json) -> bool:
    items = value.values() if is_object(value) else value if is_list(value) else ()
    return any(is_object(item) or is_list(item) for item in items)


def _json_or_none(content: bytes) -> Json:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _shorten(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 120 else f"{text[:120]} …"


if __name__ == "__main__":
    main(*sys.argv[1:])
