"""Files appear whole or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.runtime.errors import ArgumentError, SaveError
from generator.runtime.response.results import Media, make_meta
from generator.runtime.response.saving import atomic_writer, save
from tests.runtime.calls import PNG

ROOT = Path(__file__).parents[2]
IMAGE = Media(content=PNG, media_type="image/png", data={}, meta=make_meta(200, {}))


def test_returns_the_path_with_the_suffix_of_the_media_type(tmp_path: Path) -> None:
    assert IMAGE.save(tmp_path / "cat.png") == tmp_path / "cat.png"
    assert IMAGE.save(str(tmp_path / "cat")) == tmp_path / "cat.png"
    assert IMAGE.save(tmp_path / "cat.own") == tmp_path / "cat.own"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"cat.png": PNG, "cat.own": PNG}


def test_replaces_a_file_and_follows_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "old.bin", tmp_path / "link.bin"
    target.write_bytes(b"old")
    link.symlink_to(target)
    assert save(link, b"new") == target
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "requested_name"), [("pipe", "pipe"), ("pipe.png", "pipe.png"), ("pipe.png", "pipe")]
)
def test_refuses_to_replace_a_pipe(tmp_path: Path, name: str, requested_name: str) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(ArgumentError, match=r"^path: .* is not a regular file"):
        IMAGE.save(tmp_path / requested_name)
    assert [path.is_fifo() for path in tmp_path.iterdir()] == [True]


@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
def test_leaves_the_old_file_and_no_other_when_it_fails(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "a.bin"
    target.write_bytes(b"old")
    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with pytest.raises(SaveError, match=r"^cannot write .*No space left"):
        save(target, b"new")
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize("write", ['write(b"x" * 3000)', 'write(*[b"x" * 1000] * 3)'])
def test_a_disk_that_fills_up_raises_one_error(tmp_path: Path, write: str) -> None:
    script = f"""
import resource, signal, sys
from generator.runtime.errors import SaveError
from generator.runtime.response.saving import atomic_writer
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))
try:
    with atomic_writer(sys.argv[1]) as writer:
        for _ in range(100):
            writer.{write}
except SaveError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.bin")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.stdout) == ("", f"cannot write {str(tmp_path / 'a.bin')!r}: File too large\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("vectored", [True, False])
def test_writes_pieces_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vectored: bool) -> None:
    if not vectored:
        monkeypatch.delattr(os, "writev")
    few, many = [b"b", b"", b"c"], [bytes((n % 256,)) for n in range(5000)]
    with atomic_writer(tmp_path / "a.bin") as writer:
        writer.write(b"a")
        for pieces in ([], few, many):
            writer.write(*pieces)
        writer.write(b"d")
        writer.overwrite_start(b"A")
        writer.finish()
    assert (tmp_path / "a.bin").read_bytes() == b"Abc" + b"".join(many) + b"d"


def test_leaves_nothing_behind_when_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path / "a.bin", b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing/a.png", "no directory"),
        (".", "does not name a file|is a directory"),
        ("", "does not name a file"),
        ("a\0b", "does not name a file"),
        (7, "int is not a path"),
    ],
)
def test_refuses_a_path_that_names_no_file(
    path: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArgumentError, match=f"^path: .*({message})"):
        save(path, PNG)


def test_refuses_a_path_that_is_a_directory(tmp_path: Path) -> None:
    (tmp_path / "cat.png").mkdir()
    for name in ("cat", "cat.png"):
        with pytest.raises(ArgumentError, match="is a directory"):
            IMAGE.save(tmp_path / name)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_keeps_the_mode_of_what_it_replaces(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "private.bin"
    path.touch()
    path.chmod(mode)
    save(path, b"new")
    assert path.stat().st_mode & 0o777 == mode
    assert path.read_bytes() == b"new"


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    name = "図" * 83 + ".png"
    assert len(name.encode()) == 253
    assert IMAGE.save(tmp_path / name).read_bytes() == PNG
    with pytest.raises(SaveError, match="name too long"), atomic_writer(tmp_path / ("x" * 300)):
        raise AssertionError("the file was opened")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    mode = (tmp_path / "plain").stat().st_mode
    assert save(tmp_path / "a.bin", b"x").stat().st_mode == mode
