"""The language server of basedpyright, which answers as Pyright and Pylance do in Visual Studio Code."""

import html
import json
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.editor.editors import Cursor, Document, Parameter, parse_parameter
from tests.editor.language_server import LanguageServer

# Checking files that are not open and gathering names of modules that are not imported cost seconds, and no
# test asks for either.
_SETTINGS: dict[str, object] = {
    "basedpyright.analysis": {"diagnosticMode": "openFilesOnly", "autoImportCompletions": False}
}


class BasedpyrightEditor:
    """The language server in a workspace with a virtual environment `venv`."""

    evaluates_literals = True
    shows_async_overloads = True

    def __init__(self, root: Path) -> None:
        self._root = root
        self._open: set[str] = set()
        settings = {"venvPath": ".", "venv": "venv", "typeCheckingMode": "off"}
        (root / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
        # The console script of the wheel that the tests' own environment holds.
        command = Path(sys.executable).with_name("basedpyright-langserver")
        self._server = LanguageServer([str(command), "--stdio"], root, _SETTINGS)

    def close(self) -> None:
        """End the server."""
        self._server.close()

    def show(self, document: Document) -> None:
        """Open the document, unless it is open."""
        if document.name not in self._open:
            self._open.add(document.name)
            self._server.open(self._root / document.name, document.text)

    def completions(self, document: Document, cursor: Cursor) -> set[str]:
        """Return the names that are offered."""
        result = self._ask("completion", document, cursor)
        return {item["label"] for item in result["items"]} if result else set()

    def signatures(self, document: Document, cursor: Cursor) -> list[list[Parameter]]:
        """Return the parameters of each signature."""
        result = self._ask("signatureHelp", document, cursor)
        signatures: list[dict[str, Any]] = result["signatures"] if result else []
        return [_parameters(signature) for signature in signatures]

    def documentation(self, document: Document, cursor: Cursor) -> list[str]:
        """Return the lines of the docstring, which follow the signature and a rule."""
        _, _, markdown = self._hover(document, cursor).partition("\n---\n")
        return _render(markdown)

    def definitions(self, document: Document, cursor: Cursor) -> set[tuple[Path, int]]:
        """Return file and line of what go-to-definition offers."""
        result = self._ask("definition", document, cursor)
        locations: list[dict[str, Any]] = result if result else []
        return {(_path(location["uri"]), location["range"]["start"]["line"] + 1) for location in locations}

    def types(self, document: Document, cursor: Cursor) -> set[str]:
        """Return the names of the classes; hovering shows `(variable) name: A | B` in a code block."""
        match = re.search(r"^\(variable\) \w+: (.+)$", self._hover(document, cursor), re.MULTILINE)
        return set(match[1].split(" | ")) if match else set()

    def _hover(self, document: Document, cursor: Cursor) -> str:
        result = self._ask("hover", document, cursor)
        return str(result["contents"]["value"]) if result else ""

    def _ask(self, question: str, document: Document, cursor: Cursor) -> Any:
        uri = (self._root / document.name).as_uri()
        position = {"line": cursor.line, "character": cursor.column}
        params = {"textDocument": {"uri": uri}, "position": position}
        return self._server.request(f"textDocument/{question}", params)


def _parameters(signature: dict[str, Any]) -> list[Parameter]:
    """Return the parameters that a signature marks, by start and end, in its label."""
    label: str = signature["label"]
    spans: list[tuple[int, int]] = [parameter["label"] for parameter in signature["parameters"]]
    return [parse_parameter(label[start:end]) for start, end in spans]


def _path(uri: str) -> Path:
    return Path(unquote(urlsplit(uri).path)).resolve()


def _render(markdown: str) -> list[str]:
    """Return the lines that a user sees.

    In Markdown, a line of the text ends at an empty line, or at two spaces before a line break:
    https://spec.commonmark.org/0.31.2/#hard-line-breaks
    """
    joined = re.sub(r"(?<! {2})(?<!\n)\n(?!\n)", " ", markdown)
    unescaped = html.unescape(re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", joined))
    return [line.replace("\xa0", " ") for line in unescaped.splitlines()]
