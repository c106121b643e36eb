"""Second ring: hostile and clashing names neither become code nor get lost."""

import ast
from typing import Any

from tests.generator.projects import Projects
from tests.generator.wire import Api, Wire

MEMBERS: dict[str, Any] = {
    "class": "a",
    "from": "b",
    "self": 1,
    "to_dict": "c",
    "from_dict": "d",
    "additional_properties": "e",
    "members": "f",
    "src_dict": "g",
    "cls": "h",
    "$type": "i",
    "1st": "j",
    "camelCase": "k",
    "camel_case": "l",
    "with space": "m",
    "quote\"'; exit(1) #": '"; exit(1) #',
    "naïve": "n",
    "UNSET": "o",
    "mode": "a\nb",
    "list": {"str": "p", "type": ["q"]},
    "any": {"x": {"y": "r"}},
    "unknown": None,
}


def test_every_member_comes_back_as_it_went(built: Projects) -> None:
    thing = built.load("names", "odd_names.models").Thing.from_dict(MEMBERS)
    assert thing.to_dict() == MEMBERS
    assert (thing.to_dict_, thing.camel_case, thing.camel_case_2) == ("c", "k", "l")


def test_the_raw_layer_tells_parameters_from_its_own_arguments(built: Projects) -> None:
    api = Api(built.load("names", "odd_names"), "OddNames", Wire())
    api.wire.reply(200, {"class": "x"})
    thing = built.load("names", "odd_names.models").Thing(class_="x")
    api.call(
        built.load("names", "odd_names.api.def_.import_"),
        body=thing,
        class_="c/d",
        self_="s",
        client_="1",
        body_="2",
        media_type_="3",
        extra="4",
        id="5",
        abc_d="6",
        timeout="7",
    )
    assert api.wire.sent.target == ("/c%2Fd/s?client=1&body=2&media_type=3&extra=4&id=5&a%22b%27c%5Cd=6")
    assert api.wire.sent.headers["timeout"] == "7"


def test_a_method_tells_parameters_from_members(built: Projects) -> None:
    wire = Wire()
    api = Api(built.load("names", "odd_names"), "OddNames", wire)
    wire.reply(200, {"class": "x"})
    thing = api.client.things.make(
        class__="c", self__="s", class_="x", self_=1, timeout_="9", extra_="8", timeout=5
    )
    assert wire.sent.target == "/c/s?extra=8"
    assert wire.sent.headers["timeout"] == "9"
    assert wire.sent.json == {"class": "x", "self": 1}
    assert thing.class_ == "x"


def test_strings_of_the_contract_are_no_code(built: Projects) -> None:
    for path in built.build("names").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert (
                not (isinstance(node, ast.Name) and node.id in ("exit", "os")) or "_runtime" in path.parts
            ), path
