"""Writes the golden trees anew: `python -m tests.generator.update_golden [NAME…]`. Read the diff then."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.generator.projects import GOLDEN, NAMES, golden_files, projects


def update(names: list[str]) -> None:
    """Build the clients of `names` and put their trees in the place of the golden ones."""
    with TemporaryDirectory() as folder, projects(Path(folder)) as built:
        for name in names:
            files = golden_files(built.build(name))
            shutil.rmtree(GOLDEN / name, ignore_errors=True)
            for relative, content in files.items():
                path = GOLDEN / name / relative
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            print(f"tests/golden/{name}: written")


if __name__ == "__main__":
    update(sys.argv[1:] or list(NAMES))
