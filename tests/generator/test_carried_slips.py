"""Small documents whose slips no request shows: each is a note, and the operation is built."""

from typing import Any

import pytest

from tests.generator.small_documents import SmallDocuments

THINGS = """
paths:
  /things:
    get: {operationId: list_things, responses: {'200': {content: {application/json: {schema: @Thing}}}}}
"""
THING = "components: {schemas: {Thing: {type: object, properties: {id: {type: integer}}}}}\n"
REFERENCE = "{$ref: './words.md'}"
NAMED = """
components:
  schemas:
    Thing:
      $id: https://things.test/thing
      $anchor: thing
      $comment: the main schema
      type: object
      properties: {id: {$id: '#id', type: integer}, more: {$dynamicAnchor: more, type: array, items: @Thing}}
"""


@pytest.mark.parametrize(
    ("head", "note"),
    [
        ("info: {title: Things}", "add_missing_texts"),
        ("info: Things", "add_missing_texts"),
        ("info: {title: Things, version: '1', license: {url: 'http://things.test'}}", "add_missing_texts"),
        ("info: {title: Things, version: 1.0, termsOfService: 3}", "read_numbers_as_texts"),
        ("info: {title: Things, version: '1', contact: the team, summary: [a]}", "remove_wrong_texts"),
        ("info: {title: T, version: '1', license: {name: a, identifier: b, url: c}}", "remove_wrong_texts"),
        ("tags: [{description: without a name}]\nexternalDocs: {}", "add_missing_texts"),
        ("tags: [things]", "remove_wrong_texts"),
        ("tags: things", "remove_wrong_texts"),
    ],
)
def test_information_about_the_document_never_refuses_it(small: SmallDocuments, head: str, note: str) -> None:
    client = small.build(f"{head}\n{THINGS}{THING}")
    assert not client.refusals
    assert note in client.notes
    api = client.api(api_key=None)
    api.wire.reply(200, {"id": 1})
    assert api.call(client.operation("list_things")).id == 1


def test_a_missing_title_or_version_has_a_default(small: SmallDocuments) -> None:
    assert small.build(f"info: {{version: '2'}}\n{THINGS}{THING}").package == "api"
    client = small.build(f"info: {{title: Unversioned}}\n{THINGS}{THING}")
    api = client.api(api_key=None)
    api.wire.reply(200, {})
    api.call(client.operation("list_things"))
    assert "contract/0" in api.wire.sent.headers["user-agent"]


@pytest.mark.parametrize("text", [REFERENCE, "[a, b]"])
def test_an_object_in_place_of_a_text_is_a_note(small: SmallDocuments, text: str) -> None:
    client = small.build(f"""
info: {{title: Words, version: '1', description: {text}}}
tags: [{{name: default, description: {text}}}]
paths:
  /things:
    get:
      operationId: list_things
      summary: {text}
      description: {text}
      parameters: [{{name: q, in: query, description: {text}, schema: {{type: string}}}}]
      responses:
        '200': {{description: {text}, content: {{application/json: {{schema: @Thing}}}}}}
components:
  schemas:
    Thing:
      description: {text}
      title: {text}
      type: object
      properties: {{description: {{type: string, $comment: {text}}}, id: {{type: integer}}}}
""")
    assert not client.refusals
    wrong_places = [note.pointer for note in client.work.slips if note.change == "remove_wrong_texts"]
    assert len(wrong_places) == 9
    api = client.api(api_key=None)
    api.wire.reply(200, {"id": 1, "description": "a"})
    thing = api.call(client.operation("list_things"), q="a")
    assert (thing.id, thing.description) == (1, "a")  # the property of that name stays


def test_a_name_of_a_schema_that_no_reference_uses_is_ignored(small: SmallDocuments) -> None:
    client = small.build(THINGS + NAMED)
    assert not client.refusals
    ignored = {note.pointer for note in client.work.slips if note.change == "remove_unused_anchors"}
    thing = "/components/schemas/Thing"
    assert ignored == {
        *(f"{thing}/$id", f"{thing}/$anchor", f"{thing}/properties/id/$id"),
        f"{thing}/properties/more/$dynamicAnchor",
    }
    api = client.api(api_key=None)
    api.wire.reply(200, {"id": 1, "more": [{"id": 2}]})
    assert api.call(client.operation("list_things")).more[0].id == 2


@pytest.mark.parametrize("reference", ["#thing", "https://things.test/thing", "thing"])
def test_a_reference_by_name_is_refused(small: SmallDocuments, reference: str) -> None:
    used = NAMED.replace("items: @Thing", f"items: {{$ref: '{reference}'}}")
    (refusal,) = small.build(THINGS + used).refusals
    assert "/properties/more/items/$ref" in refusal


@pytest.mark.parametrize("name", ["accept", "ACCEPT", "content-type", "authorization", "AUTHORIZATION"])
def test_a_reserved_header_is_ignored_in_any_case(small: SmallDocuments, name: str) -> None:
    client = small.build(
        f"""
paths:
  /things:
    parameters: [@@Reserved]
    get:
      operationId: list_things
      parameters: [{{name: {name}, in: header, required: true, schema: {{type: integer}}}}]
      responses: {{'200': {{content: {{text/plain: {{schema: {{type: string}}}}}}}}}}
components: {{parameters: {{Reserved: {{name: {name}, in: header, schema: {{type: string}}}}}}}}
""".replace("@@Reserved", "{$ref: '#/components/parameters/Reserved'}")
    )
    places = [note.pointer for note in client.work.slips if note.change == "remove_reserved_headers"]
    assert places == ["/paths/~1things/parameters/0", "/paths/~1things/get/parameters/0"]
    api = client.api(api_key=None)
    api.wire.reply(200, b"a", "text/plain")
    assert api.call(client.operation("list_things")) == "a"
    assert api.wire.sent.headers["accept"] == "text/plain"
    assert "authorization" not in api.wire.sent.headers


BODIES: dict[str, str] = {
    "json": "content: {application/json: {schema: @Thing}}",
    "form": "content: {application/x-www-form-urlencoded: {schema: @Thing}}",
    "parts": "content: {multipart/form-data: {schema: @Thing}}",
    "nullable": "content: {application/json: {schema: @Nullable}}",
    "required": "required: true, content: {application/json: {schema: @Thing}}",
}
OPTIONAL_BODIES = (
    "paths:\n"
    + "".join(
        f"  /{name}:\n    post: {{operationId: {name}, tags: [bodies], requestBody: {{{body}}}, "
        "responses: {'204': {}}}\n"
        for name, body in BODIES.items()
    )
    + """
components:
  schemas:
    Thing: {type: object, properties: {id: {type: integer}}}
    Nullable: {type: object, properties: {a: {type: [string, 'null']}}}
"""
)


@pytest.mark.parametrize("name", BODIES)
def test_an_optional_body_is_sent_only_if_something_of_it_is_given(small: SmallDocuments, name: str) -> None:
    api = small.build(OPTIONAL_BODIES).api(api_key=None)
    send: Any = getattr(api.client.bodies, name)
    send()
    assert api.wire.sent.content == (b"{}" if name == "required" else b"")
    assert ("content-type" in api.wire.sent.headers) == (name == "required")
    send(extra={"b": 1})
    assert b"1" in api.wire.sent.content
    send(**({"a": None} if name == "nullable" else {"id": 0}))
    assert (b"null" if name == "nullable" else b"0") in api.wire.sent.content
