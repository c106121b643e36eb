"""A kill at any instant leaves the old tape or the new one, and nothing that stays for good."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from eigen_contract.errors import CannotJudgeError
from eigen_contract.tape import Tape
from eigen_contract.tape.storage import exclusive
from tests.judge.tape.exchanges import KEY, TAPE, files_of
from tests.judge.tape.format_1 import write_format_1
from tests.judge.tape.killing import NEW

ROOT = Path(__file__).parents[3]
WRITER = "tests.judge.tape.killed_writer"
MOST = 200
"""Far more file operations than one writing takes."""


def is_killed(folder: Path, *when: int) -> bool:
    """Write the new tape in another process; say whether it was killed before its end."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-m", WRITER, str(folder), *map(str, when)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL, -signal.SIGXFSZ), done.stderr.decode()
    return done.returncode != 0


def shown(tape: Tape) -> list[tuple[str, int, bytes]]:
    return [(exchange.label, exchange.response.status, exchange.response.body) for exchange in tape.exchanges]


@pytest.mark.deep
@pytest.mark.parametrize("start", ["format 1", "format 2"])
def test_a_kill_at_any_file_operation_leaves_the_old_tape_or_the_new(start: str, tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    if start == "format 1":
        write_format_1(origin)
    else:
        TAPE.save(origin, KEY)
    old = Tape.load(origin)
    clean = tmp_path / "clean"
    NEW.save(clean, KEY)
    outcomes: list[str] = []
    for number in range(1, MOST):
        folder = tmp_path / str(number)
        shutil.copytree(origin, folder)
        killed = is_killed(folder, number)
        seen = shown(Tape.load(folder))
        assert seen in (shown(old), shown(NEW)), f"operation {number} leaves another tape"
        outcomes.append("new" if seen == shown(NEW) else "old")
        Tape.load(folder).save(folder, KEY)
        NEW.save(folder, KEY)
        assert files_of(folder) == files_of(clean), f"what operation {number} left behind stays"
        if not killed:
            break
    else:
        pytest.fail("the writing does not end")
    assert outcomes == sorted(outcomes, reverse=True), "once it is the new tape, it stays the new one"
    assert {"old", "new"} == set(outcomes)
    assert len(outcomes) > 10, "so few operations cannot be all"


@pytest.mark.parametrize("size", [1, 100, 700])
def test_a_kill_in_the_middle_of_a_file_leaves_the_old_tape(size: int, tmp_path: Path) -> None:
    TAPE.save(tmp_path, KEY)
    old = (tmp_path / "tape.toml").stat().st_size
    assert max(path.stat().st_size for path in (tmp_path / "bodies").glob("edited*")) > old > 700
    assert is_killed(tmp_path, MOST, size)
    assert any(tmp_path.rglob("*.partial"))
    assert shown(Tape.load(tmp_path)) == shown(TAPE)
    TAPE.save(tmp_path, KEY)
    assert not any(tmp_path.rglob("*.partial"))


def test_a_full_disk_leaves_the_old_tape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    TAPE.save(tmp_path, KEY)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotJudgeError, match="No space left on device; the tape that was there still is"):
        NEW.save(tmp_path, KEY)
    assert shown(Tape.load(tmp_path)) == shown(TAPE)


def test_a_body_that_was_cut_short_is_written_again(tmp_path: Path) -> None:
    TAPE.save(tmp_path, KEY)
    [path] = (tmp_path / "bodies").glob("edited.*")
    path.write_bytes(path.read_bytes()[:-5])
    TAPE.save(tmp_path, KEY)
    assert shown(Tape.load(tmp_path)) == shown(TAPE)


def test_two_recordings_do_not_write_into_one_folder(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from eigen_contract.tape.storage import exclusive\n"
        "with exclusive(Path(sys.argv[1])): print('mine', flush=True); sys.stdin.read()"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"mine\n"
        with (
            pytest.raises(CannotJudgeError, match="another recording writes into"),
            exclusive(tmp_path),
        ):
            pytest.fail("both have it")
        other.kill()
    with exclusive(tmp_path):
        pass
