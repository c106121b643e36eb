"""Serve one request whose body is complete: read it by its media type, judge it, and have the job done."""

from collections.abc import Callable

from attrs import frozen
from python_multipart.multipart import parse_options_header
from starlette.responses import Response

from . import forms, json_text, verdicts
from .answers import pictures, speech, transcripts, videos
from .answers.models import DEFAULTS, Job, job_of, serving
from .answers.request import Request
from .contract import Contract
from .engines.engines import Engines
from .engines.errors import EngineError
from .problems import RequestError, engine_problem

GENERATE = "/api/v1/generate"
UPLOAD = "/api/v1/generate/upload"
JSON, FORM = "application/json", "multipart/form-data"
ANSWERS: dict[Job, Callable[[Request], Response]] = {
    "generate": pictures.generate,
    "edit": pictures.edit,
    "transcribe": transcripts.transcribe,
    "speak": speech.speak,
    "video": videos.submit,
}


@frozen
class MediaType:
    """A request's Content-Type, parsed."""

    name: str
    boundary: bytes = b""

    @classmethod
    def parse(cls, header: str, *, accepted: tuple[str, ...]) -> "MediaType":
        """Read the header.

        Raises RequestError: 415 for what the path does not take, 400 for what it cannot read.
        """
        kind, options = parse_options_header(header)
        name = kind.decode("latin-1").strip().lower()
        if name not in accepted:
            sent = f"not {name[:80]}" if name else "and the request names no media type"
            raise RequestError(
                415, "unsupported_media_type", f"this path takes {' or '.join(accepted)}, {sent}"
            )
        charset = options.get(b"charset", b"utf-8").lower()
        if name == JSON and charset not in (b"utf-8", b"utf8"):
            raise RequestError(400, "invalid_charset", "JSON must be UTF-8 (RFC 8259, section 8.1)")
        boundary = options.get(b"boundary", b"")
        if name == FORM and not 0 < len(boundary) <= 70:
            raise RequestError(400, "invalid_form", "the Content-Type lacks a boundary of 1 to 70 characters")
        return cls(name, boundary)


@frozen
class Service:
    """The contract and the engines that keep it. Knows nothing of sockets, paths or keys."""

    contract: Contract
    engines: Engines

    def generate(self, media_type: MediaType, body: bytes) -> Response:
        """Serve the endpoint. Raises RequestError."""
        as_form = media_type.name == FORM
        declared = self.contract.body(GENERATE, media_type.name)
        form = (
            forms.read(body, media_type.boundary, declared)
            if as_form
            else forms.Form(json_text.decode_body(body), {})
        )
        variant = verdicts.judge(form.values, declared, self.contract, as_form=as_form)
        job = job_of(variant, form.values, self.contract)
        request = Request(serving(form.values["model"], job), form.values, form.files, self.engines)
        return _guarded(lambda: ANSWERS[job](request))

    def variant(self, path: str, method: str, media_type: MediaType, body: bytes) -> str:
        """Read and judge the body of any operation; return the variant that it is. Raises RequestError."""
        declared = self.contract.body(path, media_type.name, method)
        as_form = media_type.name == FORM
        values = (
            forms.read(body, media_type.boundary, declared).values if as_form else json_text.decode_body(body)
        )
        return verdicts.judge(values, declared, self.contract, as_form=as_form)

    def upload_voice(self, media_type: MediaType, body: bytes) -> Response:
        """Serve a voice upload. Raises RequestError."""
        declared = self.contract.body(UPLOAD, FORM)
        form = forms.read(body, media_type.boundary, declared)
        verdicts.judge(form.values, declared, self.contract, as_form=True)
        serving(form.values["model"], "speak")
        request = Request(form.values["model"] or DEFAULTS["speak"], form.values, form.files, self.engines)
        return _guarded(lambda: speech.upload_voice(request))


def _guarded(answer: Callable[[], Response]) -> Response:
    try:
        return answer()
    except EngineError as error:
        raise engine_problem(error) from error
