"""Serve one request whose body is complete: read it by its media type and judge it, then have its job done.

These are two steps: the first is short for every request, the second waits in the lane of its job.
"""

from collections.abc import Callable

from attrs import Factory, evolve, frozen
from python_multipart.multipart import parse_options_header
from starlette.responses import Response

from . import forms, verdicts
from .answers import pictures, speech, transcripts, videos
from .answers.models import DEFAULTS, Job, job_of, serving
from .answers.request import Request
from .contract import Contract
from .engines.engines import Engines
from .engines.errors import DearWorkError, EngineError
from .json_reader import JsonReader
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
class Order:
    """A request that keeps the contract, and the job that it asks for."""

    job: Job
    request: Request

    def answer(self, cheap: bool) -> Response:
        """Have the job done.

        Raises RequestError; DearWorkError if it is dear and only `cheap` work is wanted.
        """
        request = evolve(self.request, cheap=cheap)
        return _guarded(lambda: ANSWERS[self.job](request))


@frozen
class Service:
    """The contract and the engines that keep it. Knows nothing of sockets, paths or keys."""

    contract: Contract
    engines: Engines
    json: JsonReader = Factory(JsonReader)

    def read(self, media_type: MediaType, body: bytes) -> Order:
        """Read and judge a body for the endpoint. Raises RequestError."""
        as_form = media_type.name == FORM
        declared = self.contract.body(GENERATE, media_type.name)
        form = (
            forms.read(body, media_type.boundary, declared)
            if as_form
            else forms.Form(self.json.read(body), {})
        )
        variant = verdicts.judge(form.values, declared, self.contract, as_form=as_form)
        job = job_of(variant, form.values, self.contract)
        return Order(job, Request(serving(form.values["model"], job), form.values, form.files, self.engines))

    def variant(self, path: str, method: str, media_type: MediaType, body: bytes) -> str:
        """Read and judge the body of any operation; return the variant that it is. Raises RequestError."""
        declared = self.contract.body(path, media_type.name, method)
        as_form = media_type.name == FORM
        values = forms.read(body, media_type.boundary, declared).values if as_form else self.json.read(body)
        return verdicts.judge(values, declared, self.contract, as_form=as_form)

    def read_voice(self, media_type: MediaType, body: bytes) -> Request:
        """Read and judge a voice upload. Raises RequestError."""
        declared = self.contract.body(UPLOAD, FORM)
        form = forms.read(body, media_type.boundary, declared)
        verdicts.judge(form.values, declared, self.contract, as_form=True)
        serving(form.values["model"], "speak")
        return Request(form.values["model"] or DEFAULTS["speak"], form.values, form.files, self.engines)

    def upload_voice(self, request: Request) -> Response:
        """Keep a voice. Raises RequestError."""
        return _guarded(lambda: speech.upload_voice(request))

    def open(self) -> None:
        """Take work again, after `close`."""
        self.json.open()
        self.engines.open()

    def close(self) -> None:
        """Stop all work, and end the processes that do it."""
        self.json.close()
        self.engines.close()


def _guarded(answer: Callable[[], Response]) -> Response:
    try:
        return answer()
    except DearWorkError:
        raise
    except EngineError as error:
        raise engine_problem(error) from error
