"""What the console script says of itself: help, version, completion, and what it imports for that."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from eigen_generate.__main__ import main
from tests.client.console_script import ROOT

COMMANDS = (
    *("", "image", "edit", "transcribe", "speak", "video", "job wait", "job status", "voice upload"),
    *("batch", "mcp", "completion"),
)
GROUPS = ["Common options", "Options of this job", "Delivery", "Connection"]
# In seconds. Nothing here takes as long; a test that hangs ends.
PATIENCE = 60


def show_help(words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what `--help` prints in a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "argv", ["eigen-generate", *words.split(), "--help"])
    assert main() == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("words", COMMANDS)
def test_help_fits_80_columns_and_begins_with_an_example(
    words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = show_help(words, monkeypatch, capsys)
    assert max(map(len, text.splitlines())) <= 80
    assert text.startswith(f"Example:\n  eigen-generate {words or 'image'} ")
    assert re.search(rf"^Usage: eigen-generate {words or 'COMMAND'}", text, re.MULTILINE)


@pytest.mark.parametrize("words", COMMANDS[1:6])
def test_help_groups_options_and_names_what_is_needed(
    words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = show_help(words, monkeypatch, capsys)
    assert re.findall(r"^╭─ (.+?) ─", text, re.MULTILINE) == GROUPS
    assert re.search(r"^Usage: .* --model TEXT \[options\]$", text, re.MULTILINE)
    unwrapped = " ".join(text.replace("│", " ").split())
    for needed in ("EIGENAI_API_KEY", "EIGENAI_BASE_URL", "[env var: EIGENAI_MODEL]", "3 outcome unknown"):
        assert needed in unwrapped


def test_help_gives_the_rules_in_the_words_of_a_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = " ".join(show_help("edit", monkeypatch, capsys).split())
    assert "No two of these go together: --image-file, --image, --images, --image-path." in text


@pytest.mark.parametrize("words", [["--help"], ["speak", "--help"], ["--version"], ["completion", "bash"]])
def test_help_imports_no_http_library(words: list[str]) -> None:
    code = (
        "import sys\nfrom eigen_generate.__main__ import main\nmain()\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "assert 'cyclopts' in loaded\nassert not loaded & {'httpx', 'httpx2', 'httpcore'}, loaded"
    )
    environment = {"PYTHONPATH": str(ROOT / "generated_client")}
    subprocess.run(
        [sys.executable, "-c", code, *words],
        env=environment,
        stdout=subprocess.DEVNULL,
        timeout=PATIENCE,
        check=True,
    )


def test_the_package_says_how_to_get_its_command_line() -> None:
    # -S leaves out what is installed, as in an environment without the extra.
    done = subprocess.run(
        [sys.executable, "-S", "-m", "eigen_generate", "image", "a cat"],
        env={"PYTHONPATH": str(ROOT / "generated_client")},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.splitlines() == [
        b"eigen-generate: the command line needs more packages: pip install 'eigen-generate[cli]'"
    ]


def test_words_that_name_no_command_show_the_commands(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ([], ["job"]):
        monkeypatch.setattr(sys, "argv", ["eigen-generate", *words])
        assert main() == 2
        assert "Usage: eigen-generate" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes_commands_and_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["eigen-generate", "completion", "bash"])
    assert main() == 0
    script = tmp_path / "completion.bash"
    script.write_text(capsys.readouterr().out)
    ask = """
    source "$1"; shift
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _eigen_generate; echo "${COMPREPLY[@]}"
    """

    def complete(*words: str) -> list[str]:
        command = ["bash", "-c", ask, "bash", str(script), "eigen-generate", *words]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=True
        ).stdout.split()

    assert complete("trans") == ["transcribe"]
    assert complete("image", "--neg") == ["--negative-prompt"]
    assert set(complete("job", "")) >= {"status", "wait", "fetch"}
