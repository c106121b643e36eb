"""How the console script ends by a signal, at several moments, and by a reader that goes away.

Each signal is sent when the server, or the script itself, has shown where the script is.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from tests.client.answering import PNG
from tests.client.console_script import Script
from tests.runtime.faulty_server import Peer, serve

IMAGE = ("image", "a cat", "--model", "m")
# In seconds. Nothing here takes as long; a test that hangs ends.
PATIENCE = 60

pytestmark = pytest.mark.usefixtures("default_signals")
# Imported in place of the real httpx: it shows that the imports have begun, and stays in them.
ENDLESS_IMPORT = "import signal, sys\nprint('importing', flush=True)\nwhile True:\n    signal.pause()\n"


def end(process: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    """Wait for a process; return its status, stdout and stderr."""
    try:
        output, errors = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()  # does nothing to a process that has ended
    return process.returncode, output, errors


def read_then_signal(send_signal: Callable[[], object], peer: Peer) -> None:
    """Take a request, send the signal, and never answer."""
    peer.read()
    signal_until_it_ends(send_signal, peer)


def signal_until_it_ends(send_signal: Callable[[], object], peer: Peer) -> None:
    """Send a signal, and again each second until the client closes.

    A signal that comes between Python's last look for signals and its call of `recv` is noted, but handled
    only when something ends the `recv`, such as the next signal.
    """
    peer.connection.settimeout(1)
    while True:
        send_signal()
        with suppress(TimeoutError):
            peer.wait_for_end()
            return


@pytest.fixture
def console_script(tmp_path: Path) -> Path:
    """The file that pip makes for a console script."""
    (folder := tmp_path / "bin").mkdir()
    path = folder / "eigen-generate"
    path.write_text("import sys\nfrom eigen_generate.__main__ import main\nsys.exit(main())\n")
    return path


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("is_script", [True, False])
def test_a_signal_during_imports_ends_it_silently(
    run: Script, console_script: Path, number: signal.Signals, is_script: bool
) -> None:
    (run.folder / "httpx.py").write_text(ENDLESS_IMPORT)
    run.environment["PYTHONPATH"] = os.pathsep.join((str(run.folder), run.environment["PYTHONPATH"]))
    words = [str(console_script)] if is_script else ["-m", "eigen_generate"]
    command = [sys.executable, *words, *IMAGE]
    with subprocess.Popen(
        command, env=run.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"importing\n"
        process.send_signal(number)
        assert end(process) == (-number, b"", b"")


def test_importing_the_package_leaves_ctrl_c_alone(run: Script) -> None:
    code = "import signal, eigen_generate; assert signal.getsignal(2) is signal.default_int_handler"
    subprocess.run([sys.executable, "-c", code], env=run.environment, timeout=PATIENCE, check=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_it_waits_for_the_answer_ends_it(run: Script, number: signal.Signals) -> None:
    processes: list[subprocess.Popen[bytes]] = []
    with serve(partial(read_then_signal, lambda: processes[0].send_signal(number))) as server:
        processes.append(run.start(*IMAGE, EIGENAI_BASE_URL=server.url))
        status, output, errors = end(processes[0])
    assert (status, output) == (-number, b"")
    assert errors == b"eigen-generate image: stopped; what was sent may still be done\n"
    assert list(run.folder.iterdir()) == []


def test_a_signal_is_not_lost_if_stderr_is_gone(run: Script) -> None:
    processes: list[subprocess.Popen[bytes]] = []

    def close_the_terminal(peer: Peer) -> None:
        peer.read()
        assert processes[0].stderr is not None
        processes[0].stderr.close()
        signal_until_it_ends(lambda: processes[0].send_signal(signal.SIGHUP), peer)

    with serve(close_the_terminal) as server:
        processes.append(run.start(*IMAGE, EIGENAI_BASE_URL=server.url))
        assert processes[0].wait(PATIENCE) == -signal.SIGHUP
        assert processes[0].stdout is not None
        processes[0].stdout.close()


def test_ctrl_c_while_a_stream_is_saved_leaves_no_file(run: Script) -> None:
    processes: list[subprocess.Popen[bytes]] = []

    def break_off(peer: Peer) -> None:
        peer.read()
        peer.answer(200, b"ID3" + bytes(100_000), "Content-Type: audio/mpeg", length=200_000)
        signal_until_it_ends(lambda: processes[0].send_signal(signal.SIGINT), peer)

    with serve(break_off) as server:
        words = ("speak", "hi", "--model", "m", "--stream", "-o", "speech.mp3")
        processes.append(run.start(*words, EIGENAI_BASE_URL=server.url))
        status, _, _ = end(processes[0])
    assert status == -signal.SIGINT
    assert list(run.folder.iterdir()) == []


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_ctrl_c_ends_the_loop_of_a_shell(run: Script, shell: str) -> None:
    loops: list[subprocess.Popen[bytes]] = []
    script = f"for i in 1 2 3; do {sys.executable} -m eigen_generate {' '.join(IMAGE[:1])} hi --model m; done"

    def press_ctrl_c() -> None:
        os.killpg(loops[0].pid, signal.SIGINT)  # the terminal sends it to shell and script alike

    with serve(*[partial(read_then_signal, press_ctrl_c)] * 3) as server:
        environment = {**run.environment, "EIGENAI_BASE_URL": server.url}
        loops.append(
            subprocess.Popen(
                [shell, "-c", script],
                cwd=run.folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                process_group=0,
            )
        )
        assert end(loops[0])[0] == -signal.SIGINT
    assert len(server.received) == 1


def test_a_signal_that_is_ignored_stays_ignored(run: Script) -> None:
    processes: list[subprocess.Popen[bytes]] = []

    def signal_then_answer(peer: Peer) -> None:
        peer.read()
        processes[0].send_signal(signal.SIGINT)
        peer.answer(200, PNG, "Content-Type: image/png")

    script = f"trap '' INT; exec {sys.executable} -m eigen_generate image hi --model m"
    with serve(signal_then_answer) as server:
        environment = {**run.environment, "EIGENAI_BASE_URL": server.url}
        processes.append(
            subprocess.Popen(
                ["sh", "-c", script],
                cwd=run.folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        )
        assert end(processes[0]) == (0, b"image.png\n", b"")


@pytest.mark.parametrize("words", [(), ("-o", "-")])
def test_nothing_is_sent_if_the_reader_of_stdout_is_gone(run: Script, words: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "eigen_generate", *IMAGE, *words]
    with serve() as server:
        environment = {**run.environment, "EIGENAI_BASE_URL": server.url}
        done = subprocess.run(
            command,
            cwd=run.folder,
            env=environment,
            stdout=writer,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
        )
        os.close(writer)
    assert (done.returncode, done.stderr, server.connections) == (1, b"", [])


def test_nothing_is_sent_if_stdout_is_closed(run: Script) -> None:
    script = f"exec {sys.executable} -m eigen_generate image hi --model m >&-"
    with serve() as server:
        environment = {**run.environment, "EIGENAI_BASE_URL": server.url}
        done = subprocess.run(
            ["sh", "-c", script],
            cwd=run.folder,
            env=environment,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        b"eigen-generate image: stdout is closed, and nothing was sent: open it, as `> /dev/null` does"
    ]
    assert server.connections == []


def test_an_unknown_outcome_has_an_exit_status_of_its_own(run: Script) -> None:
    def hang_up(peer: Peer) -> None:
        peer.read()

    with serve(hang_up) as server:
        failed = run(*IMAGE, EIGENAI_BASE_URL=server.url)
    assert failed.returncode == 3
    assert len(server.received) == 1
