"""Clients of documents that stand in a test as text: each is built once a process, and imported from there.

A document states only what it shows. What every document needs is added: the version, a title, a server. In
its text, `@Thing` is a reference to the schema `Thing`.
"""

import importlib
import re
import sys
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from generator import pipeline
from tests.generator.wire import Api, Wire

_NUMBERS = count(1)


class SmallClient:
    """A client that was built from a small document."""

    def __init__(self, work: pipeline.Work) -> None:
        assert work.sdk is not None
        self.work = work
        self.package, self._client = work.sdk.package, work.sdk.client

    @property
    def refusals(self) -> list[str]:
        """What was left out: the fault of each part, with its pointer."""
        return [str(part.fault) for part in self.work.refused]

    @property
    def notes(self) -> set[str]:
        """The names of the functions that repaired or lowered something."""
        return {note.change for note in (*self.work.slips, *self.work.notes)}

    def api(self, **options: Any) -> Api:
        """Return the client over a wire of its own."""
        return Api(importlib.import_module(self.package), self._client, Wire(), **options)

    def operation(self, name: str, tag: str = "default") -> ModuleType:
        """Return the module of an operation in the raw layer."""
        return importlib.import_module(f"{self.package}.api.{tag}.{name}")

    def model(self, name: str) -> Any:
        """Return a class of the contract's models."""
        return getattr(importlib.import_module(f"{self.package}.models"), name)


class SmallDocuments:
    """Builds clients in a folder, each text once."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._monkeypatch = folder, monkeypatch
        self._clients: dict[str, SmallClient] = {}

    def build(self, text: str) -> SmallClient:
        """Build the client of a document, which may lack a version, a title and a server."""
        if text not in self._clients:
            # In letters: a number at the end of a title is a version, and no part of the package's name.
            letters = "".join("abcdefghij"[int(digit)] for digit in str(next(_NUMBERS)))
            folder = self._folder / f"small{letters}"
            folder.mkdir()
            spec = folder / "small.yaml"
            heads = {
                "openapi": "openapi: 3.1.0\n",
                "info": f"info: {{title: {folder.name}, version: '1'}}\n",
                "servers": "servers: [{url: 'http://127.0.0.1:9/'}]\n",
            }
            lines = text.splitlines()
            missing = [
                head for key, head in heads.items() if not any(line.startswith(f"{key}:") for line in lines)
            ]
            written = re.sub(r"@([A-Z]\w*)", r"{$ref: '#/components/schemas/\1'}", text)
            spec.write_text("".join(missing) + written, encoding="utf-8")
            self._clients[text] = SmallClient(pipeline.build(spec, folder / "client"))
            self._monkeypatch.setattr(sys, "path", [str(folder / "client"), *sys.path])
            importlib.invalidate_caches()
        return self._clients[text]
