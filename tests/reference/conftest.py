"""One server for all tests of the reference, with media that its own engines made."""

import pytest
from hypothesis import settings

from eigen_reference.app import create_app
from eigen_reference.engines.engines import Engines
from eigen_reference.engines.values import Drawing, Utterance
from tests.reference.serving import Server

# The session `fuzz` chooses it: as many inputs for each of some thirty searches, in some minutes.
settings.register_profile("fuzz", max_examples=500)


@pytest.fixture(scope="session")
def engines() -> Engines:
    return Engines()


@pytest.fixture(scope="session")
def server(engines: Engines) -> Server:
    return Server(create_app(engines=engines))


@pytest.fixture(scope="session")
def png(engines: Engines) -> bytes:
    return engines.draw(Drawing("a red house", width=96, height=64))


@pytest.fixture(scope="session")
def wav(engines: Engines) -> bytes:
    return engines.encode(engines.speak(Utterance("The quick brown fox jumped over the lazy dog.")), "wav")
