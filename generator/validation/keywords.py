"""What becomes of every keyword of OpenAPI 3.1 and JSON Schema 2020-12: carried, an annotation, or refused.

*Carried*: it changes signatures, types, docstrings or the bytes that are sent. *Annotation*: no client could
act differently because of it. *Refused*: a document that has it is not built; the reason says what to write
instead. A test compares these tables with the schemas of both standards.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from ..errors import GeneratorError
from ..loading.document import Document
from ..loading.json_data import escape, object_or_empty
from ..loading.openapi_objects import walk_openapi_objects
from ..loading.operations import list_operations
from ..loading.schemas import walk_schemas
from .faults import Faults

# No Python type can express these, so the docstring quotes them from the contract.
RULE_KEYWORDS = (
    *("not", "if", "then", "else", "dependentSchemas", "propertyNames", "patternProperties"),
    *("contains", "unevaluatedProperties", "unevaluatedItems", "contentSchema"),
)


def _split_words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@frozen
class Keywords:
    """The keywords of one kind of object. `refused` has for each the reason, and what to write instead."""

    carried: frozenset[str] = field(converter=_split_words)
    annotations: frozenset[str] = field(converter=_split_words)
    refused: Mapping[str, tuple[str, str]] = field(factory=dict[str, tuple[str, str]])

    @property
    def all(self) -> set[str]:
        """Every keyword of the object."""
        return {*self.carried, *self.annotations, *self.refused}


_ANCHOR = ("references must be JSON pointers", "write `$ref: '#/components/schemas/NAME'`")

SCHEMA = Keywords(
    carried="""$ref $defs allOf anyOf oneOf not if then else type enum const format properties required
    additionalProperties patternProperties propertyNames unevaluatedProperties minProperties maxProperties
    dependentRequired dependentSchemas items prefixItems contains minContains maxContains unevaluatedItems
    minItems maxItems uniqueItems minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength
    maxLength pattern
    contentMediaType contentEncoding contentSchema default deprecated readOnly writeOnly description examples
    discriminator nullable""",
    annotations="$schema $comment $vocabulary title example externalDocs xml",
    refused={"$id": _ANCHOR, "$anchor": _ANCHOR, "$dynamicRef": _ANCHOR, "$dynamicAnchor": _ANCHOR},
)

OBJECTS: Mapping[str, Keywords] = {
    "root": Keywords(
        "openapi info servers paths components security",
        "tags externalDocs webhooks",
        {"jsonSchemaDialect": ("schemas are read in the dialect of OpenAPI 3.1", "remove it")},
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
        "name in description required deprecated schema content style explode allowEmptyValue allowReserved",
        "example examples",
    ),
    "request-body": Keywords("content required", "description"),
    "media-type": Keywords("schema encoding", "example examples"),
    "encoding": Keywords("contentType headers style explode allowReserved", ""),
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
_LINKED = "an annotation: it says which call may come next, and changes no call"
_CHECKED = "carried: no type can state it, so docstrings do, and `conformance` checks it"


def list_unseen_keywords(data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield each keyword that no signature shows: its pointer, its name, and how it is treated."""
    components = object_or_empty(data.get("components"))
    holders = [
        ("", data, "webhooks", _RECEIVED),
        ("/components", components, "callbacks", _RECEIVED),
        ("/components", components, "links", _LINKED),
    ]
    response_holders = [("/components", components)]
    for path, method, operation in list_operations(data):
        place = f"/paths/{escape(path)}/{method}"
        holders.append((place, operation, "callbacks", _RECEIVED))
        response_holders.append((place, operation))
    for place, response_holder in response_holders:
        for name, response in object_or_empty(response_holder.get("responses")).items():
            holders.append((f"{place}/responses/{escape(name)}", object_or_empty(response), "links", _LINKED))
    for pointer, holder, keyword, treatment in holders:
        if keyword in holder:
            yield f"{pointer}/{keyword}", keyword, treatment
    for pointer, schema in walk_schemas(data):
        for keyword in RULE_KEYWORDS:
            if keyword in schema:
                yield f"{pointer}/{keyword}", keyword, _CHECKED


def check_refused_keywords(document: Document) -> Faults:
    """Check that the document has no keyword that no client could carry."""
    for error in find_refused_keywords(document.data):
        yield document.error(error.pointer or "", error.problem, error.hint)


def find_refused_keywords(data: dict[str, Any]) -> Iterator[GeneratorError]:
    """Yield an error for every refused keyword, with its pointer."""
    yield from _find_refused(OBJECTS["root"], data, "")
    for node in walk_openapi_objects(data):
        keywords = SCHEMA if node.kind == "schema" else OBJECTS.get(node.kind)
        if keywords is not None and node.kind != "root":
            yield from _find_refused(keywords, node.value, node.pointer)


def _find_refused(keywords: Keywords, holder: dict[str, Any], pointer: str) -> Iterator[GeneratorError]:
    for keyword, (reason, hint) in keywords.refused.items():
        if keyword in holder:
            yield GeneratorError(f"`{keyword}`: {reason}", pointer=f"{pointer}/{escape(keyword)}", hint=hint)
