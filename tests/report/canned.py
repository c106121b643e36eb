"""A stand-in that answers with canned bytes of the right form, written from the contract alone."""

import base64
import json
from collections.abc import AsyncIterator
from typing import Any, cast
from uuid import uuid4

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

PATH = "/api/v1/generate"
SOURCES = ("image_file", "image", "images", "image_path")
JOBS = set[str]()


class Canned:
    """Answers every job with the same bytes.

    Args:
        png, wav, mp4: valid media, which the answers hold whatever was asked for.
    """

    def __init__(self, png: bytes, wav: bytes, mp4: bytes) -> None:
        self._png, self._wav, self._mp4 = png, wav, mp4
        self.app = Starlette(
            routes=[
                Route(PATH, self.generate, methods=["POST"]),
                Route(f"{PATH}/status", self.status, methods=["GET"]),
                Route(f"{PATH}/result", self.result, methods=["GET"]),
                Route(f"{PATH}/upload", self.upload, methods=["POST"]),
            ],
            middleware=[Middleware(BaseHTTPMiddleware, dispatch=see_key)],
        )

    async def generate(self, request: Request) -> Response:
        """Tell the job by its properties, and answer it."""
        body = await properties_of(request)
        if body is None or not isinstance(body.get("model"), str):
            return error(400, "model is required")
        if "file" in body:
            is_text = body.get("response_format") == "text"
            return PlainTextResponse("hello world") if is_text else JSONResponse({"text": "hello world"})
        if "text" in body:
            return self._speech(body)
        if not isinstance(body.get("prompt"), str):
            return error(400, "prompt is required")
        return self._drawn(body)

    def _speech(self, body: dict[str, Any]) -> Response:
        if body.get("stream") not in (True, "true"):
            return Response(self._wav, media_type="audio/wav")
        return StreamingResponse(self._events(), media_type="text/event-stream")

    async def _events(self) -> AsyncIterator[str]:
        yield event(type="start")
        yield event(type="metadata", data={"channels": 1, "sample_rate": 24_000, "format": "pcm_s16le"})
        for start in range(44, len(self._wav), 9600):
            chunk = self._wav[start : start + 9600]
            yield event(type="audio_chunk", data=base64.b64encode(chunk).decode())
        yield event(type="complete")

    def _drawn(self, body: dict[str, Any]) -> Response:
        if {"image_url", "frame_num", "infer_steps"} & body.keys() or body["model"].startswith("wan"):
            job = str(uuid4())
            JOBS.add(job)
            return JSONResponse({"task_id": job, "task_status": "pending"})
        picture = base64.b64encode(self._png).decode()
        if any(name in body for name in SOURCES):
            if body.get("binary_response") in (True, "true"):
                return Response(self._png, media_type="image/png")
            name = "edited_image_base64" if body["model"] == "eigen-image" else "image_base64"
            return JSONResponse({name: picture})
        for name in ("width", "height"):
            if name in body and not 512 <= int(body[name]) <= 2048:
                return error(400, f"{name} is out of range")
        return JSONResponse({"turbo_image_base64": picture})

    async def status(self, request: Request) -> Response:
        """Every job is done at once."""
        job = request.query_params.get("jobId", "")
        if job not in JOBS:
            return error(404 if job else 400, "no such job")
        return JSONResponse({"task_id": job, "status": "completed"})

    async def result(self, request: Request) -> Response:
        """Every job has the same video."""
        job = request.query_params.get("jobId", "")
        if job not in JOBS:
            return error(404 if job else 400, "no such job")
        return Response(self._mp4, media_type="video/mp4")

    async def upload(self, request: Request) -> Response:
        """Every voice is saved, and forgotten."""
        body = await properties_of(request)
        if body is None or "voice_reference_file" not in body:
            return error(400, "voice_reference_file is required")
        return JSONResponse({"voice_id": str(uuid4())})


async def see_key(request: Request, call_next: RequestResponseEndpoint) -> Response:
    """Refuse whoever has no key."""
    if request.headers.get("authorization") == "Bearer test-key":
        return await call_next(request)
    return JSONResponse({"message": "no key"}, 401, {"WWW-Authenticate": "Bearer"})


async def properties_of(request: Request) -> dict[str, Any] | None:
    """Read a body; None if it is none."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            return {
                name: value if isinstance(value, str) else await value.read() for name, value in form.items()
            }
    try:
        document: Any = json.loads(await request.body())
    except ValueError:
        return None
    return cast("dict[str, Any]", document) if isinstance(document, dict) else None


def error(status: int, message: str) -> Response:
    return JSONResponse({"error": {"message": message}}, status)


def event(**properties: Any) -> str:
    return f"data: {json.dumps(properties)}\n\n"
