"""A client carries what its contract needs of the runtime: what is imported, and what that names in turn."""

import ast

import pytest

from generator import finish
from generator.bare import bare, shown_names
from generator.linking import linked, wanted
from generator.sources import Source
from tests.generator.projects import Projects

SOURCES = {
    "__init__.py": '"""Package."""\n',
    "shapes.py": """import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from . import units
from .names import title

if TYPE_CHECKING:
    from .later import Late

SIDES: Mapping[str, int] = {"square": 4}


def area(side: float) -> "Late":
    return units.squared(side)


def outline(side: float) -> float:
    from .names import label

    return label(SIDES["square"] * side)


@staticmethod
def circle(radius: float, call: Callable[[float], str] = title) -> float:
    return math.pi * radius
""",
    "units.py": "def squared(value):\n    return value\n\n\ndef cubed(value):\n    return value\n",
    "names.py": "def label(value):\n    return value\n\n\ndef title(value):\n    return label(value)\n",
    "later.py": "class Late:\n    early: int = 1\n",
    "idle.py": "IDLE = 1\n",
}


def read(sources: dict[str, str]) -> dict[str, Source]:
    return {path: Source.read(text) for path, text in sources.items()}


def definitions(text: str) -> list[str]:
    return [one.name for one in ast.parse(text).body if isinstance(one, ast.ClassDef | ast.FunctionDef)]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("area", {"shapes.py": ["area"], "units.py": ["squared"], "later.py": ["Late"]}),
        ("outline", {"shapes.py": ["outline"], "names.py": ["label"]}),
        ("circle", {"shapes.py": ["circle"], "names.py": ["label", "title"]}),
    ],
)
def test_keeps_what_is_reached(name: str, kept: dict[str, list[str]]) -> None:
    found = linked(read(SOURCES), {("shapes", name)})
    assert {path: definitions(text) for path, text in found.items()} == {"__init__.py": []} | kept


def test_keeps_all_that_a_star_names() -> None:
    found = linked(read(SOURCES), {("units", "*")})
    assert found == {name: SOURCES[name] for name in ("__init__.py", "units.py")}


def test_drops_idle_imports_and_no_others() -> None:
    head, _, _ = linked(read(SOURCES), {("shapes", "outline")})["shapes.py"].partition("def ")
    assert head == (
        "from collections.abc import Mapping\n\n" + 'SIDES: Mapping[str, int] = {"square": 4}\n\n\n'
    )
    head, _, _ = linked(read(SOURCES), {("shapes", "area")})["shapes.py"].partition("def ")
    assert head == (
        "from typing import TYPE_CHECKING\n\nfrom . import units\n\n"
        "if TYPE_CHECKING:\n    from .later import Late\n\n\n"
    )


def test_starts_with_what_generated_modules_import(built: Projects) -> None:
    start = wanted(built.build("pets") / "pet_shelter")
    assert {("raw", "parse"), ("raw", "warn_deprecated"), ("codec", "to_json"), ("errors", "*")} <= start
    assert ("raw", "Successes") in start
    assert not [module for module, _ in start if "." in module]


def test_a_client_has_what_its_contract_needs_and_no_more(built: Projects) -> None:
    def has(name: str, package: str, module: str, text: str) -> bool:
        path = built.build(name) / package / "_runtime" / f"{module}.py"
        return path.exists() and text in path.read_text(encoding="utf-8")

    assert has("pets", "pet_shelter", "raw", "def warn_deprecated(")
    assert not has("blobs", "blobs", "raw", "def warn_deprecated(")
    assert has("places", "places", "parameters", "def in_header(")
    assert has("places", "places", "parameters", "def in_path(")
    assert not has("sdk", "toy_factory", "parameters", "def in_header(")
    assert has("sdk", "toy_factory", "streams", "class EventStream(")
    assert not has("blobs", "blobs", "streams", "class EventStream(")
    assert has("pets", "pet_shelter", "encodings", "def urlencoded(")
    assert not has("pets", "pet_shelter", "encodings", "def single(")
    assert has("security", "security", "keys", "def key_in_query(")
    assert not has("sdk", "toy_factory", "keys", "def")


def test_what_is_copied_stands_in_the_source(built: Projects) -> None:
    package = built.build("sdk") / "toy_factory"
    sources = {path.name: path.read_text(encoding="utf-8") for path in finish.RUNTIME.glob("*.py")}
    copies = bare(read(sources), shown_names(package))
    for path in (package / "_runtime").glob("*.py"):
        known = {ast.unparse(one) for one in ast.parse(copies[path.name].text).body}
        body = [one for one in ast.parse(path.read_bytes()).body if definitions(ast.unparse(one))]
        assert body or path.name == "__init__.py"
        # Its docstrings are indented by tabs.
        assert {ast.unparse(one).expandtabs(4) for one in body} <= known


def test_sources_are_as_they_were_after_linking() -> None:
    sources = read(SOURCES)
    once = linked(sources, {("shapes", "area")})
    assert linked(sources, {("shapes", "circle")}) == linked(read(SOURCES), {("shapes", "circle")})
    assert linked(sources, {("shapes", "area")}) == once


def test_keeps_two_blank_lines_where_all_above_is_left_out() -> None:
    source = "import json\n\n\ndef dumped(value):\n    return json.dumps(value)\n\n\ndef idle():\n    pass\n"
    found = linked(read({"__init__.py": "", "one.py": source}), {("one", "idle")})
    assert found["one.py"] == "\n\ndef idle():\n    pass\n"
