"""The contract is kept once, and every distribution of the judge and the server takes it when it is built."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from eigen_contract.spec import find_spec
from eigen_reference.contract import find

ROOT = Path(__file__).parents[2]
PROJECT = ROOT / "contract_tests"
CONTRACT = ROOT / "openapi.yaml"
PACKAGED = ["eigen_contract/openapi.yaml", "eigen_reference/openapi.yaml"]


def build(project: Path, kind: str, out: Path) -> Path:
    """Build one distribution, without a network, and return its path."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(out)]
    finished = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=120, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    (built,) = out.iterdir()
    return built


def contracts(wheel: Path) -> dict[str, bytes]:
    """Return every `openapi.yaml` of a wheel by its name."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith("openapi.yaml")}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built in the repository."""
    return build(PROJECT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked_sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as its sdist holds it, far from the repository."""
    sdist = build(PROJECT, "sdist", tmp_path_factory.mktemp("sdist"))
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        # `filter=` came with Python 3.11.4; this attribute is ignored before.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder)
    (project,) = folder.iterdir()
    return project


@pytest.fixture
def environment(wheel: Path, tmp_path: Path) -> dict[str, str]:
    """An environment whose judge and server are those of the unpacked wheel."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "unpacked")
    return {**os.environ, "PYTHONPATH": str(tmp_path / "unpacked")}


def test_an_editable_install_reads_the_contract_of_the_repository(tmp_path: Path) -> None:
    assert find_spec() == find() == CONTRACT
    assert contracts(build(PROJECT, "wheel:editable", tmp_path)) == {}


def test_the_wheel_holds_the_contract_in_both_packages(wheel: Path) -> None:
    assert contracts(wheel) == dict.fromkeys(PACKAGED, CONTRACT.read_bytes())


def test_the_sdist_holds_the_contract_in_its_root(unpacked_sdist: Path) -> None:
    assert [path.relative_to(unpacked_sdist) for path in unpacked_sdist.rglob("openapi.yaml")] == [
        Path("openapi.yaml")
    ]
    assert (unpacked_sdist / "openapi.yaml").read_bytes() == CONTRACT.read_bytes()


def test_a_wheel_of_the_sdist_is_the_wheel_of_the_repository(
    wheel: Path, unpacked_sdist: Path, tmp_path: Path
) -> None:
    assert build(unpacked_sdist, "wheel", tmp_path).read_bytes() == wheel.read_bytes()


def test_a_build_leaves_no_contract_in_the_project(wheel: Path, unpacked_sdist: Path) -> None:
    assert wheel.exists()
    assert unpacked_sdist.exists()
    assert list(PROJECT.rglob("openapi.yaml")) == []


def test_a_build_without_a_contract_says_what_is_missing(unpacked_sdist: Path, tmp_path: Path) -> None:
    project = tmp_path / "above" / "project"
    project.mkdir(parents=True)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        (project / name).write_bytes((unpacked_sdist / name).read_bytes())
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    finished = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=60, check=False)
    assert finished.returncode != 0
    assert f"no openapi.yaml in {project} or in the folder above it" in finished.stderr


@pytest.mark.deep
def test_the_judge_of_an_unpacked_wheel_finds_the_contract(
    environment: dict[str, str], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "eigen_contract", "run", "--target", "recorded"]
    finished = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


@pytest.mark.deep
def test_the_server_of_an_unpacked_wheel_finds_the_contract(
    environment: dict[str, str], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "eigen_reference", "--port", "0"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        server.terminate()
        server.wait(30)
    assert line.startswith("eigen_reference ready at "), line


@pytest.mark.deep
@pytest.mark.parametrize(
    "arguments", [["eigen_contract", "run", "--target", "recorded"], ["eigen_reference", "--port", "0"]]
)
def test_packages_without_a_contract_say_so_in_one_line(
    arguments: list[str], wheel: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "lib" / "python" / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder, [name for name in archive.namelist() if name not in PACKAGED])
    # It belongs to the project around the environment, so the packages must not take it.
    (tmp_path / "openapi.yaml").write_bytes(CONTRACT.read_bytes())
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", *arguments]
    finished = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert finished.returncode == 2
    assert finished.stderr.count("\n") == 1
    assert f"no openapi.yaml in {folder / arguments[0]} or the two folders above it" in finished.stderr
