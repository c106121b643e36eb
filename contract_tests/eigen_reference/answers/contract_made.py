"""Answer what no engine does: a job or a path that the contract has and this server does not imitate.

The answer is made from the contract: a success of a media type that the method of the SDK reads, with real
media in it where a picture, a sound or a video is due. It says nothing about the service.
"""

import base64
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from typing import Any, cast

from attrs import frozen
from starlette.responses import Response

from ..contract import Contract, Schema
from ..engines.riff import wav
from ..engines.values import Drawing, Video
from ..problems import RequestError, json_response

JSON = "application/json"
SIDE = 64
"""Pixels of a picture that stands for any other."""
SILENCE = bytes(2 * 2400)
"""A tenth of a second at the rate of the engines, in samples of 16 bits."""


# The packages that make media are loaded when one is asked for: most servers answer nothing from here.
def _png() -> bytes:
    from ..engines import pictures

    return pictures.draw(Drawing("", width=SIDE, height=SIDE))


def _mp3() -> bytes:
    from ..engines import sound

    return sound.encode(SILENCE, "mp3")


def _mp4() -> bytes:
    from ..engines import videos

    return videos.video(Video("", frames=5))


MEDIA: dict[str, Callable[[], bytes]] = {
    "image/png": _png,
    "audio/wav": lambda: wav(SILENCE),
    "audio/mpeg": _mp3,
    "video/mp4": _mp4,
    "text/plain": lambda: b"made from the contract",
}
"""What can be made of each media type."""
NOTE = {"x-reference-note": "no engine does this; the answer is made from the contract"}


class NoEngineError(Exception):
    """A valid request asks for a variant of a request body that no engine knows."""

    def __init__(self, variant: str) -> None:
        super().__init__(f"no engine does {variant}")
        self.variant = variant


@frozen
class ContractAnswers:
    """Makes the answers of one operation."""

    contract: Contract
    operation: Schema

    def answer(self, variant: str | None = None) -> Response:
        """Return a success.

        Args:
            variant: what the request is, by which the SDK's method and its results are found.

        Raises:
            RequestError: 503, because the contract has no success that can be made.
        """
        status, content = self._success()
        if not content:
            return Response(status_code=status, headers=NOTE)
        anything: Schema = {}
        for result in (*self._results(variant), anything):
            if (made := self._read_as(result, content)) is not None:
                media_type, body = made
                if media_type == JSON:
                    return json_response(body, status, NOTE)
                return Response(body, status, NOTE, media_type=media_type)
        raise RequestError(503, "engine_unavailable", "no engine does this, nor can its answer be made")

    def _success(self) -> tuple[int, Schema]:
        responses = {str(status): node for status, node in self.operation["responses"].items()}
        status = min(status for status in responses if status.startswith("2"))
        return int(status), self.contract.resolve(responses[status]).get("content", {})

    def _results(self, variant: str | None) -> Iterator[Schema]:
        """Yield what `x-sdk` says of the results of the methods that send a variant."""
        described = self.contract.document.get("x-sdk", {}).get("results", {})
        for method in self.operation.get("x-sdk", {}).get("methods", ()):
            if variant is None or variant in method.get("variants", ()):
                yield from (described[name] for name in method.get("results", ()))

    def _read_as(self, result: Schema, content: Schema) -> tuple[str, Any] | None:
        """Return a body, and its media type, from which a result can be read; None if none can be made."""
        if JSON in content:
            sample = next(self._media(result.get("media_types", ()), MEDIA), ("", b""))[1]
            for shape in self._shapes(content[JSON].get("schema", {})):
                instance = self._instance(shape, sample)
                if not result or any(has(instance, pointer) for pointer in pointers_of(result)):
                    return JSON, instance
        return next(self._media(result.get("media_types", ("*",)), content), None)

    @staticmethod
    def _media(patterns: Any, declared: Any) -> Iterator[tuple[str, bytes]]:
        for media_type in declared:
            if media_type in MEDIA and any(fnmatch(media_type, pattern) for pattern in patterns):
                yield media_type, MEDIA[media_type]()

    def _shapes(self, schema: Schema) -> list[Schema]:
        """Return the alternatives of a schema, or itself."""
        node = self.contract.resolve(schema)
        return [*node.get("oneOf", ()), *node.get("anyOf", ())] or [node]

    def _instance(self, schema: Schema, sample: bytes) -> Any:
        """Make a value that a schema admits, with all properties that it names."""
        node = self.contract.resolve(schema)
        if "const" in node:
            return node["const"]
        for keyword in ("enum", "examples"):
            if node.get(keyword):
                return node[keyword][0]
        if node.get("contentEncoding") == "base64":
            return base64.b64encode(sample).decode()
        choices = [*node.get("oneOf", ()), *node.get("anyOf", ())]
        if choices and "properties" not in node:
            return self._instance(choices[0], sample)
        return self._of_kind(node, sample)

    def _of_kind(self, node: Schema, sample: bytes) -> Any:
        declared = node.get("type", "object" if "properties" in node or "allOf" in node else "string")
        kind = declared if isinstance(declared, str) else declared[0]
        if kind == "object":
            inherited = [self._instance(part, sample) for part in node.get("allOf", ())]
            own = {
                name: self._instance(inner, sample)
                for name, inner in node.get("properties", {}).items()
                if inner is not False
            }
            return {key: value for part in (*inherited, own) for key, value in part.items()}
        if kind == "array":
            return [self._instance(node.get("items", {}), sample)] * max(1, node.get("minItems", 1))
        if kind in ("integer", "number"):
            return node.get("default", node.get("minimum", 1))
        return {"boolean": True, "null": None}.get(kind, "a word")


def pointers_of(result: Schema) -> list[str]:
    """Return where a result is found in JSON: any of these will do."""
    required = [field["pointer"] for field in result.get("fields", {}).values() if field.get("required")]
    identifier = [result["id"]["pointer"]] if "id" in result else []
    return [*result.get("base64", ()), *result.get("text", ()), *identifier, *required]


def has(instance: Any, pointer: str) -> bool:
    """Say whether there is something at a JSON pointer."""
    for token in pointer.removeprefix("/").split("/"):
        if not isinstance(instance, dict) or token not in instance:
            return False
        instance = cast(dict[str, Any], instance)[token]
    return True
