"""Writes pages like the vendor's, in our own words, as a browser would save them.

What a page lists comes from `tests/page.toml`; how it is written has nothing in common with how it is read.
"""

import html
import json
import shlex
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs

ROOT = Path(__file__).parents[2]
COLUMNS = ("Name", "Type", "Required", "Description")
# What the titles of some tables add in brackets.
_REMARKS = {
    "Image Generation": " (from words)",
    "Audio Transcription": " (speech)",
    "Text-to-Speech": " (voices)",
}


@attrs.define
class RowText:
    """One row as it is printed."""

    name: str
    type: str
    required: str
    description: str

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The cells in the order of the columns."""
        return self.name, self.type, self.required, self.description


@attrs.define
class TableText:
    """A table with its heading and the sentence below that."""

    title: str
    sentence: str
    rows: list[RowText]

    def row(self, name: str) -> RowText:
        """Return the row of a parameter."""
        return next(row for row in self.rows if row.name == name)


@attrs.define
class CommandText:
    """A curl command as it is printed, below its heading."""

    title: str
    text: str


@attrs.define
class Document:
    """A page that can be edited before it is written."""

    tables: list[TableText]
    commands: list[CommandText]
    endpoint: str
    base_url: str

    def table(self, title: str) -> TableText:
        """Return the table whose title begins so."""
        return next(table for table in self.tables if table.title.startswith(title))


def project_page() -> Document:
    """Return a page that says what `tests/page.toml` says."""
    return read_page(ROOT / "tests" / "page.toml")


def read_page(transcript: Path) -> Document:
    """Return a page that says what a transcript says."""
    data: dict[str, Any] = tomllib.loads(transcript.read_text(encoding="utf-8"))
    return Document(
        [_table(table) for table in data["table"]],
        [CommandText(curl["title"], _command(curl)) for curl in data["curl"]],
        f"{data['method']} {data['path']}",
        data["base_url"],
    )


def _table(table: dict[str, Any]) -> TableText:
    rows = [
        RowText(
            row["name"],
            row["type"],
            "Required" if row["required"] else "Optional",
            " ".join(
                [
                    "Sets it, where a model can.",
                    *(f"Stands beside {name}." for name in row.get("mentions", ())),
                ]
            ),
        )
        for row in table["rows"]
    ]
    return TableText(table["name"] + _REMARKS.get(table["name"], ""), "What this job takes.", rows)


def _command(curl: dict[str, Any]) -> str:
    lines = [f"curl -X {curl['method']} {curl['url']}"]
    lines += [f'-H "{name}: {value}"' for name, value in curl["headers"].items()]
    if "json" in curl:
        lines.append(f"-d {shlex.quote(json.dumps(curl['json'], indent=2))}")
    for part in curl.get("form", ()):
        value = f"@{part['file']}" if "file" in part else part["text"]
        lines.append(f'-F "{part["name"]}={value}"')
    lines += [f"--output {curl['output']}"] if "output" in curl else []
    return " \\\n  ".join(lines)


def write_text(document: Document, between_cells: str = "") -> str:
    """Write the page as the text of a browser's selection; `between_cells` may be empty or a tab."""
    blocks = ["Go to the contents", f"Make media\n{document.endpoint}\nWhat is taken depends on the model."]
    blocks += [
        f"Base URL\n\n{document.base_url}",
        "Keys\n\nAuthorization: Bearer YOUR_API_KEY",
        "What it takes",
    ]
    for table in document.tables:
        rows = [between_cells.join(COLUMNS), *(between_cells.join(row.cells) for row in table.rows)]
        blocks.append("\n".join([f"{table.title}\n\n{table.sentence}", *rows]))
    blocks.append(
        "Bodies\n\nContent-Type: application/json alone.\nContent-Type: multipart/form-data with files."
    )
    blocks.append("Commands")
    blocks += [
        f"{command.title}\n\nDo it so.\n# Pick a model first.\n\n{command.text}"
        for command in document.commands
    ]
    return "\n\n".join(blocks)


def write_cell_lines(document: Document) -> str:
    """Write the page as text with each cell on a line of its own."""
    text = write_text(document, between_cells="\t")
    return "\n".join(line.replace("\t", "\n") for line in text.splitlines())


def write_markdown(document: Document) -> str:
    """Write the page in Markdown."""
    blocks = [f"# Make media\n\n`{document.endpoint}`\n\n## Base URL\n\n<{document.base_url}>"]
    blocks.append("## Keys\n\n`Authorization: Bearer YOUR_API_KEY`")
    for table in document.tables:
        lines = [_markdown_row(COLUMNS), "|---|:--|---|---|"]
        lines += [_markdown_row((f"`{row.name}`", *row.cells[1:])) for row in table.rows]
        blocks.append("\n".join([f"### {table.title}\n\n{table.sentence}\n", *lines]))
    blocks.append("## Bodies\n\n`Content-Type: application/json` or `Content-Type: multipart/form-data`")
    blocks += [f"### {command.title}\n\n```bash\n{command.text}\n```" for command in document.commands]
    return "\n\n".join(blocks)


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def write_html(document: Document) -> str:
    """Write the page in the markup of a documentation site: nested tags, entities, spans, coloured code."""
    body = [
        "<nav><a href='#'>POST /api/v1/other</a></nav>",
        f"<h1>Make media</h1><p><span class=verb>{document.endpoint.split()[0]}</span> "
        f"<code>{document.endpoint.split()[1]}</code></p>",
        f"<h2>Base URL<a class=anchor>#</a></h2><div><code>{document.base_url}</code></div>",
        "<h2>Keys</h2><p>Authorization:&nbsp;Bearer <i>YOUR_API_KEY</i></p>",
    ]
    for table in document.tables:
        rows = "\n".join(_html_row(row) for row in table.rows)
        body.append(
            f"<section><h3>{html.escape(table.title)} <a>¶</a></h3><p>{table.sentence}</p>"
            "<div><table><thead><tr><th>Name</th><th>Type</th><th>Required</th>"
            "<th colspan='2'>Description</th></tr></thead>"
            f"<tbody>{rows}</tbody></table></div></section>"
        )
    body.append(
        "<p><code>Content-Type: application/json</code></p><p>Content-Type: <b>multipart/form-data</b></p>"
    )
    for command in document.commands:
        lines = "".join(
            f"<div class=line><span>{html.escape(line)}</span></div>" for line in command.text.splitlines()
        )
        body.append(
            f"<h4>{html.escape(command.title)}</h4><pre><button>Copy</button><code>{lines}</code></pre>"
        )
    head = "<head><title>Make media</title><style>p{}</style></head>"
    return f"<!doctype html><html>{head}<body>{''.join(body)}</body></html>"


def _html_row(row: RowText) -> str:
    types = " | ".join(f"<code><span>{word}</span></code>" for word in row.type.split("|"))
    name = "".join(f"&#{ord(letter)};" if letter == "_" else letter for letter in row.name)
    required = f"<span class='badge'>\n  <b>{row.required}</b>\n</span>"
    description = html.escape(row.description).replace(" ", "\n   ", 1)
    return (
        f"<tr><td><div><strong><code>{name}</code></strong></div></td><td>{types}</td><td>{required}</td>"
        f"<td colspan=2><p>{description}</p></td></tr>"
    )
