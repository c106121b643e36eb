"""A wrong name in `x-sdk` is an error at its place, never a client that differs without a word."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.__main__ import main
from tests.generator.projects import GOLDEN

TOYS = yaml.safe_load((GOLDEN / "sdk.yaml").read_text(encoding="utf-8"))
ORDER = "#/paths/~1toys/post/x-sdk/methods/0"
SING = "#/paths/~1songs/post/x-sdk/methods/0"
Change = Callable[[dict[str, Any]], object]


def method(data: Any, path: str) -> Any:
    return data["paths"][path]["post"]["x-sdk"]["methods"][0]


def overload(**changes: object) -> Change:
    return lambda data: method(data, "/songs")["overloads"][0].update(changes)


def order(**changes: object) -> Change:
    return lambda data: method(data, "/toys").update(changes)


def root(*path: str | int, **changes: object) -> Change:
    def change(data: Any) -> None:
        target = data["x-sdk"]
        for key in path:
            target = target[key]
        target.update(changes)

    return change


def rename_resource(data: Any) -> None:
    data["x-sdk"]["resources"]["class"] = "Classes."
    method(data, "/songs").update(resource="class")


def commanded(**command: str) -> Change:
    return lambda data: data["x-sdk"].update(
        commands={"make": {"method": "toys.order", "argument": "name", **command}}
    )


def grouped(**command: str) -> Change:
    return lambda data: data["x-sdk"].update(commands={"toy": {"commands": {"wait": command}}})


PAGED = "#/paths/~1toys~1status/get/x-sdk/pagination"


def paged(**pagination: object) -> Change:
    """Return a change that says how an operation is paged."""
    return lambda data: data["paths"]["/toys/status"]["get"]["x-sdk"].update(pagination=pagination)


TOY_NAME = "#/components/schemas/Toy/properties/name"


def deprecate(x_sdk: dict[str, Any], **schema: object) -> Change:
    """Return a change that says of the property `name` that it is deprecated."""
    return lambda data: data["components"]["schemas"]["Toy"]["properties"]["name"].update(
        **schema, **{"x-sdk": x_sdk}
    )


PARAMETERS = "#/x-sdk/waits/0/parameters"
FAULTS: dict[str, tuple[Change, str, str]] = {
    "pagination without its parameter": (
        paged(style="cursor", items="", next="/next"),
        f"{PAGED}",
        "the style `cursor` needs the `parameter` that asks for the next page",
    ),
    "pagination of links with a cursor": (
        paged(style="link", items="", next="/next"),
        f"{PAGED}/next",
        "the style `link` has no use for `next`",
    ),
    "pagination with two cursors": (
        paged(style="cursor", items="", parameter="order", next="/next", last_item="/id"),
        PAGED,
        "the style `cursor` needs `next` or `last_item`, and not both",
    ),
    "pagination by an unknown parameter": (
        paged(style="page", items="", parameter="page"),
        f"{PAGED}/parameter",
        "`page` is not a parameter of the operation, or a property of its body (write one of: name, order)",
    ),
    "pagination with a keyword as a method": (
        paged(style="page", items="", parameter="order", method="import"),
        f"{PAGED}/method",
        "`import` is a keyword of Python",
    ),
    "pagination with the name of another method": (
        paged(style="page", items="", parameter="order", method="order"),
        PAGED,
        "`toys.order` is there already",
    ),
    "replacement of a property by none": (
        deprecate({"deprecated": {"replacement": "nane"}}, deprecated=True),
        f"{TOY_NAME}/x-sdk/deprecated/replacement",
        "`nane` is not a property or parameter of this contract (write one of: drawing, ",
    ),
    "replacement of a method by none": (
        order(deprecated={"replacement": "toys.make"}),
        f"{ORDER}/deprecated/replacement",
        "`toys.make` is not a method of this contract, such as `images.generate` (write one of: songs.sing, ",
    ),
    "explained deprecation of what is not deprecated": (
        deprecate({"deprecated": {"note": "Gone."}}),
        f"{TOY_NAME}/x-sdk/deprecated",
        "explains a deprecation, and nothing is deprecated here (write `deprecated: true` beside `x-sdk`)",
    ),
    "deprecated since no version": (
        deprecate({"deprecated": {"since": "next"}}, deprecated=True),
        f"{TOY_NAME}/x-sdk/deprecated/since",
        "'next' does not match",
    ),
    "methods of a property": (
        deprecate({"methods": []}, deprecated=True),
        f"{TOY_NAME}/x-sdk",
        "",
    ),
    "command of no method": (
        commanded(method="toys.make"),
        "#/x-sdk/commands/make/method",
        "`toys.make` is not a method of this contract",
    ),
    "command with no such argument": (
        commanded(argument="nam"),
        "#/x-sdk/commands/make/argument",
        "`nam` is not an argument of the method",
    ),
    "command of a group with no such method": (
        grouped(method="toys.await", argument="job"),
        "#/x-sdk/commands/toy/commands/wait/method",
        "`toys.await` is not a method of this contract",
    ),
    "command that waits for no job": (
        grouped(method="toys.wait", argument="order"),
        "#/x-sdk/commands/toy/commands/wait/argument",
        "`order` is not an argument of the method (write one of: job)",
    ),
    "variable for no argument": (
        root("environment", options={"nam": "TOY_NAME"}),
        "#/x-sdk/environment/options/nam",
        "`nam` is not an argument of a method",
    ),
    "variable that no shell can set": (
        root("environment", options={"name": "toy name"}),
        "#/x-sdk/environment/options/name",
        "'toy name' does not match",
    ),
    "overload of no property": (
        overload(field="streem"),
        f"{SING}/overloads/0/field",
        "`streem` is not a property of the method's variants (write one of: stream, words)",
    ),
    "overload that cannot be": (
        overload(equals="yes"),
        f"{SING}/overloads/0/equals",
        "`stream` can never be 'yes' (write a value",
    ),
    "exclusive": (
        order(exclusive=[["wheels", "weels"]]),
        f"{ORDER}/exclusive/0/1",
        "`weels` is not a property of the method's variants (write one of: drawing, ",
    ),
    "keep": (
        root("results", "Order", keep=["nane"]),
        "#/x-sdk/results/Order/keep/0",
        "`nane` is not a property of a request that `Order` answers (write one of: drawing, ",
    ),
    "parameter of a wait": (
        root("waits", 0, parameters={"ordr": "id"}),
        f"{PARAMETERS}/ordr",
        "`ordr` is not a parameter of `orderStatus` (write one of: name, order)",
    ),
    "parameter of a wait from nowhere": (
        root("waits", 0, parameters={"order": "number"}),
        f"{PARAMETERS}/order",
        "`number` is not `id`, or a property that the job keeps (write one of: id, name)",
    ),
    "resource of a wait": (
        root("waits", 0, resource="toyz"),
        "#/x-sdk/waits/0/resource",
        "`toyz` is not a resource (write one of: songs, toys)",
    ),
    "encoding": (
        order(encoding="application/jsn"),
        f"{ORDER}/encoding",
        "`application/jsn` is not a media type of the request body (write one of: application/json, ",
    ),
    "evidence of no property": (
        lambda data: data["components"]["schemas"]["Toy"].update({"x-evidence-required": {"nam": "page"}}),
        "#/components/schemas/Toy/x-evidence-required/nam",
        "`nam` is not a property of this schema (write one of: engraving, name, ",
    ),
    "keyword as a method": (order(method="import"), f"{ORDER}/method", "`import` is a keyword of Python ("),
    "keyword as a wait": (root("waits", 0, method="await"), "#/x-sdk/waits/0/method", "`await` is a keyword"),
    "keyword as a resource": (rename_resource, "#/x-sdk/resources/class", "`class` is a keyword of Python ("),
    "keyword as a result's field": (
        root("results", "Order", fields={"from": {"pointer": "/from", "type": "string"}}),
        "#/x-sdk/results/Order/fields/from",
        "`from` is a keyword",
    ),
    "package json": (root(package="json"), "#/x-sdk/package", "`json` is a name of Python"),
    "package httpx": (root(package="httpx"), "#/x-sdk/package", "`httpx` is a name of Python"),
    "package attrs": (root(package="attrs"), "#/x-sdk/package", "`attrs` is a name of Python"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_name_is_reported_at_its_place(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, pointer, complaint = FAULTS[name]
    data = copy.deepcopy(TOYS)
    change(data)
    spec = tmp_path / "api.yaml"
    spec.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    assert main(["explain", "--spec", str(spec)]) == 2
    message = capsys.readouterr().err
    assert message.startswith(f"generator: {spec}:")
    assert f" {pointer}: {complaint}" in message
    assert message.count("\n") == 1


def test_a_title_that_is_a_module_of_python_gives_another_package(tmp_path: Path) -> None:
    spec = tmp_path / "api.yaml"
    spec.write_text("openapi: 3.1.0\ninfo: {title: Calendar, version: '1'}\npaths: {}\n", encoding="utf-8")
    assert main(["build", "--spec", str(spec), "--out", str(tmp_path / "client")]) == 0
    assert (tmp_path / "client" / "calendar_api" / "py.typed").exists()


def test_keep_going_leaves_out_a_method_with_a_wrong_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = copy.deepcopy(TOYS)
    method(data, "/songs").update(resource="boxes")
    spec, out = tmp_path / "api.yaml", tmp_path / "client"
    spec.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    assert main(["build", "--keep-going", "--spec", str(spec), "--out", str(out)]) == 0
    message = capsys.readouterr().err
    assert message.startswith("generator: left out #/paths/~1songs/post: ")
    assert "`boxes` is not a resource of the root's x-sdk, or of a tag (write one of: songs, toys)" in message
    assert not list(out.rglob("sing.py"))
