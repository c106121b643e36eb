"""The factory as a whole: same input, same bytes; a failure leaves the old client as it was."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import drift, pipeline
from generator.__main__ import main
from generator.errors import GeneratorError
from generator.rendering import opc_adapter, packaging, project
from tests.generator.projects import GOLDEN, Projects

ROOT = Path(__file__).parents[2]
SPEC = GOLDEN / "security.yaml"


def run(folder: Path, spec: Path, out: Path, **environment: str) -> None:
    command = [sys.executable, "-m", "generator", "build", "--spec", str(spec), "--out", str(out)]
    paths = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(command, cwd=folder, env=paths, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_same_bytes_whatever_the_hash_seed_and_the_folder(built: Projects, tmp_path: Path) -> None:
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    shutil.copy(GOLDEN / "sdk.yaml", elsewhere)
    run(elsewhere, Path("sdk.yaml"), Path("client"), PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C")
    assert drift.differences(built.build("sdk"), elsewhere / "client") == []


def test_a_second_build_changes_nothing_and_leaves_nothing_behind(built: Projects, tmp_path: Path) -> None:
    out = tmp_path / "client"
    shutil.copytree(built.build("security"), out)
    (out / "stale.py").write_text("")
    assert pipeline.build(SPEC, out).differences == ["stale.py: is there, and would not be built"]
    assert drift.differences(built.build("security"), out) == []
    assert list(tmp_path.iterdir()) == [out]


def test_check_tells_a_changed_byte(
    built: Projects, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "client"
    shutil.copytree(built.build("security"), out)
    assert main(["check", "--spec", str(SPEC), "--out", str(out)]) == 0
    changed = out / "security" / "client.py"
    changed.write_bytes(changed.read_bytes().replace(b"# By", b"# Not by", 1))
    assert main(["check", "--spec", str(SPEC), "--out", str(out)]) == 1
    printed = capsys.readouterr()
    assert "security/client.py: differs" in printed.out
    assert "-# Not by `python -m generator build`." in printed.out
    assert "1 files differ" in printed.err
    assert b"# Not by" in changed.read_bytes()


def broken(*_: object) -> None:
    raise GeneratorError("planted")


FAILURES: dict[str, tuple[object, str, Callable[..., None]]] = {
    "opc_adapter": (opc_adapter, "parse", broken),
    "runtime": (packaging, "copy_runtime", broken),
    "format": (packaging, "_ruff", broken),
    "stamp": (packaging, "stamp", broken),
    "smoke": (packaging, "smoke_test", broken),
    "compare": (drift, "differences", broken),
    "swap": (packaging, "swap", broken),
}


@pytest.mark.parametrize("step", FAILURES)
def test_a_failure_leaves_the_old_client_as_it_was(
    step: str, built: Projects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "client"
    shutil.copytree(built.build("security"), out)
    (out / "security" / "client.py").write_text("old")
    before = drift.tree(out)
    owner, name, fault = FAILURES[step]
    monkeypatch.setattr(owner, name, fault)
    assert main(["build", "--spec", str(SPEC), "--out", str(out)]) == 2
    assert drift.tree(out) == before
    assert list(tmp_path.iterdir()) == [out]


def test_a_client_that_does_not_import_is_never_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stamp = packaging.stamp

    def spoil(project: Path, spec: Path) -> None:
        stamp(project, spec)
        (project / "security" / "_settings.py").write_text("import nothing_of_this_name")

    monkeypatch.setattr(packaging, "stamp", spoil)
    assert main(["build", "--spec", str(SPEC), "--out", str(tmp_path / "client")]) == 2
    assert "the built client does not import" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_old_client_comes_back_if_the_new_one_cannot_be_put(built: Projects, tmp_path: Path) -> None:
    out, new = tmp_path / "client", tmp_path / "new" / "client"
    shutil.copytree(built.build("security"), out)
    new.parent.mkdir()
    with pytest.raises(OSError, match="No such file"):
        packaging.swap(new, out)
    assert (out / "pyproject.toml").exists()


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "home"
    out.mkdir()
    (out / "letter.txt").write_text("dear")
    assert main(["build", "--spec", str(SPEC), "--out", str(out)]) == 2
    assert "holds files that were not generated" in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("out", ["letter", "letter/client", "/proc/client", ".", ".."])
def test_no_place_for_a_client_is_one_clear_line(
    command: str,
    out: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "letter").write_text("dear")
    monkeypatch.chdir(tmp_path)
    assert main([command, "--spec", str(SPEC), "--out", out]) == 2
    message = capsys.readouterr().err
    assert message.startswith(f"generator: {out}: ")
    assert message.endswith("(name another folder with --out)\n")
    assert message.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]


def test_what_the_disk_refuses_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "client.py")

    monkeypatch.setattr(packaging, "copy_runtime", full)
    assert main(["build", "--spec", str(SPEC), "--out", str(tmp_path / "new" / "client")]) == 2
    assert capsys.readouterr().err == "generator: client.py: No space left on device\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["build", "check"])
def test_no_parent_folder_is_left_behind(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opc_adapter, "parse", broken)
    out = tmp_path / "new" / "newer" / "client"
    assert main([command, "--spec", str(SPEC), "--out", str(out)]) == 2
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_taken(built: Projects, tmp_path: Path) -> None:
    out = tmp_path / "client"
    out.mkdir()
    assert main(["build", "--spec", str(SPEC), "--out", str(out)]) == 0
    assert drift.differences(built.build("security"), out) == []


def test_drift_names_what_is_missing_and_what_is_too_much(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, names in ((old, "ab"), (new, "bc")):
        (folder / "__pycache__").mkdir(parents=True)
        (folder / "__pycache__" / f"{names}.pyc").write_text("")
        for name in names:
            (folder / name).write_text("same")
    assert drift.differences(old, new) == [
        "a: is there, and would not be built",
        "c: would be built, and is not there",
    ]


def test_explain_lists_every_lowering_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--spec", str(GOLDEN / "unions.yaml")]) == 0
    lines = capsys.readouterr().out.splitlines()
    noted = dict(zip(lines[::2], lines[1::2], strict=True))
    assert "merge_all_of" in noted["#/components/schemas/Circle"]
    assert "pin_discriminators" in noted["#/components/schemas/Animal/discriminator"]
    assert "replace_inner_booleans" in noted["#/components/schemas/Circle/allOf/1/properties/side"]
    assert all(": " in reason for reason in noted.values())


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert main(["build", "--spec", str(SPEC), "--out", str(tmp_path / "link")]) == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / packaging.STAMP).exists()


@pytest.mark.parametrize("step", FAILURES)
def test_ctrl_c_leaves_the_old_client_as_it_was(
    step: str,
    built: Projects,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "client"
    shutil.copytree(built.build("security"), out)
    (out / "security" / "client.py").write_text("old")
    before = drift.tree(out)
    owner, name, _ = FAILURES[step]
    monkeypatch.setattr(owner, name, stop)
    assert main(["build", "--spec", str(SPEC), "--out", str(out)]) == 130
    assert capsys.readouterr().err == "generator: stopped; what was there is as it was\n"
    assert drift.tree(out) == before
    assert list(tmp_path.iterdir()) == [out]


def test_ctrl_c_between_two_renames_puts_the_old_client_back(
    built: Projects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, new = tmp_path / "client", tmp_path / "new" / "client"
    shutil.copytree(built.build("security"), out)
    shutil.copytree(out, new)
    rename = Path.rename

    def stopped(path: Path, target: Path) -> Path:
        if path == new:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        packaging.swap(new, out)
    assert (out / "pyproject.toml").exists()


def test_a_document_that_is_too_entangled_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def entangled(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(project, "render", entangled)
    assert main(["build", "--spec", str(SPEC), "--out", str(tmp_path / "client")]) == 2
    assert capsys.readouterr().err == "generator: the document leads too far from one schema to the next\n"
    assert list(tmp_path.iterdir()) == []
