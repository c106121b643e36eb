"""A run says when the installed client is made from another contract; it never imports the client."""

import subprocess
import sys
from pathlib import Path

import pytest

from eigen_contract.command_line import main
from eigen_contract.installed_client import describe_other_contract, find_installed_client
from eigen_contract.spec import Contract

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "openapi.yaml"


def install_client(folder: Path, package: str, versions: str) -> None:
    """Write a package that must not be imported, with the text of a `_version.py`."""
    (folder / package).mkdir()
    (folder / package / "__init__.py").write_text("raise SystemExit('imported')\n", encoding="utf-8")
    (folder / package / "_version.py").write_text(versions, encoding="utf-8")


def write_spec(folder: Path, package: str) -> Path:
    """Write the contract for a client of another name."""
    text = SPEC.read_text(encoding="utf-8")
    assert text.count("package: eigen_generate\n") == 1
    path = folder / "openapi.yaml"
    path.write_text(text.replace("package: eigen_generate\n", f"package: {package}\n"), encoding="utf-8")
    return path


def versions_of(sha256: str) -> str:
    constants = {"__version__": "1.2.3", "__contract_version__": "4.5", "__contract_sha256__": sha256}
    lines = [f"{name} = {text!r}\n" for name, text in constants.items()]
    return "".join(['"""Versions."""\n\n', *lines])


def test_the_client_of_this_repository_is_made_from_its_contract() -> None:
    client = find_installed_client("eigen_generate")
    assert client is not None
    assert client.contract_sha256 == Contract.load(SPEC).sha256
    assert describe_other_contract(Contract.load(SPEC)) is None


def test_finds_a_client_without_importing_it() -> None:
    code = (
        "import sys; from eigen_contract.installed_client import find_installed_client as find;"
        "assert find('eigen_generate'); assert 'eigen_generate' not in sys.modules"
    )
    search_path = [str(ROOT / "generated_client"), str(ROOT / "contract_tests")]
    subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {search_path!r}; {code}"], check=True, timeout=60
    )


def test_says_both_contracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_client(tmp_path, "other_client", versions_of("0123456789abcdef"))
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    contract = Contract.load(write_spec(tmp_path, "other_client"))
    assert describe_other_contract(contract) == (
        "the installed client other_client 1.2.3 is made from another contract "
        "(version 4.5, sha256 0123456789ab) than the one that is judged "
        f"(version 1.0.0, sha256 {contract.sha256[:12]}); "
        "what is found here may not hold for its callers"
    )


@pytest.mark.parametrize(
    "versions", ["", "__version__ = '1'\n", "__version__ = 1\n", "(\n", "__version__ = open('x')\n", "\x00"]
)
def test_a_client_that_holds_no_versions_is_passed_over(
    versions: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_client(tmp_path, "silent_client", versions)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert describe_other_contract(Contract.load(write_spec(tmp_path, "silent_client"))) is None


@pytest.mark.parametrize("package", ["not_installed", "no.such.package", "", "sys", "a b"])
def test_a_package_that_is_not_there_is_no_client(package: str) -> None:
    assert find_installed_client(package) is None


def test_a_run_says_it_on_stderr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install_client(tmp_path, "run_client", versions_of("f" * 64))
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    spec = write_spec(tmp_path, "run_client")
    main(["run", "--target", "recorded", "--spec", str(spec), "--phase", "examples"])
    output = capsys.readouterr()
    assert "eigen-contract: the installed client run_client 1.2.3 is made from another contract" in output.err
    assert "run_client" not in output.out
