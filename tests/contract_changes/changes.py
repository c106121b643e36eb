"""The changes of the contract that a maintainer makes: each is an edit of `openapi.yaml` and of nothing else.

What an edit adds is invented, and labelled `assumed`. Where it goes is found in the contract, so that the
edits need no edit when the contract changes.
"""

import tomllib
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import yaml

from tests.contract_changes.yaml_text import insert, replace

MEDIA = "application/json"
OPTIONAL_FIELD = """
whisper_factor:
  type: integer
  minimum: 1
  description: How softly to do it.
  x-evidence: assumed
  default: 3
"""
NESTED_FIELD = """
min_share:
  type: number
  description: The least share that counts.
  x-evidence: assumed
  default: 0.1
"""
VARIANT = """
Jingle:
  title: Jingle
  description: Compose a short tune.
  type: object
  required: [model, melody]
  x-evidence-required: {melody: assumed}
  properties:
    model:
      type: string
      description: The model that does the work.
      x-evidence: assumed
    melody:
      type: string
      description: The tune in words.
      x-evidence: assumed
    bars:
      type: integer
      minimum: 1
      maximum: 64
      description: Number of bars.
      x-evidence: assumed
      default: 8
    s3_output_path:
      type: string
      description: Where the service should store the output, as a path or a bucket.
      x-evidence: assumed
"""
VARIANT_METHOD = """
- resource: audio
  method: compose
  summary: Compose a short tune.
  variants: [Jingle]
  encoding: application/json
  results: [Audio]
  timeout: 120
"""
RESPONSE_SHAPE = """
LabelledImage:
  title: Labelled image
  description: How a newer model answers.
  type: object
  x-evidence: assumed
  required: [labelled_image_base64]
  properties:
    labelled_image_base64:
      type: string
      contentEncoding: base64
      description: The picture, as bare base64.
      x-evidence: assumed
    labels:
      type: array
      items: {type: string}
      description: What is to be seen.
      x-evidence: assumed
"""
UNUSUAL = ("451", "423", "409", "410")
STATUS = """
UnusualStatus:
  description: The service may not answer this.
  x-evidence: assumed
  content:
    application/json:
      schema: {$ref: '#/components/schemas/Error'}
"""
COMPANION_BY_QUERY = """
/api/v1/generate/voices:
  get:
    operationId: describeVoice
    tags: [companions]
    summary: Describe a saved voice
    x-evidence: assumed
    x-sdk:
      methods:
        - resource: audio
          method: describe_voice
          summary: Describe a saved voice.
          results: [VoiceDetails]
          timeout: 30
    parameters:
      - name: voiceId
        in: query
        required: true
        description: The id of the voice.
        x-evidence: assumed
        schema: {type: string}
        example: a-voice
    responses:
      '200':
        description: The voice.
        x-evidence: assumed
        content:
          application/json:
            schema: {$ref: '#/components/schemas/VoiceDescription'}
      '400': {$ref: '#/components/responses/BadRequest'}
      '401': {$ref: '#/components/responses/Unauthorized'}
      '404': {$ref: '#/components/responses/NotFound'}
"""
COMPANION_BY_BODY = """
/api/v1/generate/estimate:
  post:
    operationId: estimatePrice
    tags: [companions]
    summary: Estimate a price
    x-evidence: assumed
    x-sdk:
      methods:
        - resource: audio
          method: estimate
          summary: Estimate the price of a text.
          variants: [PriceQuestion]
          encoding: application/json
          results: [Price]
          timeout: 30
    requestBody:
      required: true
      content:
        application/json:
          schema: {$ref: '#/components/schemas/PriceQuestion'}
          examples:
            price-of-a-text:
              summary: Estimate a price
              x-evidence: assumed
              value: {model: higgs2p5, characters: 120}
    responses:
      '200':
        description: The price.
        x-evidence: assumed
        content:
          application/json:
            schema: {$ref: '#/components/schemas/PriceAnswer'}
      '400': {$ref: '#/components/responses/BadRequest'}
      '401': {$ref: '#/components/responses/Unauthorized'}
"""
COMPANION_SCHEMAS = """
VoiceDescription:
  title: Voice description
  type: object
  description: What is known of a voice.
  required: [voice_id]
  properties:
    voice_id: {type: string, description: The id of the voice., x-evidence: assumed}
    language: {type: string, description: The language of the recording., x-evidence: assumed}
PriceQuestion:
  title: Price question
  description: Estimate the price of a text.
  type: object
  required: [model, characters]
  properties:
    model: {type: string, description: The model that will speak., x-evidence: assumed}
    characters: {type: integer, minimum: 1, description: How long the text is., x-evidence: assumed}
PriceAnswer:
  title: Price
  type: object
  description: What a text will cost.
  required: [credits]
  properties:
    credits: {type: number, description: Credits that it will cost., x-evidence: assumed}
"""
COMPANION_RESULTS = """
VoiceDetails:
  kind: record
  description: What is known of a saved voice.
  fields:
    voice_id: {pointer: /voice_id, type: string, required: true}
    language: {pointer: /language, type: string}
Price:
  kind: record
  description: What a text will cost.
  fields:
    credits: {pointer: /credits, type: number, required: true}
"""


@attrs.frozen
class ContractChange:
    """A kind of change, and the edit of the contract's text that makes it."""

    name: str
    apply: Callable[[str], str]
    transcribe: Callable[[str], str] = lambda page: page
    """What the change adds to `tests/page.toml`, where the vendor's page changed."""

    def __str__(self) -> str:
        return self.name


def load(text: str) -> Any:
    """Return a document as plain values."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def escape(token: str) -> str:
    """Escape one token of a JSON pointer (RFC 6901, section 3)."""
    return token.replace("~", "~0").replace("/", "~1")


def first_operation(document: Any) -> str:
    """Return the pointer of the operation that takes several variants: the endpoint itself."""
    path, item = next(iter(document["paths"].items()))
    return f"/paths/{escape(path)}/{next(iter(item))}"


def at(document: Any, pointer: str) -> Any:
    """Return the value at a JSON pointer that leads through objects alone."""
    value: Any = document
    for token in pointer.removeprefix("/").split("/"):
        value = value[token.replace("~1", "/").replace("~0", "~")]
    return value


def variants_of(document: Any) -> list[str]:
    """Return the names of the schemas that a request body may have, in the order of the contract."""
    bodies = [
        content["schema"]
        for item in document["paths"].values()
        for operation in item.values()
        for content in operation.get("requestBody", {}).get("content", {}).values()
    ]
    return [*dict.fromkeys(name for body in bodies for name in leaves(document, body))]


def leaves(document: Any, schema: Any) -> Iterator[str]:
    """Yield the names of the schemas with properties that a `oneOf` or `anyOf` of references reaches."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        target = document["components"]["schemas"][name]
        if "properties" in target or "allOf" in target:
            yield name
            return
        schema = target
    for choice in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        yield from leaves(document, choice)


def add_optional_field(text: str) -> str:
    """Add an optional field to every variant."""
    for name in variants_of(load(text)):
        text = insert(text, f"/components/schemas/{name}/properties", OPTIONAL_FIELD)
    return text


def add_nested_field(text: str) -> str:
    """Add a field to every object that is the value of a field of a variant."""
    schemas = load(text)["components"]["schemas"]
    properties = [
        field for name in variants_of(load(text)) for field in schemas[name].get("properties", {}).values()
    ]
    choices = [choice for field in properties if field for choice in (field, *field.get("oneOf", ()))]
    names = {choice["$ref"].rpartition("/")[2] for choice in choices if "$ref" in choice}
    for name in sorted(names):
        text = insert(text, f"/components/schemas/{name}/properties", NESTED_FIELD)
    return text


def add_variant(text: str) -> str:
    """Add a variant with its method, closed to the fields that mark the others, as they are to its own."""
    document = load(text)
    operation = first_operation(document)
    others = list(dict.fromkeys(leaves_of_operation(document, operation)))
    schemas = document["components"]["schemas"]
    closed = {
        name
        for other in others
        for name, field in schemas[other].get("properties", {}).items()
        if field is False
    }
    for other in others:
        text = insert(text, f"/components/schemas/{other}/properties", "melody: false")
    text = insert(
        text, "/components/schemas", VARIANT + "".join(f"    {name}: false\n" for name in sorted(closed))
    )
    text = insert(
        text,
        f"{operation}/requestBody/content/{escape(MEDIA)}/schema/oneOf",
        reference("schemas/Jingle", dash=True),
    )
    return insert(text, f"{operation}/x-sdk/methods", VARIANT_METHOD)


def leaves_of_operation(document: Any, pointer: str) -> Iterator[str]:
    """Yield the names of the variants of one operation."""
    for content in at(document, pointer)["requestBody"]["content"].values():
        yield from leaves(document, content["schema"])


def reference(target: str, *, dash: bool = False) -> str:
    """Write a reference into the components."""
    return f"{'- ' if dash else ''}$ref: '#/components/{target}'"


def add_response_shape(text: str) -> str:
    """Add a shape of JSON to the successes of the endpoint, and say where its picture is."""
    document = load(text)
    schema = at(document, f"{first_operation(document)}/responses/200/content/{escape(MEDIA)}/schema")
    shapes = schema["$ref"].removeprefix("#")
    images = [*document["x-sdk"]["results"]["Image"]["base64"], "/labelled_image_base64"]
    text = replace(text, "/x-sdk/results/Image/base64", f"[{', '.join(images)}]")
    text = insert(text, f"{shapes}/anyOf", reference("schemas/LabelledImage", dash=True))
    return insert(text, "/components/schemas", RESPONSE_SHAPE)


def add_status(text: str) -> str:
    """Add a status that no operation has to every operation."""
    document = load(text)
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    known = {str(status) for operation in operations for status in operation["responses"]}
    status = next(status for status in UNUSUAL if status not in known)
    for path, item in document["paths"].items():
        for method in item:
            place = f"/paths/{escape(path)}/{method}/responses"
            text = insert(text, place, f"'{status}': {{{reference('responses/UnusualStatus')}}}")
    return insert(text, "/components/responses", STATUS)


def add_named_example(text: str) -> str:
    """Add a named example to every request body: the last one, under another name and for another model."""
    for path, item in load(text)["paths"].items():
        for method, operation in item.items():
            for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
                name, example = list(content["examples"].items())[-1]
                shown = {
                    **example,
                    "x-evidence": "assumed",
                    "value": {**example["value"], "model": "YOUR_OTHER_MODEL"},
                }
                place = f"/paths/{escape(path)}/{method}/requestBody/content/{escape(media_type)}/examples"
                text = insert(text, place, yaml.safe_dump({f"{name}-again": shown}, sort_keys=False))
    return text


def add_companions(text: str) -> str:
    """Add two operations: one that is asked by its query, one by a body."""
    text = insert(text, "/paths", COMPANION_BY_QUERY + COMPANION_BY_BODY.lstrip("\n"))
    text = insert(text, "/components/schemas", COMPANION_SCHEMAS)
    return insert(text, "/x-sdk/results", COMPANION_RESULTS)


def deprecate_fields(text: str) -> str:
    """Deprecate an optional field of every variant: the last one in which nothing but its own is written."""
    for name in variants_of(load(text)):
        schema = load(text)["components"]["schemas"][name]
        needed = {
            *schema.get("required", ()),
            *(key for choice in schema.get("anyOf", ()) for key in choice["required"]),
        }
        optional = [key for key, field in schema["properties"].items() if field and key not in needed]
        if optional:
            text = insert(text, f"/components/schemas/{name}/properties/{optional[-1]}", "deprecated: true")
    return text


def change_descriptions(text: str) -> str:
    """Say every field of every variant in other words."""
    schemas = load(text)["components"]["schemas"]
    for name in variants_of(load(text)):
        for key, field in schemas[name].get("properties", {}).items():
            if field:
                said = f'"{field["description"].strip()} So it is said now."'
                text = replace(text, f"/components/schemas/{name}/properties/{key}/description", said)
    return text


PAGE_FIELD = """
sparkle:
  type: boolean
  description: Whether it should sparkle.
  x-evidence: page
"""


def add_field_of_the_page(text: str) -> str:
    """Add what a new row of the vendor's page says to every variant that takes images from words."""
    return insert(text, f"/components/schemas/{variants_of(load(text))[0]}/properties", PAGE_FIELD)


def transcribe_field(page: str) -> str:
    """Add the row to the first table of the page that describes that variant alone."""
    row = '    { name = "sparkle", type = "boolean", required = false },\n'
    before, opening, rest = page.partition('name = "Image Generation"')
    header, rows, after = rest.partition("rows = [\n")
    counted = int(tomllib.loads(page)["count"]["rows"])
    whole = f"{before}{opening}{header}{rows}{row}{after}"
    return whole.replace(f"\nrows = {counted}\n", f"\nrows = {counted + 1}\n")


CHANGES = (
    ContractChange("a new optional field", add_optional_field),
    ContractChange("a new field of a nested object", add_nested_field),
    ContractChange("a new variant with its method", add_variant),
    ContractChange("a new response shape", add_response_shape),
    ContractChange("a new status", add_status),
    ContractChange("a new row of the vendor's page", add_field_of_the_page, transcribe_field),
    ContractChange("a new named example", add_named_example),
    ContractChange("a new companion operation", add_companions),
    ContractChange("a field deprecated", deprecate_fields),
    ContractChange("a description changed", change_descriptions),
)
