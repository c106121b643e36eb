"""Says in the words of `runtime.contract` what an operation sends and how its success is read."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..errors import GeneratorError
from ..loading.document import Document
from ..loading.json_data import escape, is_object
from ..media_types import essence, is_form, is_json, is_text
from ..rendering.source import Name
from ..runtime.contract import (
    Body,
    Call,
    Event,
    JobReading,
    MediaReading,
    Operation,
    Parameter,
    PartEncoding,
    Property,
    RecordReading,
    SecurityScheme,
    StreamReading,
    TextReading,
)
from .operations import Endpoint, Variant, follow, parameter_key, successful
from .sdk import MethodSpec, Sdk

# Without any of these a schema admits null, like everything else.
_TELLING = ("type", "enum", "const", "anyOf", "oneOf", "allOf", "not", "properties", "items", "format")
_STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}


def operation_plan(document: Document, endpoint: Endpoint) -> Operation:
    """The operation itself: method, path, parameters, security, and what it answers."""
    return Operation(
        id=endpoint.id,
        method=endpoint.method.upper(),
        path=endpoint.path,
        parameters=tuple(_parameter(parameter) for parameter in endpoint.parameters),
        security=_security(document, endpoint),
        accept=_accept(endpoint),
        response_headers=_response_headers(endpoint),
        server=endpoint.server,
    )


def _parameter(given: dict[str, Any]) -> Parameter:
    style = given.get("style", _STYLES[given["in"]])
    explode = given.get("explode", style == "form")
    key = parameter_key(given)
    key = key if key != given["name"] else ""
    required = given["in"] == "path" or given.get("required", False)
    return Parameter(given["name"], given["in"], style, explode, key, required)


def _security(document: Document, endpoint: Endpoint) -> tuple[SecurityScheme, ...]:
    """The scheme of the first requirement that can be met with one key.

    Raises GeneratorError if there are requirements and none can be.
    """
    schemes = document.data.get("components", {}).get("securitySchemes", {})
    requirements: list[dict[str, Any]] = endpoint.data.get("security", [])
    for requirement in requirements:
        found = [_scheme(follow(document.data, schemes[name])) for name in requirement if name in schemes]
        if len(found) == len(requirement) == 1 and found[0] is not None:
            return (found[0],)
    if requirements and {} not in requirements:
        asked = " or ".join(" with ".join(requirement) for requirement in requirements)
        raise document.error(
            f"{endpoint.pointer}/security",
            f"no single key meets `{asked}`",
            "name one scheme of type apiKey, http (bearer or basic), oauth2 or openIdConnect",
        )
    return ()


def _scheme(given: dict[str, Any]) -> SecurityScheme | None:
    if given["type"] == "apiKey":
        return SecurityScheme("apiKey", given["name"], given["in"])
    if given["type"] == "http" and given["scheme"].lower() == "basic":
        return SecurityScheme("basic")
    if given["type"] in ("oauth2", "openIdConnect") or given.get("scheme", "").lower() == "bearer":
        return SecurityScheme("bearer")
    return None


def _accept(endpoint: Endpoint) -> str:
    """The media types that a success may have, so that the server can choose."""
    found: list[str] = []
    for status in successful(endpoint):
        found += [media for media in endpoint.responses[status].get("content", {}) if media not in found]
    return ", ".join(found) or "*/*"


def _response_headers(endpoint: Endpoint) -> tuple[str, ...]:
    """The headers that a success is said to have, by lower-case name."""
    names = [
        name.lower()
        for status in successful(endpoint)
        for name in endpoint.responses[status].get("headers", {})
    ]
    return tuple(name for name in dict.fromkeys(names) if name != "content-type")


def is_whole(media_type: str, variants: Iterable[Variant]) -> bool:
    """Whether JSON or a form may be one value that is no object, and is not sent by its members."""
    if not (is_json(media_type) or is_form(media_type)):
        return False
    return not all(is_object_variant(variant, open_ended=is_form(media_type)) for variant in variants)


def is_object_variant(variant: Variant, *, open_ended: bool = True) -> bool:
    """Whether a variant can only be an object; one that says nothing is if `open_ended`."""
    schema = variant.schema
    if kinds := schema.get("type"):
        return kinds in ("object", ["object"])
    if "const" in schema or "enum" in schema:
        return all(map(is_object, schema.get("enum", [schema.get("const")])))
    return open_ended or not schema.keys().isdisjoint(("properties", "additionalProperties", "required"))


def encodings(endpoint: Endpoint, media_type: str) -> dict[str, Any]:
    """What the contract fixes about the parts of a form."""
    found: dict[str, Any] = endpoint.body["content"][media_type].get("encoding", {})
    return found


def body_plans(
    document: Document, endpoint: Endpoint, given: Mapping[str, Iterable[Variant]]
) -> tuple[Body, ...]:
    """The ways to send a body, by media type; each with the members that only the others may hold.

    Raises GeneratorError for multipart that is no object: its parts have names.
    """
    found = {media: tuple(variants) for media, variants in given.items()}
    members = {media: _members(endpoint, media, variants) for media, variants in found.items()}
    every = frozenset[str]().union(*members.values())
    return tuple(
        _body_plan(document, endpoint, media, members[media])._replace(
            unsupported=every.difference(members[media]), is_scalar=_is_whole(endpoint, media, variants)
        )
        for media, variants in found.items()
    )


def _is_whole(endpoint: Endpoint, media_type: str, variants: tuple[Variant, ...]) -> bool:
    whole = is_whole(media_type, variants)
    if whole and essence(media_type) == "multipart/form-data":
        raise GeneratorError(
            "a body of parts that is no object: a part needs a name",
            pointer=f"{endpoint.pointer}/requestBody/content/{escape(media_type)}/schema",
            hint="let it be an object that holds the value as a member",
        )
    return whole


def _members(endpoint: Endpoint, media_type: str, variants: tuple[Variant, ...]) -> dict[str, dict[str, Any]]:
    """All properties that the variants of a body know; what is one value goes by the name `body`."""
    if not (is_json(media_type) or is_form(media_type)):
        # Text is text even without a schema, which the lowering takes for bytes.
        schema = endpoint.body["content"][media_type].get("schema", {})
        return {"body": {"type": "string"} if is_text(media_type) else schema}
    members: dict[str, dict[str, Any]] = {}
    for variant in variants:
        members.update(variant.schema.get("properties", {}))
    if is_whole(media_type, variants):
        members["body"] = {"anyOf": [variant.schema for variant in variants]}
    return members


def _body_plan(
    document: Document, endpoint: Endpoint, media_type: str, members: dict[str, dict[str, Any]]
) -> Body:
    return Body(
        media_type=media_type,
        files=frozenset(name for name, schema in members.items() if is_file(document, schema)),
        multiple=frozenset(name for name, schema in members.items() if _is_multiple_files(document, schema)),
        nullable=frozenset(name for name, schema in members.items() if is_nullable(document, schema)),
        encoding={
            name: part
            for name, given in encodings(endpoint, media_type).items()
            if (part := _part(given)).media_type or part.headers
        },
    )


def _part(given: dict[str, Any]) -> PartEncoding:
    """A part's type, if the contract leaves no choice; text is what a part is anyway (RFC 7578, 4.4)."""
    media_type = given.get("contentType", "text/plain")
    fixed = "," not in media_type and "*" not in media_type and media_type != "text/plain"
    return PartEncoding(media_type=media_type if fixed else None, headers=tuple(_part_headers(given)))


def _part_headers(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The headers of a part that have one value; Content-Type is ignored (OpenAPI 3.1, 4.8.15.1.2)."""
    for name, header in given.get("headers", {}).items():
        schema = header.get("schema", {})
        if name.lower() != "content-type" and "const" in schema:
            yield name, str(schema["const"])


def is_file(document: Document, schema: dict[str, Any]) -> bool:
    """Whether a member holds bytes, or a list of them."""
    schema = follow(document.data, schema)
    if schema.get("type") == "array":
        return is_file(document, schema.get("items", {}))
    return schema.get("format") == "binary"


def _is_multiple_files(document: Document, schema: dict[str, Any]) -> bool:
    return is_file(document, schema) and follow(document.data, schema).get("type") == "array"


def is_nullable(document: Document, schema: dict[str, Any]) -> bool:
    """Whether JSON null is a value of a member."""
    schema = follow(document.data, schema)
    kind = schema.get("type")
    if kind == "null" or (isinstance(kind, list) and "null" in kind) or schema.get("nullable") is True:
        return True
    if (
        schema.keys().isdisjoint(_TELLING)
        or None in schema.get("enum", ())
        or ("const" in schema and schema["const"] is None)
    ):
        return True
    return any(is_nullable(document, branch) for key in ("anyOf", "oneOf") for branch in schema.get(key, ()))


def method_bodies(document: Document, endpoint: Endpoint, method: MethodSpec) -> tuple[Body, ...]:
    """The bodies that a method may send, the preferred one first; all if it names no variant."""
    chosen = {
        media: [variant for variant in variants if not method.variants or variant.name in method.variants]
        for media, variants in endpoint.bodies.items()
    }
    order = sorted((media for media in chosen if chosen[media]), key=lambda media: media != method.encoding)
    return body_plans(document, endpoint, {media: chosen[media] for media in order})


def reading(sdk: Sdk, name: str) -> Any:
    """How a result class is read from an answer; the class is given by name."""
    given = sdk.results[name]
    result: Any = Name(name)
    media_types = tuple(given.get("media_types", ()))
    members = tuple(Property(one["pointer"], one["type"]) for one in given.get("fields", {}).values())
    match given["kind"]:
        case "media":
            return MediaReading(result, media_types or ("*/*",), tuple(given.get("base64", ())), members)
        case "text":
            return TextReading(result, media_types or ("text/plain",), tuple(given.get("text", ())), members)
        case "job":
            return JobReading(result, given["id"]["pointer"], tuple(given.get("keep", ())), members)
        case "stream":
            return _stream(result, given, media_types)
        case _:
            return RecordReading(result, _required(given), members)


def _required(given: dict[str, Any]) -> tuple[str, ...]:
    return tuple(member["pointer"] for member in given.get("fields", {}).values() if member.get("required"))


def _stream(cls: Any, given: dict[str, Any], media_types: tuple[str, ...]) -> Any:
    shape = given.get("format")
    asynchronous: Any = Name(f"Async{cls}")
    return StreamReading(
        cls,
        asynchronous,
        tuple(given["type"]),
        _event(given["chunk"]),
        _event(given["end"]),
        _event(given["error"]),
        _event(shape) if shape else None,
        tuple(shape.get("sample_rate", ())) if shape else (),
        tuple(shape.get("channels", ())) if shape else (),
        media_types,
    )


def _event(given: dict[str, Any]) -> Event:
    return Event(tuple(given["types"]), tuple(given.get("pointers", ())))


def call_plan(sdk: Sdk, method: MethodSpec, bodies: Any, results: Iterable[str]) -> Any:
    """The call behind a method, but for what it needs; `bodies` is the name of its constant, or empty."""
    operation: Any = Name("OPERATION")
    readings = tuple(reading(sdk, name) for name in results)
    return Call(
        operation=operation,
        bodies=bodies,
        readings=readings,
        timeout=method.timeout,
        name=f"{method.resource}.{method.method}",
    )
