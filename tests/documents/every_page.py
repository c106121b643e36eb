"""Every block of every page of the site works as printed, in order, from an empty folder.

Not named `test_*.py`: it takes a minute, so only the session `docs` runs it. A page that makes a virtual
environment is typed into a fresh clone; any other into the shell that docs/start.md leaves, in the folder of
a clone that it leaves, beside one server for all.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from eigen_reference.local_server import LocalServer
from tests.documents.blocks import Block, read_blocks
from tests.documents.clone import ROOT, at_free_port, at_port, checkout, environment, started_environment
from tests.documents.reader import follow

DOCS = ROOT / "docs"
# Its commands change the contract and commit; the year types them, change after change.
TYPED_BY_THE_YEAR = "contract-change.md"
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
# A page whose first command makes an environment begins with nothing.
MAKES_AN_ENVIRONMENT = "python3 -m venv"


def blocks_of(page: str) -> list[Block]:
    return [] if page == TYPED_BY_THE_YEAR else read_blocks(DOCS / page)


def begins_with_nothing(page: str) -> bool:
    return any(line.startswith(MAKES_AN_ENVIRONMENT) for block in blocks_of(page) for line in block.lines)


WITH_BLOCKS = [page for page in PAGES if blocks_of(page)]
IN_A_CLONE = [page for page in WITH_BLOCKS if begins_with_nothing(page)]
AFTER_THE_START = [page for page in WITH_BLOCKS if not begins_with_nothing(page)]


@pytest.fixture(scope="session")
def server() -> Iterator[LocalServer]:
    with LocalServer() as server:
        yield server


@pytest.mark.parametrize("page", AFTER_THE_START)
def test_a_page_works_as_printed(page: str, server: LocalServer, tmp_path: Path) -> None:
    server.reset()
    folder, scripts = checkout(tmp_path / "clone") / "build" / "try", tmp_path / "scripts"
    folder.mkdir(parents=True)
    scripts.mkdir()
    port = str(urlsplit(server.base_url).port)
    variables = started_environment(server.base_url, server.api_key)
    follow(at_port(blocks_of(page), port), folder, variables, scripts)


@pytest.mark.parametrize("page", IN_A_CLONE)
def test_a_page_that_begins_with_nothing_works_as_printed(page: str, tmp_path: Path) -> None:
    follow(at_free_port(blocks_of(page)), checkout(tmp_path / "clone"), environment(tmp_path), tmp_path)


def test_the_readme_of_the_built_client_works_as_printed(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "clone") / "generated_client"
    # It asks for a virtual environment, and for the reference server without saying where that comes from.
    variables = environment(tmp_path, installed=(ROOT / "contract_tests",))
    subprocess.run(["python3", "-m", "venv", tmp_path / "venv"], env=variables, check=True)
    variables["PATH"] = os.pathsep.join([str(tmp_path / "venv" / "bin"), variables["PATH"]])
    follow(at_free_port(read_blocks(folder / "README.md")), folder, variables, tmp_path)


def test_most_pages_begin_with_a_block_that_runs() -> None:
    """Figures, decisions and references have none; every guide has."""
    assert len(WITH_BLOCKS) >= 20
    assert "start.md" in IN_A_CLONE
    assert {"images.md", "editing.md", "transcription.md", "speech.md", "video.md"} <= set(AFTER_THE_START)
