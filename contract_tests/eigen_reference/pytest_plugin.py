"""The plugin of pytest: a reference server for tests of programs that call the endpoint.

pytest imports this module whenever `eigen-contract` is installed, with or without its extra `reference`, so
it imports no other package but pytest. The server is imported when a test asks for it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .local_server import LocalServer


@pytest.fixture(scope="session")
def eigen_generate_server_session() -> "Iterator[LocalServer]":
    """The reference server, from the first test that asks for it to the last test of the run."""
    try:
        from .local_server import LocalServer
    except ImportError as error:
        pytest.fail(f"pip install 'eigen-contract[reference]' ({error})", pytrace=False)
    with LocalServer() as server:
        yield server


@pytest.fixture
def eigen_generate_server(eigen_generate_server_session: "LocalServer") -> "Iterator[LocalServer]":
    """The reference server, without requests and faults of other tests."""
    eigen_generate_server_session.reset()
    yield eigen_generate_server_session
    eigen_generate_server_session.reset()
