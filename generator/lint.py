"""Judges a document before anything is made from it: OpenAPI itself, references, `x-sdk`, `x-evidence`."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

from .errors import GeneratorError
from .spec import Document, escape, resolve, walk

EVIDENCE = ("page", "docs", "observed", "expected", "assumed")
X_SDK = Path(__file__).with_name("x-sdk.schema.json")
_VALIDATORS = {"3.0": OpenAPIV30SpecValidator, "3.1": OpenAPIV31SpecValidator}


def lint(document: Document) -> None:
    """Raise GeneratorError for the first fault, with its pointer."""
    for rule in RULES:
        for fault in rule(document):
            raise fault


def _version(document: Document) -> Iterator[GeneratorError]:
    version = document.data.get("openapi")
    if not isinstance(version, str) or version[:3] not in _VALIDATORS:
        yield document.error(
            "/openapi", f"`{version}` is no version that can be built", "write `openapi: 3.1.0`"
        )


def _references(document: Document) -> Iterator[GeneratorError]:
    for pointer, value in walk(document.data):
        target = value.get("$ref")
        if not isinstance(target, str) or "/example" in pointer:
            continue
        at = f"{pointer}/$ref"
        if not target.startswith("#"):
            yield document.error(
                at, f"`{target}` lies outside the document", "nothing is fetched: copy it to `components`"
            )
            continue
        try:
            resolve(document.data, target[1:])
        except KeyError:
            yield document.error(
                at, f"`{target}` leads nowhere", "name something that stands in this document"
            )


def _alias_circles(document: Document) -> Iterator[GeneratorError]:
    for pointer, value in walk(document.data):
        seen = [pointer]
        while isinstance(target := value.get("$ref"), str) and target.startswith("#"):
            if target[1:] in seen:
                yield document.error(
                    f"{pointer}/$ref", f"`{target}` only leads back to itself", "let one of them be a schema"
                )
                break
            seen.append(target[1:])
            value = resolve(document.data, target[1:])
            if not isinstance(value, dict):
                break


def _openapi(document: Document) -> Iterator[GeneratorError]:
    validator = _VALIDATORS[document.data["openapi"][:3]]
    for error in validator(document.data).iter_errors():
        yield _fault(document, error, "")


def _x_sdk(document: Document) -> Iterator[GeneratorError]:
    schema = json.loads(X_SDK.read_text(encoding="utf-8"))
    for pointer, value in walk(document.data):
        if "x-sdk" not in value:
            continue
        kind = "root" if pointer == "" else "operation"
        validator = Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]})
        for error in validator.iter_errors(value["x-sdk"]):
            yield _fault(document, error, f"{pointer}/x-sdk")


def _x_evidence(document: Document) -> Iterator[GeneratorError]:
    for pointer, value in walk(document.data):
        labels = {"": value["x-evidence"]} if "x-evidence" in value else {}
        required = value.get("x-evidence-required", {})
        for name, label in (labels | (required if isinstance(required, dict) else {"": required})).items():
            if label not in EVIDENCE:
                at = f"{pointer}/x-evidence" + (f"-required/{escape(name)}" if name else "")
                yield document.error(
                    at, f"`{label}` is no label of evidence", f"write one of {', '.join(EVIDENCE)}"
                )


def _fault(document: Document, error: Any, base: str) -> GeneratorError:
    deepest = (best_match([error]) or error) if isinstance(error, ValidationError) else error
    pointer = base + "".join(f"/{escape(str(part))}" for part in getattr(deepest, "absolute_path", ()))
    message = str(getattr(deepest, "message", deepest))
    return document.error(pointer, message if len(message) < 300 else f"{message[:300]} …")


RULES: tuple[Callable[[Document], Iterator[GeneratorError]], ...] = (
    _version,
    _references,
    _alias_circles,
    _x_sdk,
    _x_evidence,
    _openapi,
)
