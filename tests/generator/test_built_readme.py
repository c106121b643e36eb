"""What the README of a built client says of clients that are unlike ours."""

import re
from pathlib import Path

import pytest

from generator import pipeline

SPEC = """
openapi: 3.1.0
info: {title: %s, version: '1'}
security: [%s]
components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
paths:
  /a: {get: {operationId: ask, responses: {'200': {description: It is so.}}}}
"""


def readme(folder: Path, title: str, security: str) -> str:
    spec = folder / "api.yaml"
    spec.write_text(SPEC % (title, security), encoding="utf-8")
    pipeline.build(spec, folder / "client")
    return " ".join((folder / "client" / "README.md").read_text(encoding="utf-8").split())


def test_a_client_without_a_key_speaks_of_none(tmp_path: Path) -> None:
    text = readme(tmp_path, "Pets", "{}")
    assert "The server is read from `PETS_BASE_URL`" in text
    assert "Both" not in text.partition("```")[0]
    assert "key" not in text.partition("```")[0]


@pytest.mark.parametrize(("title", "article"), [("Pets", "a"), ("Eigen", "an"), ("Ants", "an")])
def test_an_error_has_the_article_of_its_name(title: str, article: str, tmp_path: Path) -> None:
    text = readme(tmp_path, title, "{bearer: []}")
    assert f"raised as {article} `{title}Error`" in text
    assert re.search("The key is read from `[A-Z]+_API_KEY`, the server from", text)


TOYS = """
openapi: 3.1.0
info: {title: Toys, version: '1'}
servers: [{url: https://toys.example.com}]
x-sdk:
  distribution: toys
  package: toys
  client: Toys
  version: 0.1.0
  environment: {api_key: TOYS_KEY, base_url: TOYS_URL}
  resources: {toys: Look at toys.}
  results:
    Picture: {kind: media, description: A picture., media_types: ['image/*']}
    Label: {kind: text, description: A label., media_types: [text/plain], text: [/label]}
  commands:
    read: {method: toys.read, argument: drawing}
    draw: {method: toys.draw, argument: name}
    serve: {serve: toy_server, install: 'toy-tests[server]'}
paths:
  /read:
    post:
      operationId: read
      x-sdk: {methods: [{resource: toys, method: read, summary: Read., results: [Label],
                         variants: [Reading], encoding: multipart/form-data}]}
      requestBody:
        content:
          multipart/form-data:
            schema: {$ref: '#/components/schemas/Reading'}
            examples: {a: {value: {drawing: /drawings/duck.jpg, manual: /texts/manual.bin,
                                    pages: [/pages/1.bin, /pages/2.png]}}}
      responses: {'200': {description: Read., content: {text/plain: {schema: {type: string}}}}}
  /draw:
    post:
      operationId: draw
      x-sdk: {methods: [{resource: toys, method: draw, summary: Draw., results: [Picture],
                         variants: [Drawing], encoding: application/json}]}
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Drawing'}
            examples: {a: {value: {name: YOUR TOY, line_width: 2, artist: '<artist>', place: '{place}'}}}
      responses: {'200': {description: Drawn., content: {image/png: {schema: {contentMediaType: image/png}}}}}
components:
  schemas:
    Reading:
      type: object
      required: [drawing]
      properties:
        drawing: {type: string, contentMediaType: application/octet-stream, description: A drawing.}
        manual: {type: string, contentMediaType: application/octet-stream, description: A manual.}
        pages: {type: array, items: {type: string, contentMediaType: application/octet-stream},
                description: Its pages.}
    Toy:
      type: object
      properties: {name: {type: string, description: Its name., examples: [the duck, the bear]}}
    Drawing:
      type: object
      allOf: [{$ref: '#/components/schemas/Toy'}]
      required: [name]
      properties:
        line_width: {type: number, description: A width.}
        artist: {$ref: '#/components/schemas/Artist'}
        place: {type: string, description: A place.}
    Artist: {type: string, description: An artist., examples: [Ada]}
"""


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("toys")
    spec = folder / "api.yaml"
    spec.write_text(TOYS, encoding="utf-8")
    pipeline.build(spec, folder / "client")
    return (folder / "client" / "README.md").read_text(encoding="utf-8")


def test_an_example_of_the_property_stands_for_a_placeholder(toys: str) -> None:
    assert 'name="the duck",\n    line_width=2,\n    artist="Ada",\n    place="{place}",\n)' in toys


def test_a_file_of_an_example_is_one_that_an_example_above_saves(toys: str) -> None:
    assert toys.index('image_path = result.save("toys-draw")\n') < toys.index("drawing=image_path,\n")
    assert 'manual=Path("manual.bin"),\n' in toys
    assert 'pages=[Path("1.bin"), image_path],\n' in toys
    assert "from pathlib import Path\n" in toys


def test_the_command_line_has_the_examples_without_files(toys: str) -> None:
    assert "\ntoys draw 'the duck' --line-width 2 --artist Ada --place '{place}'\n```\n" in toys
    assert "toys read" not in toys.replace("- `toys read DRAWING", "")


def test_a_server_to_try_things_on_is_started_and_stopped(toys: str) -> None:
    assert "`toy-tests[server]` brings a server" in toys
    assert toys.index("python -m toy_server --port 8080 &\n") < toys.index("kill $!\n")
