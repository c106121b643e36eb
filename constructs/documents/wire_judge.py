"""Lets openapi-core judge the requests that `trial` wrote down.

`python -m constructs.documents.wire_judge SPEC TRIALS` prints one JSON object: by route, why the request of
the operation is not what the document says; empty if it is, and null if openapi-core cannot judge it. It has
packages of its own, because openapi-core needs other versions of what the generator is made of.
"""

import json
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .restating import replace_one_of, restate_document

# These packages are in the folder of the judge alone, so what they hold has no types here.
_core: Any = import_module("openapi_core")
_datatypes: Any = import_module("openapi_core.datatypes")
_exceptions: Any = import_module("openapi_core.exceptions")
_structures: Any = import_module("werkzeug.datastructures")
# The media types that openapi-core reads itself.
_READABLE = re.compile(r"json|form|^text/plain|xml")
# A file in a form, which is a text to a schema of OpenAPI 3.0 (`type: string`), and bytes to openapi-core.
_BYTES_OF_FILE = re.compile(r"b'.*' is not of type 'string'")
# In characters. Some errors repeat the whole value.
_MAX_REASON = 400


class SentRequest:
    """A request as openapi-core reads it."""

    def __init__(self, sent: dict[str, Any]) -> None:
        target = urlsplit(str(sent["path"]))
        headers = _structures.Headers([(name, value) for name, value in sent["headers"]])
        pairs = [pair.strip().partition("=") for pair in headers.get("cookie", "").split(";")]
        cookies = {name: value for name, _, value in pairs if name}
        self.host_url = "https://api.invalid"
        self.path = target.path
        self.full_url_pattern = self.host_url + self.path
        self.method = sent["method"].lower()
        self.parameters = _datatypes.RequestParameters(
            query=_structures.ImmutableMultiDict(parse_qsl(target.query, keep_blank_values=True)),
            header=headers,
            cookie=_structures.ImmutableMultiDict(cookies),
            path={},
        )
        self.content_type = headers.get("content-type", "")
        self.body = sent["content"].encode("latin-1") or None


def main(spec: str, trials: str) -> dict[str, str | None]:
    """Judge every request."""
    data = read_document(Path(spec))
    lines = Path(trials).read_text(encoding="utf-8").splitlines()
    restate_document(data)
    trials_of_requests = [trial for trial in map(json.loads, lines) if trial["request"] is not None]
    media_types = {
        value.partition(";")[0]
        for trial in trials_of_requests
        for name, value in trial["request"]["headers"]
        if name == "content-type" and not _READABLE.search(value)
    } | {"application/octet-stream"}
    config = _core.Config(
        # Its schemas of OpenAPI would refuse a document for a slip, and the slip is not what is judged here.
        spec_validator_cls=None,
        # Raw bytes are a text to a schema of OpenAPI 3.0 (`type: string`), and bytes to openapi-core.
        extra_media_type_deserializers=dict.fromkeys(media_types, _read_bytes),
    )
    verdicts: dict[str, str | None] = {}
    for takes_any_of in (False, True):
        trials_of_reading = [trial for trial in trials_of_requests if trial["takes_any_of"] == takes_any_of]
        if takes_any_of and trials_of_reading:
            replace_one_of(data)
        openapi = _core.OpenAPI.from_dict(data, config=config)
        for trial in trials_of_reading:
            verdicts[trial["route"]] = judge(openapi, SentRequest(trial["request"]))
    return verdicts


def _read_bytes(content: bytes, **_: str) -> str:
    return content.decode("latin-1")


def judge(openapi: Any, request: SentRequest) -> str | None:
    """Return why a request is not what the document says; empty if it is, None if that cannot be said."""
    try:
        openapi.validate_request(request)
    except _exceptions.OpenAPIError as error:
        messages = _list_schema_messages(error)
        if messages and all(_BYTES_OF_FILE.fullmatch(message) for message in messages):
            return ""
        reasons = [str(error), str(error.__cause__ or ""), *messages]
        return ": ".join(filter(None, reasons))[:_MAX_REASON]
    except Exception:  # an error of its own is no verdict
        return None
    return ""


def _list_schema_messages(error: BaseException | None) -> list[str]:
    """Return what is wrong by the schema of a value, as the cause of an error says it."""
    while error is not None and not hasattr(error, "schema_errors"):
        error = error.__cause__
    return [str(schema_error.message) for schema_error in getattr(error, "schema_errors", ())]


def read_document(path: Path) -> Any:
    """Return the document; it is not read by the reader of the trial, whose packages are not here."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".json":
        return json.loads(text)
    import yaml

    class TextLoader(yaml.CSafeLoader):
        pass

    TextLoader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader=TextLoader)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
