"""What the console script leaves on the disk: nothing paid is lost, nothing unfinished stays."""

import contextlib
import errno
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from eigen_generate._runtime.command_line.new_files import save_new
from eigen_generate._runtime.response.saving import StrPath
from tests.client.answering import PNG
from tests.client.console_script import Script
from tests.runtime.faulty_server import Peer, serve

IMAGE = ("image", "a cat", "--model", "m")
# In seconds. Nothing here takes as long; a test that hangs ends.
PATIENCE = 60


def test_parallel_commands_each_keep_their_result(run: Script) -> None:
    everyone_asked = threading.Barrier(4)

    def answer(peer: Peer) -> None:
        peer.read()
        everyone_asked.wait(PATIENCE)
        peer.answer(200, PNG, "Content-Type: image/png")

    with serve(*[answer] * 4) as server:
        processes = [run.start(*IMAGE, EIGENAI_BASE_URL=server.url) for _ in range(4)]
        printed = [process.communicate(timeout=PATIENCE) for process in processes]
    assert {errors for _, errors in printed} == {b""}
    assert sorted(output for output, _ in printed) == [
        b"image-2.png\n", b"image-3.png\n", b"image-4.png\n", b"image.png\n"
    ]  # fmt: skip
    assert {path.name: path.read_bytes() for path in run.folder.iterdir()} == dict.fromkeys(
        ("image.png", "image-2.png", "image-3.png", "image-4.png"), PNG
    )


def test_a_refusal_leaves_no_file(run: Script) -> None:
    def refuse(peer: Peer) -> None:
        peer.read()
        peer.answer(400)

    with serve(refuse) as server:
        assert run(*IMAGE, EIGENAI_BASE_URL=server.url).returncode == 1
    assert list(run.folder.iterdir()) == []


def write_png(path: StrPath) -> Path:
    """Write a picture as a result does, which adds a suffix."""
    target = Path(path).with_suffix(".png")
    target.write_bytes(PNG)
    return target


def test_a_name_that_is_taken_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_link = os.link

    def lose_the_race(source: Path, target: Path) -> None:
        if str(target) == "image.png":
            target.write_bytes(b"of another process")
        make_link(source, target)

    monkeypatch.setattr(os, "link", lose_the_race)
    assert save_new(write_png, "image") == Path("image-2.png")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "image.png": b"of another process",
        "image-2.png": PNG,
    }


def refuse_links(*_: Any, **__: Any) -> None:
    """Fail as os.link does on a disk without links."""
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def test_a_disk_without_links_keeps_results_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "link", refuse_links)
    assert [save_new(write_png, "image") for _ in range(2)] == [Path("image.png"), Path("image-2.png")]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(
        ("image.png", "image-2.png"), PNG
    )


def test_an_interrupted_save_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def interrupt(path: StrPath) -> Path:
        write_png(path)
        raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        save_new(interrupt, "image")
    assert list(tmp_path.iterdir()) == []
