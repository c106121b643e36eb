"""One client for many threads, and an asynchronous one for many tasks: each call gets its own answer."""

import asyncio
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from eigen_generate import AsyncEigenGenerate, EigenGenerate
from tests.client.answering import PNG
from tests.runtime.faulty_server import Peer, serve

CONNECTIONS = 8
PROMPTS = [f"picture {index}" for index in range(10 * CONNECTIONS)]


def echo(peer: Peer) -> None:
    while peer.has_request():
        prompt = re.search(rb'"prompt":"([^"]*)"', peer.read().body)
        assert prompt is not None
        peer.answer(200, PNG + prompt[1], "Content-Type: image/png")


def expect(contents: Iterable[bytes]) -> None:
    assert [content.removeprefix(PNG).decode() for content in contents] == PROMPTS


def test_threads_share_a_client() -> None:
    with (
        serve(*[echo] * CONNECTIONS) as server,
        EigenGenerate(api_key="test-key", base_url=server.url, max_retries=0) as client,
        ThreadPoolExecutor(CONNECTIONS) as threads,
    ):

        def draw(prompt: str) -> bytes:
            return client.images.generate(model="eigen-image", prompt=prompt).content

        expect(threads.map(draw, PROMPTS))


def test_tasks_share_a_client() -> None:
    async def draw(client: AsyncEigenGenerate, prompt: str) -> bytes:
        return (await client.images.generate(model="eigen-image", prompt=prompt)).content

    async def run(url: str) -> list[bytes]:
        async with AsyncEigenGenerate(api_key="test-key", base_url=url, max_retries=0) as client:
            return await asyncio.gather(*(draw(client, prompt) for prompt in PROMPTS))

    with serve(*[echo] * len(PROMPTS)) as server:
        expect(asyncio.run(run(server.url)))
