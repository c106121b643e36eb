"""Request bodies of small documents: how forms write their fields, and which bodies no client can write."""

from collections.abc import Iterable
from typing import Any

import pytest

from generator.validation.open_styles import list_open_styles
from tests.generator.small_documents import SmallDocuments

WEB = "application/x-www-form-urlencoded"
LIST = {"a": ["p,q", "r"]}
# An operation whose form has a list, an object with a list, and a text.
FORM = """
  /{name}:
    post:
      operationId: {name}
      requestBody:
        content:
          {media_type}:
            encoding: {{{encoding}}}
            schema:
              type: object
              properties:
                a: {{type: array, items: {{type: string}}}}
                o:
                  type: object
                  properties: {{x: {{type: integer}}, l: {{type: array, items: {{type: string}}}}}}
                s: {{type: string}}
      responses: {{'204': {{}}}}"""
# By encoding: the body, and what is sent.
STYLES: dict[str, tuple[dict[str, Any], str]] = {
    "": (LIST, "a=p%2Cq&a=r"),
    "a: {style: form}": (LIST, "a=p%2Cq&a=r"),
    "a: {style: form, explode: false}": (LIST, "a=p%2Cq,r"),
    "a: {explode: false}": (LIST, "a=p%2Cq,r"),
    "a: {style: spaceDelimited, explode: false}": (LIST, "a=p%2Cq%20r"),
    "a: {style: pipeDelimited, explode: false}": (LIST, "a=p%2Cq%7Cr"),
    "s: {allowReserved: true}": ({"s": "a/b?c&d=e"}, "s=a/b?c%26d%3De"),
    "s: {contentType: application/json}": ({"s": "t"}, "s=%22t%22"),
    "o: {style: form}": ({"o": {"x": 1}}, "x=1"),
    "o: {style: form, explode: false}": ({"o": {"x": 1}}, "o=x,1"),
    "o: {style: deepObject}": ({"o": {"x": 1, "l": ["b", "c"]}}, "o[x]=1&o[l]=b&o[l]=c"),
    "a: {style: deepObject, explode: true}": ({"a": ["b"]}, "a[]=b"),
}


def forms(encodings: Iterable[str], media_type: str = WEB, head: str = "") -> str:
    """Return a document with an operation `fN` for each encoding."""
    operations = [
        FORM.format(name=f"f{number}", media_type=media_type, encoding=encoding)
        for number, encoding in enumerate(encodings)
    ]
    return f"{head}paths:{''.join(operations)}\n"


@pytest.mark.parametrize("encoding", STYLES)
def test_a_web_form_writes_each_field_in_its_style(small: SmallDocuments, encoding: str) -> None:
    client, (body, content) = small.build(forms(STYLES)), STYLES[encoding]
    assert not client.refusals
    api = client.api(api_key=None)
    api.call(client.operation(f"f{list(STYLES).index(encoding)}"), body=body)
    assert api.wire.sent.content.decode() == content
    assert api.wire.sent.headers["content-type"] == WEB


@pytest.mark.parametrize(
    ("head", "parts"),
    [
        ("", [[("a", "p,q,r")], [("a[]", "p,q"), ("a[]", "r")]]),
        ("openapi: 3.0.3\n", [[("a", "p,q"), ("a", "r")]] * 2),
    ],
)
def test_a_part_has_the_style_that_only_openapi_31_gives_it(
    small: SmallDocuments, head: str, parts: list[list[tuple[str, str]]]
) -> None:
    encodings = ["a: {style: form, explode: false}", "a: {style: deepObject}"]
    client = small.build(forms(encodings, "multipart/form-data", head))
    api = client.api(api_key=None)
    for number, expected in enumerate(parts):
        api.call(client.operation(f"f{number}"), body=LIST)
        assert [(part.name, part.content.decode()) for part in api.wire.sent.parts] == expected


X_SDK = """
x-sdk:
  distribution: lists-{choice}
  package: lists_{choice}
  client: Lists
  version: 1.0.0
  environment: {{api_key: LISTS_KEY, base_url: LISTS_URL}}
  resources: {{}}
  results: {{}}
  unknown_outcome: It may be done.
  deep_object_lists: {choice}
"""
PARAMETER = "{name: e, in: query, style: deepObject, schema: {type: array, items: {type: string}}}"
QUERY = f"""
  /q: {{get: {{operationId: q, parameters: [{PARAMETER}], responses: {{'204': {{}}}}}}}}
"""


@pytest.mark.parametrize(
    ("choice", "query", "form"),
    [
        ("", "e[]=x", "o[l]=b"),
        ("repeated", "e=x", "o[l]=b"),
        ("brackets", "e[]=x", "o[l][]=b"),
        ("indexed", "e[0]=x", "o[l][0]=b"),
    ],
)
def test_x_sdk_chooses_the_form_of_lists_that_openapi_leaves_open(
    small: SmallDocuments, choice: str, query: str, form: str
) -> None:
    head = X_SDK.format(choice=choice) if choice else ""
    client = small.build(forms(["o: {style: deepObject}"], head=head) + QUERY)
    api = client.api(api_key=None)
    api.call(client.operation("q"), e=["x"])
    assert api.wire.sent.target == f"/q?{query}"
    api.call(client.operation("f0"), body={"o": {"l": ["b"]}})
    assert api.wire.sent.content.decode() == form
    assert client.work.document is not None
    notes = list(list_open_styles(client.work.document))
    places = ["/paths/~1f0/post/requestBody/content/application~1x-www-form-urlencoded/encoding/o/style"]
    assert [pointer for pointer, _, _ in notes] == [*places, "/paths/~1q/get/parameters/0/style"]
    assert all(("as x-sdk says" in text) == bool(choice) for _, _, text in notes)


THING = "{$ref: '#/components/schemas/Thing'}"
CONTENTS = {
    "related": "{multipart/related: {schema: {type: object}}}",
    "mixed": "{multipart/mixed: {schema: {items: {}}}}",
    "csv": "{text/csv: {schema: {oneOf: [{type: array}, {type: object}]}}}",
    "part": "{multipart/form-data: {encoding: {t: {contentType: application/xml}}, "
    f"schema: {{properties: {{t: {THING}}}}}}}}}",
    "text": "{multipart/mixed: {schema: {type: string}}}",
    "octets": "{multipart/related: {schema: {type: string, format: binary}}}",
    "plain": "{application/xml: {schema: {type: string}}}",
    "either": f"{{application/xml: {{schema: {THING}}}, application/json: {{schema: {THING}}}}}",
    "all": f"{{'*/*': {{schema: {THING}}}}}",
}
OPERATION = """
  /{name}:
    post: {{operationId: {name}, requestBody: {{content: {content}}}, responses: {{'204': {{}}}}}}"""
BODIES = f"""
paths:
  /xml:
    post:
      operationId: xml
      requestBody: {{$ref: '#/components/requestBodies/Xml'}}
      responses: {{'204': {{}}}}
{"".join(OPERATION.format(name=name, content=content) for name, content in CONTENTS.items())}
components:
  requestBodies: {{Xml: {{content: {{application/xml: {{schema: {{allOf: [{THING}]}}}}}}}}}}
  schemas: {{Thing: {{type: object, properties: {{a: {{type: string}}}}}}}}
"""


def test_a_body_that_no_client_can_write_is_refused_when_the_client_is_built(small: SmallDocuments) -> None:
    client = small.build(BODIES)
    refused = {part.pointer: str(part.fault) for part in client.work.refused if part.is_operation}
    assert set(refused) == {f"/paths/~1{name}/post" for name in ("related", "mixed", "xml", "csv", "part")}
    assert (
        "#/components/requestBodies/Xml/content/application~1xml/schema: no client can write"
        in refused["/paths/~1xml/post"]
    )
    assert "encoding/t/contentType: no client can write the object `t` as" in refused["/paths/~1part/post"]
    assert all("(write " in fault for fault in refused.values())
    assert {"remove_unwritable_contents", "name_json_in_ranges"} <= client.notes


TEXT = "--x y\r\nContent-Type: text/plain\r\n\r\n/etc/hostname\r\n--x y--\r\n"


@pytest.mark.parametrize(
    ("name", "body", "media_type", "content"),
    [
        ("text", TEXT, 'multipart/mixed; boundary="x y"', TEXT),
        ("octets", TEXT.encode(), 'multipart/related; boundary="x y"', TEXT),
        ("text", "no boundary", "multipart/mixed", "no boundary"),
        ("plain", "/etc/hostname", "application/xml", "/etc/hostname"),
        ("either", {"a": "b"}, "application/json", '{"a":"b"}'),
        ("all_", {"a": "b"}, "application/json", '{"a":"b"}'),
    ],
)
def test_a_text_is_sent_as_it_is_and_an_object_as_json(
    small: SmallDocuments, name: str, body: Any, media_type: str, content: str
) -> None:
    client = small.build(BODIES)
    api = client.api(api_key=None)
    api.call(
        client.operation(name), body=client.model("Thing").from_dict(body) if isinstance(body, dict) else body
    )
    assert api.wire.sent.headers["content-type"] == media_type
    assert api.wire.sent.content.decode() == content
