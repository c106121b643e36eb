"""What the factory's tests share: clients of the golden specs, each built once."""

import os
from collections.abc import Iterator

import pytest

from tests.generator.projects import Projects, projects
from tests.generator.small_documents import SmallDocuments


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Projects]:
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        # Each worker's folder stands in one that belongs to the run.
        folder = folder.parent
    with projects(folder / "golden") as found:
        yield found


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDocuments]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield SmallDocuments(tmp_path_factory.mktemp("small"), monkeypatch)
