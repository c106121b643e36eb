"""What several modules of the runtime's tests use."""

import pytest

from tests.runtime.connecting import Client


@pytest.fixture(params=["sync", "async"])
def client(request: pytest.FixtureRequest) -> Client:
    """A client for threads, and one for asyncio."""
    return Client(request.param)
