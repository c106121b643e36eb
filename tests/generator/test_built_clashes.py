"""Second ring: schemas whose names make one Python name, and objects without one, each have a class."""

import re
from typing import Any

import pytest

from generator import pipeline
from tests.generator.projects import GOLDEN, Projects
from tests.generator.wire import Api, Wire

EVERY: dict[str, Any] = {
    "a": {"one": "1"},
    "b": {"two": "2"},
    "c": {"three": "3"},
    "d": {"four": "4"},
    "e": 443,
    "f": 8080,
    "g": {"inner": {"deep": [{"v": 1}]}},
    "h": {"x": 1},
    "i": {"z": "z"},
    "+1": 1,
    "-1": 2,
    "(1)": 3,
    "j": [{"w": "w"}],
    "k": {"x": {"y": 1}},
}


@pytest.fixture
def api(built: Projects) -> Api:
    return Api(built.load("clashes", "clashes"), "Clashes", Wire())


@pytest.mark.parametrize("change", [{}, {"g": None}, {"k": ["a"]}])
def test_every_class_holds_its_own(built: Projects, api: Api, change: dict[str, Any]) -> None:
    api.wire.reply(200, EVERY | change)
    every = built.load("clashes", "clashes.models").Every
    answer = api.call(
        built.load("clashes", "clashes.api.all_.send_all"), body=every.from_dict(EVERY | change)
    )
    assert api.wire.sent.json == answer.to_dict() == EVERY | change


@pytest.mark.parametrize("name", EVERY)
def test_no_class_takes_what_belongs_to_another(built: Projects, name: str) -> None:
    every = built.load("clashes", "clashes.models").Every
    with pytest.raises(ValueError, match=re.escape(f"/{name}")):
        every.from_dict(EVERY | {name: {"one": 5, "x": "no", "inner": 5, "z": 5}})


def test_what_operations_share_has_one_class(built: Projects, api: Api) -> None:
    models = built.load("clashes", "clashes.models")
    api.wire.reply(200, {"kept": True})
    where = models.WhereParameter(city="B")
    assert api.call(built.load("clashes", "clashes.api.all_.again"), where=where) == models.KeptResponse(
        kept=True
    )
    assert api.wire.sent.query == [("where[city]", "B")]


def test_renamed_schemas_are_told_by_the_pointer_of_the_contract() -> None:
    notes = pipeline.explain(GOLDEN / "clashes.yaml").notes
    assert [note.pointer for note in notes if note.change == "rename_clashing_components"] == [
        f"/components/schemas/{name}" for name in ("any", "a.b", "HttpPort")
    ]
