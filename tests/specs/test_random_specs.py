"""Random specs of what the factory carries: each builds, imports, type-checks, and loses no value.

What is sent is read by the standard library and judged by `jsonschema` against the document as it was drawn.
"""

import importlib
import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from constructs import values
from generator import pipeline
from generator.loading.json_data import is_list, list_or_empty
from generator.validation.json_schema import validator
from tests.generator.projects import type_errors
from tests.generator.wire import Api, Sent, Wire
from tests.specs.documents import EVENTS, Content, Operation, Random, documents
from tests.specs.parameters import assert_sent, plain
from tests.specs.schemas import Json

# Documents take seconds to build: making a failing one smaller would take an hour.
CALM = settings(
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    print_blob=True,
)
KEYS = {
    "bearer": ("authorization", "Bearer test-key"),
    "basic": ("authorization", "Basic dGVzdC1rZXk="),
    "header": ("x-key", "test-key"),
    "cookie": ("cookie", "sid=test-key"),
}


def test_a_few_random_specs(tmp_path: Path) -> None:
    try_specs(tmp_path, settings(CALM, max_examples=3, derandomize=True), most=4)


@pytest.mark.deep
def test_many_random_specs(tmp_path: Path) -> None:
    try_specs(tmp_path, settings(CALM, max_examples=40), most=8)


def try_specs(folder: Path, calm: settings, most: int) -> None:
    """Build documents and call their operations; then check the types of all clients in one process."""
    built: list[Path] = []

    @calm
    @given(documents(most), st.data())
    def run(random: Random, data: st.DataObject) -> None:
        # In letters: a number at the end of a title is a version, and no part of the package's name.
        letters = "".join("abcdefghij"[int(digit)] for digit in str(len(built)))
        title = f"Random Spec {letters.title()}"
        document = random.data(title)
        note(json.dumps(document, indent=1, ensure_ascii=False))
        out = folder / f"client{len(built)}"
        built.append(out)
        spec = folder / "openapi.yaml"
        spec.write_text(json.dumps(document), encoding="utf-8")
        pipeline.build(spec, out)
        with imported(out, title.lower().replace(" ", "_")) as package:
            for operation in random.operations:
                call(package, document, operation, data)

    run()
    assert type_errors(built) == ""


@contextmanager
def imported(project: Path, name: str) -> Generator[ModuleType]:
    """The package of a built client, imported from where it was made; forgotten afterwards."""
    sys.path.insert(0, str(project))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module(name)
    finally:
        sys.path.remove(str(project))
        for module in [one for one in sys.modules if one.partition(".")[0] == name]:
            del sys.modules[module]


def call(package: ModuleType, document: dict[str, Json], operation: Operation, data: st.DataObject) -> None:
    """Call an operation with random values, by both clients, and hold what passes against what was meant."""
    module = module_of(package, operation)
    wire = Wire()
    api = Api(package, package.__name__.title().replace("_", ""), wire)
    parameters = {
        one: data.draw(one.style.values)
        for one in operation.parameters
        if one.required or data.draw(st.booleans())
    }
    body = data.draw(operation.body.drawn.values) if operation.body else None
    answer = data.draw(operation.answer.drawn.values) if operation.answer else None
    chosen = [(one.name, value) for one, value in parameters.items()]
    note(f"{operation.method} {operation.path}: {chosen} {body!r} -> {answer!r}")
    reply(wire, operation.answer, answer)
    hints = values.annotated(module.sync_detailed)
    arguments: dict[str, Any] = {}
    if operation.body:
        arguments["body"] = as_argument(hints.pop("body"), operation.body, body)
    names = {_letters(name): name for name in hints}
    for one, value in parameters.items():
        name = names[_letters(one.name)]
        arguments[name] = values.argument(hints[name], value, as_file)
    parsed = api.call(module, **arguments)
    assert len(wire.requests) == 2
    for sent in wire.requests:
        assert_sent(sent, operation.path.partition("/{")[0].split("/")[1:], parameters)
        assert_key(sent, operation.key)
        if operation.body:
            assert_body(sent, document, operation, operation.body, body)
    if operation.answer and operation.answer.media_type == "application/octet-stream":
        assert bytes(parsed) == answer
    elif operation.answer:
        assert same(values.as_json(parsed), answer)


def module_of(package: ModuleType, operation: Operation) -> ModuleType:
    """The module that calls an operation, whatever it is called."""
    folder = importlib.import_module(f"{package.__name__}.api.random")
    found = [
        importlib.import_module(f"{folder.__name__}.{one.name}") for one in iter_modules(folder.__path__)
    ]
    wanted = (operation.method.upper(), operation.path)
    (module,) = [one for one in found if (one.RAW.operation.method, one.RAW.operation.path) == wanted]
    return module


def _letters(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


def as_file(content: bytes) -> tuple[str, bytes]:
    """A file as callers give it."""
    return "a.bin", content


def as_files(value: Json) -> Any:
    """Bytes, also those in a list, as files; all else as it is."""
    if is_list(value):
        return [as_files(item) for item in value]
    return as_file(value) if isinstance(value, bytes) else value


def as_argument(hint: Any, content: Content, body: Json) -> Any:
    """A body as callers give it: a model, if the signature takes one."""
    if content.media_type == "application/json":
        return values.argument(hint, body, as_file)
    given = {name: as_files(value) for name, value in body.items()}
    return values.members(values.classes(hint)[0], given, as_file)


def reply(wire: Wire, content: Content | None, answer: Json) -> None:
    """Let the server give an answer."""
    if content is None:
        wire.reply(204)
    elif content.media_type == "text/plain":
        wire.reply(200, answer.encode(), "text/plain; charset=utf-8")
    elif content.media_type == EVENTS:
        wire.reply(200, "".join(f"data: {json.dumps(one)}\n\n" for one in answer).encode(), EVENTS)
    else:
        wire.reply(
            200, answer if isinstance(answer, bytes) else json.dumps(answer).encode(), content.media_type
        )


def same(one: Json, other: Json) -> bool:
    """Whether two values are the same to the last digit: 1 is not 1.0 here."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def assert_key(sent: Sent, key: str | None) -> None:
    """The key is where the operation asks for it, and nowhere else."""
    headers: dict[str, str] = dict(sent.headers)
    places = {name: headers.get(name, "") for name in ("authorization", "x-key", "cookie")}
    found = {name for name, value in places.items() if "test-key" in value or "dGVzdC1rZXk" in value}
    assert ("api key", "test-key") in sent.query if key == "query" else "test-key" not in sent.url
    if key in KEYS:
        place, value = KEYS[key]
        assert value in places[place].split("; ")
        found -= {place}
    assert found == set()


def assert_body(
    sent: Sent, document: dict[str, Json], operation: Operation, content: Content, body: Any
) -> None:
    """The body is what was given, in the form that the document says."""
    if content.media_type == "application/json":
        assert same(sent.json, body)
        media = content.media_type.replace("/", "~1")
        path = quote(operation.path.replace("~", "~0").replace("/", "~1"))
        at = f"#/paths/{path}/{operation.method}/requestBody/content/{media}/schema"
        assert validator({**document, "$ref": at}).is_valid(sent.json)
        return
    pairs = [
        (name, one if isinstance(one, bytes) else plain(one).encode())
        for name, value in sorted(body.items())
        for one in (list_or_empty(value) or [value])
    ]
    if content.media_type == "multipart/form-data":
        found = [(part.name, part.content) for part in sent.parts]
    else:
        text = sent.content.decode("ascii")
        found = [(name, value.encode()) for name, value in parse_qsl(text, keep_blank_values=True)]
    assert sorted(found, key=lambda pair: pair[0]) == pairs
