"""The README works as printed: every block, in order, in a fresh clone.

The commands run as they stand, but for the port: 8080 may be taken on this machine. What a reader gets from a
package index comes from the environment of the tests instead (see `environment`). The pages of docs/ are for
the session `docs`, in every_page.py.
"""

from pathlib import Path

from tests.documents.blocks import read_blocks
from tests.documents.clone import ROOT, at_free_port, checkout, environment
from tests.documents.reader import follow


def test_the_readme_works_as_printed(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "clone")
    follow(at_free_port(read_blocks(ROOT / "README.md")), folder, environment(tmp_path), tmp_path)
    made = {path.name for path in (folder / "build" / "try").iterdir()}
    assert made >= {"cat.png", "evening.png", "hello.wav", "cat.mp4"}
