"""The editors, each with one package folder, and the documents that a user writes in them."""

import sys
import sysconfig
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest

from tests.editor.basedpyright_editor import BasedpyrightEditor
from tests.editor.documents import NamesDocument, SurfaceDocument
from tests.editor.editors import Editor
from tests.editor.jedi_editor import JediEditor
from tests.editor.surfaces import PACKAGE_FOLDER, SURFACES, Surface


class ShowSurface(Protocol):
    """Shows the document of a surface in the editor, and returns it."""

    def __call__(self, surface: Surface) -> SurfaceDocument: ...


def _install(root: Path) -> Path:
    """Make a virtual environment as far as editors look: the client alone, then what it depends on."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = root / "venv" / "lib" / version / "site-packages"
    packages.mkdir(parents=True)
    (packages / PACKAGE_FOLDER.name).symlink_to(PACKAGE_FOLDER, target_is_directory=True)
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return packages


@pytest.fixture(scope="session", params=["basedpyright", "jedi"])
def editor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    # Resolved, because the server answers with the resolved names of folders that are links.
    root = tmp_path_factory.mktemp(request.param).resolve()
    packages = _install(root)
    if request.param == "jedi":
        yield JediEditor(root, packages)
        return
    with closing(BasedpyrightEditor(root)) as server:
        yield server


@cache
def _document(surface: Surface) -> SurfaceDocument:
    """All questions about a surface go to one document, so that the language server analyses it once."""
    return SurfaceDocument(surface)


@pytest.fixture
def show_surface(editor: Editor) -> ShowSurface:
    def show(surface: Surface) -> SurfaceDocument:
        document = _document(surface)
        editor.show(document)
        return document

    return show


@pytest.fixture
def names(editor: Editor) -> NamesDocument:
    document = NamesDocument()
    editor.show(document)
    return document


def pytest_report_collectionfinish(items: list[pytest.Item]) -> list[str]:
    """Count what is asked: `pytest --collect-only tests/editor` lists it and asks nothing."""
    counts: dict[str, int] = {}
    for item in items:
        if Path(__file__).parent in item.path.parents:
            check = getattr(item, "originalname", item.name)
            counts[check] = counts.get(check, 0) + 1
    surfaces = ", ".join(f"{surface} {len(surface.methods)}" for surface in SURFACES)
    return [
        f"editor: methods of {surfaces}",
        *(f"editor: {count:4} {check}" for check, count in counts.items()),
    ]
