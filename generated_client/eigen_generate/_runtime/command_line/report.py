"""What `--json` and `--verbose` print of a call: never the key, which results and attempts do not hold."""

import json
from typing import Any

from ..errors import AnsweredError, SDKError
from ..meta import Meta
from ..settings.hooks import Attempt
from .commands import Program
from .delivering import Delivered
from .progress import Progress

_DIGITS = 3


def print_report(program: Program, name: str, delivered: Delivered) -> None:
    """Print what is known about a result, as one line of JSON."""
    report = {
        "command": name,
        "path": None if delivered.path is None else str(delivered.path),
        **delivered.content,
        **_describe_meta(program, delivered.meta),
    }
    print(json.dumps(report, ensure_ascii=False))


def _describe_meta(program: Program, meta: Meta) -> dict[str, Any]:
    """Return status, request id and timings in seconds, and the headers that the contract groups."""
    groups = {name: dict(getattr(meta, name)) for name in program.meta_properties}
    return {
        "status": meta.status_code,
        "request_id": meta.request_id,
        **groups,
        "attempts": meta.attempts,
        "timings": {
            "first_byte": round(meta.first_byte, _DIGITS),
            "total": round(meta.elapsed, _DIGITS),
        },
    }


def print_request(name: str, curl: str) -> None:
    """Print a request that is not sent, as one line of JSON."""
    print(json.dumps({"command": name, "curl": curl}, ensure_ascii=False))


def print_failure(name: str | None, error: SDKError, message: str, status: int) -> None:
    """Print what went wrong, as one line of JSON with the exit status. Without a command `name` is None."""
    report = {
        "command": name,
        "error": type(error).__name__,
        "message": message,
        "exit_status": status,
        "status": error.status_code if isinstance(error, AnsweredError) else None,
        "request_id": error.request_id,
        "attempts": error.attempts,
        "timings": {"total": round(error.elapsed, _DIGITS)},
    }
    print(json.dumps(report, ensure_ascii=False), flush=True)


def print_attempt(progress: Progress, attempt: Attempt) -> None:
    """Print what happens in an attempt: it begins, its answer comes, or it fails."""
    if attempt.error is not None:
        after = "" if attempt.wait is None else f"; the next attempt in {attempt.wait:.1f} s"
        progress.say(f"! {attempt.error}{after}")
    elif attempt.status_code is not None:
        progress.say(f"< {attempt.status_code} after {attempt.elapsed:.2f} s")
    else:
        size = "" if attempt.size is None else f", {attempt.size} bytes"
        progress.say(f"> {attempt.method} {attempt.url}, attempt {attempt.number}{size}")
