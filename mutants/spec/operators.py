"""Misreadings of the API: what could have been written down wrongly, at any pointer of the contract."""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from eigen_contract.spec import Contract, Document, escape
from mutants.mutant import Mutant
from mutants.pointers import at, found

Change = Callable[[dict[str, Any]], None]
REQUESTS = (
    "ImageGeneration", "ImageEditOptions", "ImageEdit", "ImageEditByReference", "VideoOptions", "Video",
    "VideoByReference", "Transcription", "Speech", "SpeechForm", "VoiceSettings", "Sampling", "VoiceUpload",
)  # fmt: skip
ANSWERS = (
    "GeneratedImage", "EditedImage", "EditedImageWithTiming", "Transcript", "DetailedTranscript", "VideoTask",
    "JobStatus", "SavedVoice", "SpeechStart", "SpeechMetadata", "SpeechChunk",
)  # fmt: skip
BOUNDS = ("minimum", "maximum", "minItems", "maxItems")
BODY = "#/paths/~1api~1v1~1generate/post/requestBody/content"


def planted(family: str, operator: str, pointer: str, change: Change) -> Mutant:
    return Mutant("spec", family, operator, pointer, change)


def changed(contract: Contract, change: Change) -> dict[str, Any]:
    """Return a copy of the contract with a change."""
    document = copy.deepcopy(dict(contract.document))
    change(document)
    return document


def pool() -> Iterator[Mutant]:
    """Yield every misreading that can be planted."""
    contract = Contract.load()
    yield from member_faults(contract)
    yield from variant_faults(contract)
    yield from response_faults(contract)
    yield from example_faults(contract)


def setting(pointer: str, value: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        parent, key = at(document, pointer)
        parent[key] = value

    return change


def removing(pointer: str) -> Change:
    def change(document: dict[str, Any]) -> None:
        parent, key = at(document, pointer)
        del parent[key]

    return change


def member_faults(contract: Contract) -> Iterator[Mutant]:
    """Rename, widen and narrow members of requests and of answers."""
    renamed: set[str] = set()
    for name in (*REQUESTS, *ANSWERS):
        pointer = f"#/components/schemas/{name}"
        schema = contract.at(pointer)
        yield from requirement_faults(pointer, schema, in_request=name in REQUESTS)
        for member, declared in schema.get("properties", {}).items():
            place = f"{pointer}/properties/{member}"
            if declared is False:
                yield planted("widen", "forget-false", place, removing(place))
                continue
            if member not in renamed and member != "type":
                renamed.add(member)
                yield planted("rename", "rename-member", f"{member} wherever it stands", renaming(member))
            yield from widenings(place, declared)
            yield from narrowings(place, declared, in_request=name in REQUESTS)
    for name, parameter in contract.components["parameters"].items():
        place = f"#/components/parameters/{name}/name"
        yield planted("rename", "rename-parameter", place, setting(place, f"{parameter['name']}s"))


def renaming(name: str) -> Change:
    """Rename a member wherever schema, example or SDK name it, as one who misread the page would."""

    def change(document: dict[str, Any]) -> None:
        rename(document, name, f"{name}s")

    return change


def rename(node: Any, name: str, other: str) -> None:
    if isinstance(node, list):
        items = cast("list[object]", node)
        for place, inner in enumerate(items):
            rename(inner, name, other)
            items[place] = other if inner == name else inner
    elif isinstance(node, dict):
        members = cast("dict[str, Any]", node)
        for key, inner in list(members.items()):
            rename(inner, name, other)
            if key == "field" and inner == name:
                members[key] = other
        if name in members:
            renamed = {other if key == name else key: inner for key, inner in members.items()}
            members.clear()
            members.update(renamed)


def requirement_faults(pointer: str, schema: Document, *, in_request: bool) -> Iterator[Mutant]:
    required = list(schema.get("required", ()))
    for name in required:
        if name != "type":
            yield planted(
                "widen", f"optional-{name}", f"{pointer}/required", requiring(pointer, name, wanted=False)
            )
    for name, declared in schema.get("properties", {}).items():
        if isinstance(declared, Mapping) and name not in required and required:
            operator = f"required-{name}"
            yield planted("narrow", operator, f"{pointer}/required", requiring(pointer, name, wanted=True))
    del in_request


def requiring(pointer: str, name: str, *, wanted: bool) -> Change:
    """Require a member, or no more; its evidence goes with it."""

    def change(document: dict[str, Any]) -> None:
        schema = found(document, pointer)
        others = [other for other in schema["required"] if other != name]
        schema["required"] = [*others, name] if wanted else others
        if wanted:
            schema.setdefault("x-evidence-required", {})[name] = "docs"
        else:
            schema.get("x-evidence-required", {}).pop(name, None)

    return change


def widenings(pointer: str, declared: Document) -> Iterator[Mutant]:
    kind = declared.get("type")
    if (
        isinstance(kind, str)
        and kind in ("string", "number", "boolean", "integer")
        and "contentMediaType" not in declared
    ):
        other = "number" if kind == "string" else "string"
        yield planted("widen", "one-more-type", pointer, setting(f"{pointer}/type", [kind, other]))
    if kind == "integer":
        yield planted("widen", "number-for-integer", pointer, setting(f"{pointer}/type", "number"))
    for bound in BOUNDS:
        if bound in declared:
            yield planted("widen", "forget-bound", f"{pointer}/{bound}", removing(f"{pointer}/{bound}"))


def narrowings(pointer: str, declared: Document, *, in_request: bool) -> Iterator[Mutant]:
    kind = declared.get("type")
    if kind == "number":
        yield planted("narrow", "integer-for-number", pointer, setting(f"{pointer}/type", "integer"))
    if kind == "string" and "contentMediaType" not in declared and "contentEncoding" not in declared:
        examples = list(declared.get("examples", ["the only one"]))
        yield planted("narrow", "closed-list", pointer, setting(pointer, {**declared, "enum": examples}))
    if isinstance(kind, str) and kind in ("number", "boolean") and in_request:
        yield planted("narrow", "string-for-it", pointer, retyping(pointer))
    for bound in BOUNDS:
        if bound in declared:
            step = 1 if bound.startswith("min") else -1
            yield planted(
                "narrow",
                "tighter-bound",
                f"{pointer}/{bound}",
                setting(f"{pointer}/{bound}", declared[bound] + step),
            )


def retyping(pointer: str) -> Change:
    def change(document: dict[str, Any]) -> None:
        schema = found(document, pointer)
        schema["type"] = "string"
        schema.pop("default", None)

    return change


def variant_faults(contract: Contract) -> Iterator[Mutant]:
    """Forget that a job is done, in one encoding."""
    for media_type in ("application~1json", "multipart~1form-data"):
        pointer = f"{BODY}/{media_type}/schema/oneOf"
        for choice in found(contract.document, pointer):
            name = choice["$ref"].rpartition("/")[2]
            yield planted("drop-variant", f"without-{name}", pointer, forgetting(pointer, choice, media_type))
    pointer = "#/components/schemas/ImageEditOrVideo/anyOf"
    for choice in found(contract.document, pointer):
        name = choice["$ref"].rpartition("/")[2]
        yield planted(
            "drop-variant", f"without-{name}", pointer, forgetting(pointer, choice, "multipart~1form-data")
        )


def forgetting(pointer: str, choice: Any, media_type: str) -> Change:
    """Drop a variant from a body, its examples, and from the SDK's methods where no other body has it."""

    def change(document: dict[str, Any]) -> None:
        parent, key = at(document, pointer)
        parent[key] = [other for other in parent[key] if other != choice]
        contract = Contract.of(document)
        operation = next(one for one in contract.operations if one.id == "generate")
        known = {variant.name for body in operation.bodies.values() for variant in body.variants}
        methods = found(document, "#/paths/~1api~1v1~1generate/post/x-sdk/methods")
        for method in methods:
            method["variants"] = [name for name in method["variants"] if name in known] or method["variants"]
        body = found(document, f"{BODY}/{media_type}")
        name = choice["$ref"].rpartition("/")[2].lower()
        body["examples"] = {k: v for k, v in body["examples"].items() if not is_example_of(k, name)}

    return change


EXAMPLES = {
    "imagegeneration": "image-generation",
    "imageeditbyreference": "image-edit-by-reference",
    "imageedit": "image-editing",
    "videobyreference": "video-by-reference",
    "video": "video",
    "transcription": "transcription",
}


def is_example_of(example: str, variant: str) -> bool:
    if variant.startswith("speech"):
        return example.startswith(("speech", "text-to-speech", "voice-cloning"))
    if variant == "imageeditorvideo":
        return example in ("image-editing", "video")
    return EXAMPLES.get(variant) == example


def response_faults(contract: Contract) -> Iterator[Mutant]:
    """Forget statuses, and media types of successes; misread those that are there."""
    for operation in contract.operations:
        for status in operation.responses:
            place = f"{operation.pointer}/responses/{status}"
            if status != "200":
                yield planted("drop-status", "without-status", place, removing(place))
        content = f"{operation.pointer}/responses/200/content"
        for media_type in operation.responses["200"]["content"]:
            place = f"{content}/{escape(media_type)}"
            if len(operation.responses["200"]["content"]) > 1:
                yield planted("drop-media-type", "without-media-type", place, removing(place))
            yield planted("drop-media-type", "other-media-type", place, relabelling(content, media_type))


def relabelling(content: str, media_type: str) -> Change:
    def change(document: dict[str, Any]) -> None:
        parent = found(document, content)
        parent[f"{media_type.partition('/')[0]}/x-other"] = parent.pop(media_type)

    return change


def example_faults(contract: Contract) -> Iterator[Mutant]:
    """Change examples to what no server answers."""
    for operation in contract.operations:
        for body in operation.bodies.values():
            place = f"{body.pointer.removesuffix('/schema')}/examples"
            for name, example in body.examples.items():
                for member, value in example["value"].items():
                    pointer = f"{place}/{name}/value/{member}"
                    yield planted("wrong-example", "lost-member", pointer, removing(pointer))
                    yield planted(
                        "wrong-example", "other-value", pointer, setting(pointer, other_than(value))
                    )
                    yield planted("wrong-example", "other-type", pointer, setting(pointer, [value]))


def other_than(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str):
        stem, dot, suffix = value.rpartition(".")
        return f"{stem}-2{dot}{suffix}" if dot and "/" in value else f"{value} 2"
    return {}
