"""What the factory's tests share: clients of the golden specs, each built once."""

from collections.abc import Iterator

import pytest

from tests.generator.projects import Projects, projects


@pytest.fixture(scope="session")
def built() -> Iterator[Projects]:
    with projects() as found:
        yield found
