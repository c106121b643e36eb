"""Talk to the reference server in process."""

import asyncio
import base64
from collections.abc import Sequence
from typing import Any

import httpx
from attrs import frozen
from starlette.types import ASGIApp

GENERATE = "/api/v1/generate"
STATUS = f"{GENERATE}/status"
RESULT = f"{GENERATE}/result"
UPLOAD = f"{GENERATE}/upload"
KEY = {"authorization": "Bearer test-key"}
VIDEO_MODEL = "wan2p2-i2v-14b-turbo"


@frozen
class Server:
    """An app, asked one request at a time."""

    app: ASGIApp

    def ask(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **options: Any
    ) -> httpx.Response:
        """Send one request, with the key unless `headers` say otherwise."""
        return asyncio.run(self._ask(method, path, headers=KEY if headers is None else headers, **options))

    async def _ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://reference.test") as client:
            return await client.request(method, path, **options)

    def json(self, **members: Any) -> httpx.Response:
        """Post members as JSON."""
        return self.ask("POST", GENERATE, json=members)

    def raw(self, body: bytes, media_type: str = "application/json") -> httpx.Response:
        """Post bytes."""
        return self.ask("POST", GENERATE, headers={**KEY, "content-type": media_type}, content=body)

    def form(
        self, path: str = GENERATE, *, files: Sequence[tuple[str, bytes]] = (), **members: str
    ) -> httpx.Response:
        """Post members as a form, with files as pairs of name and content."""
        texts = [(name, (None, value)) for name, value in members.items()]
        uploads = [(name, ("upload.bin", content)) for name, content in files]
        return self.ask("POST", path, files=[*texts, *uploads])


def picture(response: httpx.Response, member: str = "turbo_image_base64") -> bytes:
    """Return the picture in a JSON answer."""
    assert response.status_code == 200, response.text
    return base64.b64decode(response.json()[member], validate=True)


def fault(response: httpx.Response) -> dict[str, str]:
    """Return what an error answer says."""
    error: dict[str, str] = response.json()["error"]
    assert error["message"]
    return error
