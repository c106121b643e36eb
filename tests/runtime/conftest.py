"""What several modules of the runtime's tests use."""

import pytest

from tests.runtime.connecting import Client


@pytest.fixture(
    params=[("sync", "httpx"), ("async", "httpx"), ("sync", "httpx2"), ("async", "httpx2")], ids=" ".join
)
def client(request: pytest.FixtureRequest) -> Client:
    """A client for threads and one for asyncio, each with its own connections and through httpx2."""
    return Client(*request.param)
