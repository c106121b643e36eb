"""The console script, as a process against the reference server."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import eigen_generate

ROOT = Path(__file__).parents[2]
IMAGE = ("image", "a cat", "--model", "eigen-image")


@pytest.fixture
def run(reference: str, tmp_path: Path) -> "Script":
    """The script in a folder of its own."""
    return Script(reference, tmp_path)


class Script:
    """Runs the script in `folder`; files land there."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(
                str(ROOT / name) for name in ("generated_client", "contract_tests")
            ),
            "EIGENAI_API_KEY": "test-key",
            "EIGENAI_BASE_URL": url,
        }

    def __call__(self, *words: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "eigen_generate", *words]
        environment = {**self.environment, **variables}
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, timeout=60, check=False
        )


def test_does_each_job(run: Script) -> None:
    jobs = [
        (*IMAGE, "-o", "cat.png"),
        ("edit", "blue", "--model", "qwen-image-edit-2511", "--image-file", "cat.png", "-o", "blue"),
        ("speak", "the quick brown fox", "--model", "higgs2p5", "-o", "fox.wav"),
        ("video", "turn", "--model", "wan2p2-i2v-14b-turbo", "--image", "cat.png", "-o", "film.mp4"),
    ]
    done = [run(*job) for job in jobs]
    assert [one.returncode for one in done] == [0] * len(jobs), done
    heads = {path.name: path.read_bytes()[:8] for path in run.folder.iterdir()}
    assert heads["cat.png"] == heads["blue.png"] == b"\x89PNG\r\n\x1a\n"
    assert heads["fox.wav"][:4] == b"RIFF"
    assert heads["film.mp4"][4:] == b"ftyp"
    heard = run("transcribe", "fox.wav", "--model", "whisper")
    assert b"quick" in heard.stdout
    assert run("transcribe", "fox.wav", "--model", "whisper", "-o", "heard").stdout == b"heard.txt\n"
    assert (run.folder / "heard.txt").read_bytes() == heard.stdout


def test_never_writes_over_an_earlier_result_of_its_own_naming(run: Script) -> None:
    printed = [run(*IMAGE).stdout.decode().strip() for _ in range(2)]
    assert printed == ["image.png", "image-2.png"]


def test_writes_media_to_stdout(run: Script) -> None:
    assert run(*IMAGE, "-o", "-").stdout.startswith(b"\x89PNG")
    spoken = run("speak", "hi", "--model", "higgs2p5", "--stream", "-o", "-")
    assert spoken.stdout.startswith(b"RIFF"), spoken


def test_prints_the_job_that_it_does_not_wait_for(run: Script) -> None:
    (run.folder / "in.png").write_bytes(run(*IMAGE, "-o", "-").stdout)
    printed = run("video", "turn", "--model", "wan2p2-i2v-14b-turbo", "--image", "in.png", "--no-wait")
    assert b'"task_id"' in printed.stdout


def test_a_dry_run_prints_a_curl_command_and_needs_no_server(run: Script) -> None:
    printed = run(*IMAGE, "--dry-run", EIGENAI_BASE_URL="http://127.0.0.1:9")
    assert printed.stdout.startswith(b"curl ")
    assert b"test-key" not in printed.stdout


@pytest.mark.parametrize(
    ("words", "status", "line"),
    [
        (("image", "x"), 2, "required: --model"),
        ((*IMAGE, "--width", "abc"), 2, "argument --width: invalid number value: 'abc'"),
        ((*IMAGE, "--extra", "{"), 2, "argument --extra: not JSON"),
        ((*IMAGE, "-o", "nowhere/x.png"), 1, "nowhere/x.png cannot be written, and nothing was sent"),
        ((*IMAGE, "-o", "."), 1, ". cannot be written, and nothing was sent"),
        ((*IMAGE, "--width", "3"), 1, "400 Bad Request: width must be at least 512"),
        (("transcribe", "none.wav", "--model", "m"), 1, "file: no such file: 'none.wav'"),
        (("sing",), 2, "invalid choice: 'sing'"),
        ((), 2, "required: COMMAND"),
    ],
)
def test_says_what_is_wrong_in_a_line(run: Script, words: tuple[str, ...], status: int, line: str) -> None:
    failed = run(*words)
    assert (failed.returncode, failed.stdout) == (status, b"")
    assert line in failed.stderr.decode().splitlines()[-1]
    assert list(run.folder.iterdir()) == []


def test_says_its_version(run: Script) -> None:
    assert run("--version").stdout.decode() == f"eigen-generate {eigen_generate.__version__}\n"


def test_asks_for_the_key_by_its_variable(run: Script) -> None:
    failed = run(*IMAGE, EIGENAI_API_KEY="")
    assert failed.returncode == 1
    assert b"EIGENAI_API_KEY" in failed.stderr


def test_starts_the_server_as_a_process(run: Script) -> None:
    shown = run("serve", "--help")
    assert shown.returncode == 0
    assert b"--port" in shown.stdout


@pytest.mark.parametrize("words", [("--dry-run",), ("-o", "-")])
def test_ends_quietly_when_nobody_reads_on(run: Script, words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "eigen_generate", *IMAGE, *words]
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            command, env=run.environment, stdout=writer, stderr=subprocess.PIPE, timeout=60, check=False
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")
