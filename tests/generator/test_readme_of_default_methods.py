"""The README of a client without `x-sdk`: its calls run as printed, and it speaks of no other product."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.generator.projects import Projects

NOTES = [{"id": 7, "text": "Buy milk"}]


class NoteServer(BaseHTTPRequestHandler):
    """Answers every request with a list of notes."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(f"{self.path} {self.headers['authorization']}")
        body = json.dumps(NOTES).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base
        """Print nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    NoteServer.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), NoteServer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_calls_of_the_readme_run_as_printed(built: Projects, url: str) -> None:
    project = built.build("notes")
    readme = (project / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert len(blocks) == 4
    variables = {"NOTES_API_KEY": "test-key", "NOTES_BASE_URL": url, "PYTHONPATH": str(project)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "\n".join(blocks)],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout.splitlines()
        == ["[Note(additional_properties={}, id=7, text='Buy milk', written=UNSET)]"] * 3
    )
    assert NoteServer.asked == ["/notes Bearer test-key"] * 3


def test_a_client_speaks_of_no_product_that_its_contract_does_not_name(built: Projects) -> None:
    for path in sorted(built.build("notes").rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            text = path.read_text(encoding="utf-8").lower()
            assert not re.findall(r"billed|credits?\b|eigen|vendor", text), path


def test_no_command_installs_what_is_not_published(built: Projects) -> None:
    readme = (built.build("notes") / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"pip install.*", readme) == ["pip install ."]
