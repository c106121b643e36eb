"""Faults in what the server takes: it obeys a contract that is wider or narrower at one pointer."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from eigen_contract.spec import Contract, Document
from eigen_contract.wire import is_binary
from mutants.mutant import Mutant
from mutants.pointers import at
from mutants.server.rewriting import Planting

REQUESTS = (
    "ImageGeneration", "ImageEditOptions", "ImageEdit", "ImageEditByReference", "VideoOptions", "Video",
    "VideoByReference", "Transcription", "Speech", "SpeechForm", "VoiceSettings", "Sampling", "VoiceUpload",
)  # fmt: skip
IN_FORMS_ALONE = ("ImageEdit", "Video", "Transcription", "SpeechForm", "VoiceUpload")
"""In a form every text is a text: there a string without its type is no other schema. Nor is a list without
its least length of one, since an empty list sends no part."""
BOUNDS = ("minimum", "maximum", "minItems", "maxItems")


def acceptance_faults(contract: Contract) -> Iterator[Mutant]:
    """Drop or tighten one keyword of one request."""
    for name in REQUESTS:
        pointer = f"#/components/schemas/{name}"
        schema = contract.at(pointer)
        yield from requirement_faults(contract, pointer, schema)
        for member, declared in schema.get("properties", {}).items():
            place = f"{pointer}/properties/{member}"
            yield from false_faults(contract, place, declared)
            if declared is not False:
                yield from keyword_faults(contract, place, declared)
    yield from variant_faults(contract)


def planted(contract: Contract, operator: str, pointer: str, value: Any) -> Mutant:
    """Give the server a contract with another value at a pointer."""
    document = copy.deepcopy(dict(contract.document))
    parent, key = at(document, pointer)
    parent[key] = value
    return Mutant("server", "acceptance", operator, pointer, Planting(spec=document))


def requirement_faults(contract: Contract, pointer: str, schema: Document) -> Iterator[Mutant]:
    required = list(schema.get("required", ()))
    for name in required:
        if takes_file(schema, name):
            continue  # an engine that has no recording to work on refuses the request anyway
        kept = [other for other in required if other != name]
        yield planted(contract, f"optional-{name}", f"{pointer}/required", kept)
    for name, declared in schema.get("properties", {}).items():
        if isinstance(declared, Mapping) and name not in required and required:
            yield planted(contract, f"required-{name}", f"{pointer}/required", [*required, name])


def takes_file(schema: Document, name: str) -> bool:
    declared: Any = schema.get("properties", {}).get(name)
    return bool(declared) and is_binary(declared)


def false_faults(contract: Contract, pointer: str, declared: Any) -> Iterator[Mutant]:
    """Take a member that tells another job."""
    if declared is False:
        yield planted(contract, "unforbidden", pointer, {})


def keyword_faults(contract: Contract, pointer: str, declared: Document) -> Iterator[Mutant]:
    in_form = pointer.split("/")[3] in IN_FORMS_ALONE
    if (
        declared.get("type") in ("string", "number", "boolean")
        and "contentMediaType" not in declared
        and not (in_form and declared["type"] == "string")
    ):
        loose = {key: value for key, value in declared.items() if key != "type"}
        yield planted(contract, "untyped", pointer, loose)
    if declared.get("type") == "number":
        yield planted(contract, "whole-numbers-only", pointer, {**declared, "type": "integer"})
    for bound in BOUNDS:
        if bound in declared:
            if (bound, declared[bound]) != ("minItems", 1) or not in_form:
                without = {key: value for key, value in declared.items() if key != bound}
                yield planted(contract, f"without-{bound}", pointer, without)
            shifted = declared[bound] + (1 if bound.startswith("min") else -1)
            yield planted(contract, "tighter-bound", f"{pointer}/{bound}", shifted)
    if declared.get("type") == "string" and "contentMediaType" not in declared:
        yield planted(contract, "closed-list", pointer, {**declared, "enum": ["the only one"]})


def variant_faults(contract: Contract) -> Iterator[Mutant]:
    """Refuse a whole job, in one encoding."""
    body = "#/paths/~1api~1v1~1generate/post/requestBody/content"
    for media_type in ("application~1json", "multipart~1form-data"):
        pointer = f"{body}/{media_type}/schema/oneOf"
        parent, key = at(contract.document, pointer)
        for choice in parent[key]:
            kept = [other for other in parent[key] if other != choice]
            yield planted(contract, f"without-{choice['$ref'].rpartition('/')[2]}", pointer, kept)
