"""What the trials share: one TLS context, because making one takes longer than a whole trial."""

import functools
import ssl
from collections.abc import Generator
from typing import get_args

import pytest

from .clients import Mode
from .trial import Trial

_create_default_context_once = functools.cache(ssl.create_default_context)


@pytest.fixture(scope="module", autouse=True)
def _one_tls_context() -> Generator[None, None, None]:
    """Undone after each module, because the tests of other folders may run between them."""
    patch = pytest.MonkeyPatch()
    patch.setattr(ssl, "create_default_context", _create_default_context_once)
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
