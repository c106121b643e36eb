"""Every construct is carried by the client that is built from it, and the client is strictly typed."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from constructs.__main__ import SPECS, try_one
from constructs.generators import GENERATORS, build

pytestmark = pytest.mark.deep
OURS = next(generator for generator in GENERATORS if generator.kind == "ours")
MYPY = ["mypy", "--strict", "--no-incremental", "--no-error-summary", "--config-file="]
PYRIGHT = ["basedpyright", "--project", ".", "--pythonpath", sys.executable]


def plain(spec: Path, folder: Path, title: str = "Probe") -> Path:
    """The spec without what the probe is told, under another title."""
    text = spec.read_text(encoding="utf-8")
    text, count = re.subn(r"(title: *)[\w ]+", rf"\g<1>{title}", text[text.index("openapi:") :], count=1)
    assert count == 1, spec
    (folder / spec.name).write_text(text, encoding="utf-8")
    return folder / spec.name


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_is_carried(spec: Path, tmp_path: Path) -> None:
    probe = yaml.safe_load(spec.read_text(encoding="utf-8"))["x-probe"]
    cell = try_one(OURS, spec, plain(spec, tmp_path), probe)
    assert cell.verdict == "carried", cell.reason


@pytest.fixture
def clients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the client of every construct, each a package of its own."""
    folder = tmp_path_factory.mktemp("clients")
    specs = tmp_path_factory.mktemp("specs")
    for number, spec in enumerate(SPECS):
        out = specs / str(number)
        done = build(OURS, plain(spec, specs, f"Construct N{number}"), out)
        assert done.returncode == 0, done.stderr
        (out / f"construct_n{number}").rename(folder / f"construct_n{number}")
    settings = json.dumps({"include": ["construct_*"], "typeCheckingMode": "strict"})
    (folder / "pyrightconfig.json").write_text(settings, encoding="utf-8")
    return folder


def test_every_client_is_strictly_typed(clients: Path) -> None:
    packages = sorted(path.name for path in clients.iterdir() if path.is_dir())
    for checker in (MYPY + packages, PYRIGHT):
        command = [sys.executable, "-m", *checker]
        done = subprocess.run(command, cwd=clients, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
