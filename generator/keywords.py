"""What becomes of every keyword of OpenAPI 3.1 and JSON Schema 2020-12: carried, an annotation, or refused.

*Carried*: it has an effect on signatures, types, docstrings or the wire. *Annotation*: no client could do
anything else because of it. *Refused*: a document that holds it is not built; the reason says what to write
instead.
A test holds these tables against the schemas of both standards.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from .errors import GeneratorError
from .loading.json_data import as_object, escape
from .loading.operations import list_operations
from .loading.schemas import walk_schemas
from .surface.docs import RULES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@frozen
class Keywords:
    """The keywords of one kind of object; `refused` gives each its reason, and what to write instead."""

    carried: frozenset[str] = field(converter=_words)
    annotations: frozenset[str] = field(converter=_words)
    refused: Mapping[str, tuple[str, str]] = field(factory=dict[str, tuple[str, str]])

    @property
    def all(self) -> set[str]:
        """Every keyword of the object."""
        return {*self.carried, *self.annotations, *self.refused}


_ANCHORED = ("a reference goes by JSON pointer here", "write `$ref: '#/components/schemas/NAME'`")
_PART_STYLE = (
    "a form's field is written in one way",
    "leave it out: a list is one field an item, an object JSON",
)

SCHEMA = Keywords(
    carried="""$ref $defs allOf anyOf oneOf not if then else type enum const format properties required
    additionalProperties patternProperties propertyNames unevaluatedProperties minProperties maxProperties
    dependentRequired dependentSchemas items prefixItems contains minContains maxContains unevaluatedItems
    minItems maxItems uniqueItems minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength
    maxLength pattern
    contentMediaType contentEncoding contentSchema default deprecated readOnly writeOnly description examples
    discriminator nullable""",
    annotations="$schema $comment $vocabulary title example externalDocs xml",
    refused={"$id": _ANCHORED, "$anchor": _ANCHORED, "$dynamicRef": _ANCHORED, "$dynamicAnchor": _ANCHORED},
)

OBJECTS: Mapping[str, Keywords] = {
    "root": Keywords(
        "openapi info servers paths components security",
        "tags externalDocs webhooks",
        {"jsonSchemaDialect": ("schemas are read by the dialect of OpenAPI 3.1", "leave it out")},
    ),
    "info": Keywords("title", "version summary description termsOfService contact license"),
    "contact": Keywords("", "name url email"),
    "license": Keywords("", "name identifier url"),
    "server": Keywords("url variables", "description"),
    "server-variable": Keywords("default", "enum description"),
    "components": Keywords(
        "schemas responses parameters requestBodies headers securitySchemes pathItems",
        "examples links callbacks",
    ),
    "path-item": Keywords(
        "$ref get put post delete options head patch trace parameters servers",
        "summary description",
    ),
    "operation": Keywords(
        "tags summary description operationId parameters requestBody responses deprecated security servers",
        "externalDocs callbacks",
    ),
    "external-documentation": Keywords("", "description url"),
    "parameter": Keywords(
        "name in description required deprecated schema content style explode allowEmptyValue",
        "allowReserved example examples",
    ),
    "request-body": Keywords("content required", "description"),
    "media-type": Keywords("schema encoding", "example examples"),
    "encoding": Keywords(
        "contentType headers", "", dict.fromkeys(("style", "explode", "allowReserved"), _PART_STYLE)
    ),
    "responses": Keywords("default", ""),
    "response": Keywords("headers content", "description links"),
    "example": Keywords("", "summary description value externalValue"),
    "link": Keywords("", "operationRef operationId parameters requestBody body description server"),
    "header": Keywords("description schema content", "required deprecated style explode example examples"),
    "tag": Keywords("", "name description externalDocs"),
    "reference": Keywords("$ref", "summary description"),
    "security-scheme": Keywords("type name in scheme", "description bearerFormat flows openIdConnectUrl"),
    "oauth-flows": Keywords("", "implicit password clientCredentials authorizationCode"),
}


_RECEIVED = "an annotation: the service sends these requests, and a client receives none"
_LINKED = "an annotation: it says which call may come next, and changes none"
_CHECKED = "carried: no type can say it, so docstrings do, and `conformance` checks it"


def unseen(data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What a document says and no signature shows: pointer, keyword, and what becomes of it."""
    holders = [("", data, "webhooks", _RECEIVED)]
    components = as_object(data.get("components"))
    holders += [
        ("/components", components, "callbacks", _RECEIVED),
        ("/components", components, "links", _LINKED),
    ]
    answers = [("/components", components)]
    for path, method, operation in list_operations(data):
        at = f"/paths/{escape(path)}/{method}"
        holders.append((at, operation, "callbacks", _RECEIVED))
        answers.append((at, operation))
    for at, holder in answers:
        for name, response in as_object(holder.get("responses")).items():
            holders.append((f"{at}/responses/{escape(name)}", as_object(response), "links", _LINKED))
    for pointer, holder, keyword, what in holders:
        if keyword in holder:
            yield f"{pointer}/{keyword}", keyword, what
    for pointer, schema in walk_schemas(data):
        for keyword in RULES:
            if keyword in schema:
                yield f"{pointer}/{keyword}", keyword, _CHECKED


def refusals(data: dict[str, Any]) -> Iterator[GeneratorError]:
    """Every refused keyword of a document, at its pointer."""
    yield from _refused(OBJECTS["root"], data, "")
    for path, item in data.get("paths", {}).items():
        yield from _refused(OBJECTS["path-item"], item, f"/paths/{escape(path)}")
    for path, method, operation in list_operations(data):
        at = f"/paths/{escape(path)}/{method}"
        yield from _refused(OBJECTS["operation"], operation, at)
        content = as_object(as_object(operation.get("requestBody")).get("content"))
        for media_type, given in content.items():
            for name, part in as_object(as_object(given).get("encoding")).items():
                pointer = f"{at}/requestBody/content/{escape(media_type)}/encoding/{escape(name)}"
                yield from _refused(OBJECTS["encoding"], part, pointer)
    for pointer, schema in walk_schemas(data):
        yield from _refused(SCHEMA, schema, pointer)


def _refused(known: Keywords, given: dict[str, Any], pointer: str) -> Iterator[GeneratorError]:
    for keyword, (why, instead) in known.refused.items():
        if keyword in given:
            yield GeneratorError(f"`{keyword}`: {why}", pointer=f"{pointer}/{escape(keyword)}", hint=instead)
