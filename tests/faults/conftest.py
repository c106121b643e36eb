"""What the trials share: one TLS context, because making one takes longer than a whole trial."""

import functools
import ssl
from collections.abc import Generator
from typing import get_args

import pytest

from .clients import Mode
from .trial import Trial


@pytest.fixture(scope="session", autouse=True)
def _one_tls_context() -> Generator[None, None, None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(ssl, "create_default_context", functools.cache(ssl.create_default_context))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def trials() -> dict[str, Trial]:
    """Every cell that has been tried by this process, so that the sum over all need not try it again."""
    return {}


@pytest.fixture(params=get_args(Mode))
def mode(request: pytest.FixtureRequest) -> Mode:
    """Both kinds of client, in turn."""
    kind: Mode = request.param
    return kind
