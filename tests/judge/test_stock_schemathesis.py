"""Schemathesis as it is installed, without hooks or a configuration of ours, finds nothing on the reference.

So the contract can be put to any tool: its links are walked, and each event of a stream is checked.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eigen_reference.app import create_app
from tests.report.judging import served

# Each run takes half a minute on an idle machine.
pytestmark = pytest.mark.deep

SPEC = Path(__file__).parents[2] / "openapi.yaml"
# A schema cannot say that the bytes of a file must be a recording, and Schemathesis knows no media: it sends
# what is none, and expects success. In a form, a null becomes the text `null`, which is a valid text; it
# expects a refusal.
BEYOND_SCHEMAS = "positive_data_acceptance,negative_data_rejection"


def run_schemathesis(host: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")),
            *("run", str(SPEC), "--url", f"http://{host}", "-H", "Authorization: Bearer test-key"),
            *("--exclude-checks", BEYOND_SCHEMAS, "--no-color", *options),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_finds_nothing_on_the_reference(seed: int, tmp_path: Path) -> None:
    with served(create_app()) as host:
        done = run_schemathesis(host, tmp_path, "--seed", str(seed))
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-1000:]
    assert "2 covered / 2 selected" in done.stdout, "the links lead from a job to its state and its video"


def with_unknown_events(app: ASGIApp) -> ASGIApp:
    """Misspell the type of the events that carry sound."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def misspell(message: Message) -> None:
            body = message.get("body", b"").replace(b'"audio_chunk"', b'"audio_chnk"')
            await send({**message, "body": body} if message["type"] == "http.response.body" else message)

        await app(scope, receive, misspell)

    return answer


def test_finds_an_event_that_the_contract_does_not_know(tmp_path: Path) -> None:
    with served(with_unknown_events(create_app())) as host:
        done = run_schemathesis(host, tmp_path, "--seed", "1", "--phases", "examples")
    assert done.returncode == 1, done.stdout[-3000:]
    assert "SSE event payload violates content schema" in done.stdout
