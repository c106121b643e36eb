"""Posting a comment, against a server that does of GitHub's API what posting needs."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pull_request.posting import MARKER, main
from tests.pull_request.test_comparing import run_action

BOT = {"login": "github-actions[bot]", "type": "Bot"}
PERSON = {"login": "octocat", "type": "User"}
ISSUE = "/repos/owner/name/issues/7/comments"


class GitHub:
    """The comments of one pull request; `refusal` is the status that answers every write, if there is one."""

    def __init__(self) -> None:
        self.comments: list[dict[str, Any]] = []
        self.refusal: int | None = None
        self.writes: list[str] = []
        self.tokens: set[str] = set()

    def answer(self, method: str, target: str, body: Any) -> tuple[int, Any]:
        split = urlsplit(target)
        if method == "GET" and split.path == ISSUE:
            query = parse_qs(split.query)
            size, page = int(query["per_page"][0]), int(query["page"][0])
            return 200, self.comments[(page - 1) * size : page * size]
        self.writes.append(f"{method} {split.path}")
        if self.refusal is not None:
            return self.refusal, {"message": "Resource not accessible by integration"}
        if method == "POST" and split.path == ISSUE:
            self.comments.append({"id": len(self.comments) + 1, "user": BOT, "body": body["body"]})
            return 201, self.comments[-1]
        comment = self.comments[int(split.path.rpartition("/")[2]) - 1]
        comment["body"] = body["body"]
        return 200, comment


@pytest.fixture
def github() -> GitHub:
    return GitHub()


@pytest.fixture
def environment(github: GitHub, tmp_path: Path) -> Iterator[dict[str, str]]:
    class Handler(BaseHTTPRequestHandler):
        def handle_request(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            github.tokens.add(self.headers["authorization"])
            status, answer = github.answer(self.command, self.path, body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = handle_request  # noqa: N815 - names of the standard library

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - as above
            """Print nothing."""

    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 7}}), encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield {
            "GITHUB_API_URL": f"http://127.0.0.1:{server.server_port}",
            "GITHUB_REPOSITORY": "owner/name",
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_TOKEN": "test-key",
        }
        server.shutdown()
        thread.join()


def write(folder: Path, text: str) -> str:
    path = folder / "comment.md"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_posts_once_and_replaces_from_then_on(
    github: GitHub, environment: dict[str, str], tmp_path: Path
) -> None:
    assert main([write(tmp_path, "First.\n")], environment) == 0
    assert [comment["body"] for comment in github.comments] == [f"{MARKER}\nFirst.\n"]
    assert main([write(tmp_path, "Second.\n")], environment) == 0
    assert main([write(tmp_path, "Second.\n")], environment) == 0
    assert [comment["body"] for comment in github.comments] == [f"{MARKER}\nSecond.\n"]
    assert github.writes == [f"POST {ISSUE}", "PATCH /repos/owner/name/issues/comments/1"]
    assert github.tokens == {"Bearer test-key"}


def test_leaves_the_comments_of_people_and_of_other_bots(
    github: GitHub, environment: dict[str, str], tmp_path: Path
) -> None:
    github.comments = [
        {"id": 1, "user": PERSON, "body": f"{MARKER}\nCopied by a person."},
        {"id": 2, "user": BOT, "body": f"Of another workflow. {MARKER}"},
    ]
    assert main([write(tmp_path, "Ours.")], environment) == 0
    assert [comment["body"].splitlines()[-1] for comment in github.comments] == [
        "Copied by a person.",
        f"Of another workflow. {MARKER}",
        "Ours.",
    ]


def test_finds_its_comment_behind_a_hundred_others(
    github: GitHub, environment: dict[str, str], tmp_path: Path
) -> None:
    github.comments = [{"id": number, "user": PERSON, "body": "Hello."} for number in range(1, 201)]
    assert main([write(tmp_path, "First.")], environment) == 0
    assert main([write(tmp_path, "Second.")], environment) == 0
    assert len(github.comments) == 201
    assert github.comments[-1]["body"].endswith("Second.")


@pytest.mark.parametrize(("status", "exit_status"), [(403, 0), (404, 0), (422, 1), (500, 1)])
def test_a_token_that_may_not_write_is_no_failure(
    github: GitHub,
    environment: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    status: int,
    exit_status: int,
) -> None:
    github.refusal = status
    assert main([write(tmp_path, "First.")], environment) == exit_status
    output = capsys.readouterr()
    message = output.out + output.err
    assert str(status) in message
    assert "test-key" not in message
    assert message.count("\n") == 1


def test_says_what_is_missing_outside_of_a_pull_request(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del environment["GITHUB_TOKEN"]
    assert main([write(tmp_path, "First.")], environment) == 1
    assert capsys.readouterr().err == (
        "pull_request: 'GITHUB_TOKEN' is missing: this must run for a pull request, with a token\n"
    )


def test_says_that_github_does_not_answer(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment["GITHUB_API_URL"] = "http://127.0.0.1:9"
    assert main([write(tmp_path, "First.")], environment) == 1
    assert "no answer that can be read" in capsys.readouterr().err


def test_the_action_posts(github: GitHub, environment: dict[str, str], tmp_path: Path) -> None:
    token = environment.pop("GITHUB_TOKEN")
    comment = write(tmp_path, "By the action.")
    inputs = {"comment": comment, "token": token}
    assert run_action("contract-comment", tmp_path, inputs, **environment) == 0
    assert github.comments[0]["body"] == f"{MARKER}\nBy the action."
