"""One edit of the contract is enough: a new optional member reaches signature, docstring and wire."""

import importlib
import inspect
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from generator import pipeline
from tests.generator.wire import Wire

ROOT = Path(__file__).parents[2]
ADDED = """
        whisper_factor:
          type: integer
          minimum: 1
          description: How softly to speak.
          x-evidence: assumed
          default: 3
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The client of a copy of the contract, with one more member of speech, under another name."""
    text = (ROOT / "openapi.yaml").read_text(encoding="utf-8").replace("eigen_generate", "whispering")
    before, found, after = text.partition("\n    Speech:\n")
    assert found
    members, found, rest = after.partition("      properties:\n")
    assert found
    spec = tmp_path / "openapi.yaml"
    spec.write_text(f"{before}\n    Speech:\n{members}      properties:{ADDED}{rest}", encoding="utf-8")
    pipeline.build(spec, tmp_path / "client")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "client"), *sys.path])
    return importlib.import_module("whispering")


def test_reaches_signature_docstring_and_wire(package: Any) -> None:
    wire = Wire()
    wire.reply(200, b"RIFF\x00\x00\x00\x00WAVE", "audio/wav")
    http = httpx.Client(transport=httpx.MockTransport(wire.handle))
    speak = package.EigenGenerate(api_key="test-key", http_client=http).audio.speak
    parameter = inspect.signature(speak).parameters["whisper_factor"]
    assert (parameter.annotation, parameter.default) == ("int | None", None)
    assert "whisper_factor: How softly to speak. At least 1." in " ".join(str(speak.__doc__).split())
    speak(model="m", text="t", voice="Linda", whisper_factor=2)
    sent = {part.name: part.content for part in wire.sent.parts}
    assert sent == {"model": b"m", "text": b"t", "voice": b"Linda", "whisper_factor": b"2"}
    speak(model="m", text="t", voice="Linda")
    assert "whisper_factor" not in {part.name for part in wire.sent.parts}
