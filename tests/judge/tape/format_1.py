"""A tape of format 1, as its last writer left it."""

import hashlib
import json
from pathlib import Path
from typing import Any

from eigen_contract.media import png, wav

MANIFEST = "tape.json"
REFERENCE_HEADER = ["x-reference-engine", "eigen_reference/0.1.0"]


def answer(folder: Path, name: str, status: int, headers: list[list[str]], body: bytes) -> dict[str, Any]:
    if name:
        (folder / name).write_bytes(body)
    sha256 = hashlib.sha256(body).hexdigest()
    return {"status": status, "headers": headers, "body": name, "sha256": sha256}


def write_format_1(folder: Path) -> None:
    """Write a form with a file, a JSON request, a job with what followed it, and a refusal."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sent-0123456789ab.png").write_bytes(png())
    (folder / "sent-example-speech.json").write_bytes(b'{"text": "hello"}')
    json_type, target = ["content-type", "application/json"], "/api/v1/generate"
    parts = [
        {"name": "prompt", "text": "it turns"},
        {"name": "image", "filename": "cat.png", "type": "image/png", "file": "sent-0123456789ab.png"},
    ]
    get: dict[str, Any] = {"method": "GET", "auth": "good", "type": None}
    speech = {
        "method": "POST",
        "target": target,
        "auth": "good",
        "type": "application/json",
        "body": "sent-example-speech.json",
    }
    exchanges = [
        ("example speech", speech, ("example-speech.wav", 200, [["content-type", "audio/wav"]], wav())),
        (
            "example video",
            {"method": "POST", "target": target, "auth": "good", "parts": parts},
            ("example-video.json", 200, [json_type, REFERENCE_HEADER], b'{"task_id": "7"}'),
        ),
        (
            "example video, state",
            {**get, "target": f"{target}/status?jobId=7"},
            ("example-video-state.json", 200, [json_type], b'{"status": "completed"}'),
        ),
        (
            "example video, film",
            {**get, "target": f"{target}/result?jobId=7"},
            ("example-video-film.mp4", 200, [["content-type", "video/mp4"]], b"film"),
        ),
        ("refused method", {**get, "target": target}, ("", 405, [["allow", "POST"]], b"")),
    ]
    document = {
        "format": 1,
        "origin": "reference",
        "recorded": "2026-01-31",
        "spec_sha256": "0" * 64,
        "exchanges": [
            {"label": label, "request": request, "response": answer(folder, *response)}
            for label, request, response in exchanges
        ],
    }
    (folder / MANIFEST).write_text(json.dumps(document, indent=1) + "\n", "utf-8")
