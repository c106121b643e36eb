"""`python -m pull_request.posting FILE`: posts a comment on a pull request, or replaces that of the last run.

It calls GitHub's REST API (https://docs.github.com/en/rest/issues/comments). The token comes from the
environment, and is in no message. The standard library is enough, so that nothing is installed beside a token
that may write.

Exit status: 0 posted, or the token may not post; 1 GitHub did not do it for another reason.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

# The first line of the comment, which readers do not see. By it the next run finds its own comment.
MARKER = "<!-- contract-change -->"
# Whose comments may be replaced: a person may have copied the marker.
_BOT = "Bot"
_PAGE = 100
_TIMEOUT = 30.0  # seconds
# A token of a pull request from a fork may read, and GitHub says so with one of these.
_MAY_NOT_WRITE = (401, 403, 404)


class PostingError(Exception):
    """GitHub did not do what was asked. The message says what and why."""


class RefusedError(Exception):
    """GitHub answered with the status of an error, and a message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status}: {message}")
        self.status = status


class Repository(NamedTuple):
    """A repository at GitHub, as `owner/name`, with the URL of the API and the token to call it with."""

    api_url: str
    name: str
    token: str

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Call the API and return its JSON. Raises RefusedError, or PostingError if there is no answer."""
        request = urllib.request.Request(
            f"{self.api_url}/repos/{self.name}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:
                return json.loads(response.read())
        except urllib.error.HTTPError as error:
            raise RefusedError(error.code, _reason(error)) from None
        except (OSError, ValueError) as error:
            raise PostingError(f"{method} {self.api_url}: no answer that can be read: {error}") from None

    def comments(self, number: int) -> Iterator[dict[str, Any]]:
        """Yield the comments of a pull request, oldest first."""
        page = 1
        while True:
            comments = self.call("GET", f"/issues/{number}/comments?per_page={_PAGE}&page={page}")
            yield from comments
            if len(comments) < _PAGE:
                return
            page += 1


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.loads(error.read())["message"])
    except (ValueError, KeyError, TypeError):
        return error.reason


def post_comment(comment: Path, environment: Mapping[str, str]) -> str:
    """Post the comment in a file on the pull request of this run, and return what was done.

    A token that may not write, as that of a fork, is no error: the job's summary has the comment as well.

    Args:
        comment: The file.
        environment: GITHUB_TOKEN, and what a runner of GitHub sets: GITHUB_API_URL, GITHUB_REPOSITORY and
            GITHUB_EVENT_PATH.

    Raises:
        PostingError: there is no pull request, or GitHub refuses for another reason.
    """
    repository, number = _read_environment(environment)
    body = {"body": f"{MARKER}\n{comment.read_text(encoding='utf-8')}"}
    try:
        own = next(filter(_is_own, repository.comments(number)), None)
        if own is None:
            repository.call("POST", f"/issues/{number}/comments", body)
            return f"posted the comment on pull request {number}"
        if own["body"].strip() == body["body"].strip():
            return f"the comment on pull request {number} is as it was"
        repository.call("PATCH", f"/issues/comments/{own['id']}", body)
    except RefusedError as refusal:
        if refusal.status in _MAY_NOT_WRITE:
            return f"not posted: the token may not ({refusal.status}). The job's summary has the comment"
        raise PostingError(f"GitHub answered {refusal}") from None
    return f"replaced the comment on pull request {number}"


def _read_environment(environment: Mapping[str, str]) -> tuple[Repository, int]:
    try:
        repository = Repository(
            environment["GITHUB_API_URL"], environment["GITHUB_REPOSITORY"], environment["GITHUB_TOKEN"]
        )
        event = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
        return repository, int(event["pull_request"]["number"])
    except KeyError as error:
        raise PostingError(f"{error} is missing: this must run for a pull request, with a token") from None


def _is_own(comment: dict[str, Any]) -> bool:
    return str(comment["body"]).startswith(MARKER) and comment["user"]["type"] == _BOT


def main(arguments: list[str], environment: Mapping[str, str] = os.environ) -> int:
    """Post the comment in the file that is named, and return the exit status."""
    (comment,) = arguments
    try:
        print(post_comment(Path(comment), environment))
    except PostingError as error:
        print(f"pull_request: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
