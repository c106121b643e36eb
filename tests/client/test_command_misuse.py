"""What the console script says of words and surroundings that it cannot use. Nothing of this is sent."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from eigen_generate.__main__ import main
from tests.client.console_script import Script
from tests.runtime.faulty_server import Peer, serve

IMAGE = ("image", "x", "--model", "m")
# In seconds. Nothing here takes as long; a test that hangs ends.
PATIENCE = 60
Do = Callable[..., tuple[int, str, str]]


@pytest.fixture
def do(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Do:
    """Run the script in this process, where no server can be reached; return status, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EIGENAI_API_KEY", "test-key")
    monkeypatch.setenv("EIGENAI_BASE_URL", "http://127.0.0.1:9")

    def run_main(*words: str, **variables: str) -> tuple[int, str, str]:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["eigen-generate", *words])
        status = main()
        output, errors = capfd.readouterr()
        return status, output, errors

    return run_main


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("image", "x", "--modle", "m"), "unknown option --modle: did you mean --model? See"),
        (("image", "x", "--modle=m"), "unknown option --modle: did you mean --model? See"),
        (("image", "--modle", "m"), "unknown option --modle: did you mean --model? See"),
        (("speak", "x", "--voise", "Linda"), "unknown option --voise: did you mean --voice? See"),
        (("job", "wait", "a", "--modell", "m"), "unknown option --modell: did you mean --model? See"),
        (("mcp", "--foldr", "out"), "unknown option --foldr: did you mean --folder? See"),
        (("image", "x", "--qqqq"), "unknown option --qqqq. See eigen-generate image --help"),
        (("image", "x", "--", "--modle"), "--model is missing; give it, or set EIGENAI_MODEL. See"),
        (("image", "x", "--model"), "--model needs a value. See eigen-generate image --help"),
        (("image", "a", "cat", "--model", "m"), "too many words: 'cat'; a text of several words"),
        (("--model", "m", "image"), "unknown option --model: options follow a command. See"),
        (("curl", "imge", "x"), "curl prints the requests of image, edit"),
        (("voice", "uplaod", "x.wav"), "no command 'uplaod': did you mean upload? See"),
    ],
)
def test_names_the_word_that_is_wrong(do: Do, words: tuple[str, ...], line: str) -> None:
    status, output, errors = do(*words)
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert line in errors


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("image", "", "--model", "m"), "PROMPT is empty, and nothing was sent"),
        (("speak", " \n", "--model", "m"), "TEXT is empty, and nothing was sent"),
        (("image", "x", "--model", ""), "--model is empty, and nothing was sent"),
        (("job", "status", "", "--model", "m"), "JOB_ID is empty, and nothing was sent"),
        ((*IMAGE, "-o", ""), "--output cannot be written, and nothing was sent: '' does not name a file"),
        ((*IMAGE, "-o", "no/x.png"), "no/x.png cannot be written, and nothing was sent: there is no dir"),
    ],
)
def test_sends_no_empty_text_and_writes_to_no_empty_name(do: Do, words: tuple[str, ...], line: str) -> None:
    status, output, errors = do(*words)
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert line in errors


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("transcribe", "none.wav", "--model", "m"), "FILE: no such file: 'none.wav'"),
        (("edit", "x", "--model", "m", "--image-file", "no.png"), "--image-file: no such file: 'no.png'"),
        ((*IMAGE, "--timeout", "0"), "--timeout: 0 is not a positive number of seconds"),
    ],
)
def test_advice_for_python_is_left_out(do: Do, words: tuple[str, ...], line: str) -> None:
    assert do(*words)[2] == f"eigen-generate {words[0]}: {line}\n"


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ((*IMAGE, "--json", "--siez", "3"), "image"),
        (("--json", "image"), None),
        (("job", "wait", "--json"), "job wait"),
        (("imge", "--json"), None),
        ((*IMAGE, "--json", "-o", "no/x.png"), "image"),
        (("image", "", "--model", "m", "--json"), "image"),
    ],
)
def test_json_reports_what_was_not_understood(do: Do, words: tuple[str, ...], command: str | None) -> None:
    status, output, errors = do(*words)
    report = json.loads(output)
    assert (status, report["exit_status"], report["command"]) == (2, 2, command)
    assert report["message"] in errors


def test_json_holds_a_request_that_is_not_sent(do: Do) -> None:
    status, output, errors = do(*IMAGE, "--json", "--dry-run")
    assert (status, errors) == (0, "")
    assert json.loads(output)["curl"].startswith("curl ")
    assert "test-key" not in output


@pytest.mark.parametrize(("words", "status"), [(("curl", "--help"), 0), (("curl", "-h"), 0), (("curl",), 2)])
def test_curl_shows_its_help(do: Do, words: tuple[str, ...], status: int) -> None:
    result = do(*words)
    assert (result[0], result[2]) == (status, "")
    assert result[1].startswith("Example:\n  eigen-generate curl image ")
    assert "Usage: eigen-generate curl COMMAND ..." in result[1]


@pytest.mark.deep
def test_serve_shows_its_help_before_that_of_the_server(do: Do) -> None:
    status, output, _ = do("serve", "--help")
    assert (status, output.partition("\n\n")[0]) == (0, "Example:\n  eigen-generate serve --port 8080")
    assert "--fault" in output


@pytest.mark.parametrize("columns", ["0", "1", "x", "-5", "", "\N{SUPERSCRIPT TWO}", "9" * 5000])
def test_help_is_shown_whatever_the_number_of_columns(do: Do, columns: str) -> None:
    status, output, _ = do("image", "--help", COLUMNS=columns)
    assert (status, "--negative-prompt" in output) == (0, True)


@pytest.mark.usefixtures("default_signals")
def test_ctrl_c_in_a_terminal_ends_it_with_one_line(run: Script) -> None:
    terminal, end = pty.openpty()
    processes: list[subprocess.Popen[bytes]] = []

    def press_ctrl_c(peer: Peer) -> None:
        peer.read()
        os.write(terminal, b"\x03")
        peer.wait_for_end()

    with serve(press_ctrl_c) as server:
        # The shell takes the terminal, and shows how the script ended.
        script = f"{sys.executable} -m eigen_generate image x --model m; echo status $?"
        processes.append(
            subprocess.Popen(
                [sys.executable, "-c", IN_TERMINAL, "sh", "-c", f"trap : INT; {script}"],
                cwd=run.folder,
                env={**run.environment, "EIGENAI_BASE_URL": server.url},
                stdin=end,
                stdout=end,
                stderr=end,
                start_new_session=True,
            )
        )
        os.close(end)
        assert processes[0].wait(PATIENCE) is not None
    shown = read_to_the_end(terminal)
    assert b"status 130" in shown
    assert shown.count(b"stopped; what was sent may still be done\r\n") == 1
    assert b"Traceback" not in shown
    assert list(run.folder.iterdir()) == []


# Makes the terminal on stdin the one whose Ctrl-C this process gets.
IN_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""


def read_to_the_end(terminal: int) -> bytes:
    """Return what was written to a terminal whose other end is closed; Linux reports that end as an error."""
    shown = b""
    try:
        while chunk := os.read(terminal, 65536):
            shown += chunk
    except OSError:
        pass
    finally:
        os.close(terminal)
    return shown


@pytest.mark.usefixtures("default_signals")
@pytest.mark.deep
def test_a_stream_whose_reader_has_had_enough_ends_quietly(run: Script) -> None:
    processes: list[subprocess.Popen[bytes]] = []

    def go_on_without_reader(peer: Peer) -> None:
        peer.read()
        peer.answer(200, b"ID3" + bytes(100_000), "Content-Type: audio/mpeg", length=10_000_000)
        stdout = processes[0].stdout
        assert stdout is not None
        assert stdout.read(100) == b"ID3" + bytes(97)
        stdout.close()
        peer.connection.sendall(bytes(1_000_000))
        peer.wait_for_end()

    words = ("speak", "hi", "--model", "m", "--stream", "-o", "-")
    with serve(go_on_without_reader) as server:
        processes.append(run.start(*words, EIGENAI_BASE_URL=server.url))
        assert processes[0].wait(PATIENCE) == 1
        assert processes[0].stderr is not None
        assert processes[0].stderr.read() == b""
        processes[0].stderr.close()
    assert list(run.folder.iterdir()) == []


@pytest.mark.deep
def test_the_tools_for_agents_warn_of_others_who_reach_them(run: Script) -> None:
    process = run.start("mcp", "--folder", "out", "--host", "0.0.0.0", "--port", "0")
    assert process.stderr is not None
    try:
        warning, ready = process.stderr.readline(), process.stderr.readline()
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
    assert warning == (
        b"eigen-generate mcp: warning: whoever reaches 0.0.0.0 can spend your credits: "
        b"nothing asks for a password\n"
    )
    assert ready.startswith(b"eigen-generate mcp ready at http://0.0.0.0:")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--port", "99999"), "--port: 99999 is not a port, which are 0 to 65535"),
        (("--port", "-1"), "--port: -1 is not a port, which are 0 to 65535"),
        (("--host", "192.0.2.1"), "192.0.2.1 port 8765 cannot be opened: "),
        (("--host", "example.com"), "--host: 'example.com' is not an IP address"),
    ],
)
def test_tools_are_not_served_where_nothing_can_listen(do: Do, words: tuple[str, ...], line: str) -> None:
    status, output, errors = do("mcp", "--folder", "out", *words)
    assert (status, output) == (2, "")
    assert line in errors.splitlines()[-1]
    assert "Traceback" not in errors


@pytest.mark.deep
def test_tools_need_a_key(do: Do) -> None:
    status, output, errors = do("mcp", "--folder", "out", "--port", "0", EIGENAI_API_KEY="")
    assert (status, output) == (2, "")
    assert "EIGENAI_API_KEY is missing or empty" in errors
