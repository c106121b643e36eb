"""Tables, facts and commands are read as a person reads them, whatever the markup."""

import email.message
from pathlib import Path

import pytest

from page.curl_reading import read_curls
from page.errors import UnreadableError
from page.extraction import extract_page
from page.facts import read_facts
from page.html_reading import read_html
from page.saved_file import read_saved_page
from page.text_reading import read_text
from page.vendor_page import Fact, FormPart, Row, VendorPage


def html_page(body: str) -> VendorPage:
    return extract_page(read_html(f"<!doctype html><html><body>{body}</body></html>"))


def rows(page: VendorPage) -> list[tuple[str, str, str, bool | str]]:
    return [(row.table, row.name, "|".join(sorted(row.types)), row.required) for row in page.rows]


def test_cells_that_span_columns_and_rows_stand_in_each() -> None:
    page = html_page(
        "<h2>Lend</h2><table><tr><th colspan=3>Books</th></tr><tr><th>Type<th>Parameter<th>Required?</tr>"
        "<tr><td rowspan=2>string</td><td>title</td><td>yes</td></tr><tr><td>author</td><td>no</td></tr>"
        "<tr><td colspan=3>Rarely used</td></tr><tr><td>number</td><td>pages</td><td>—</td></tr></table>"
    )
    assert rows(page) == [
        ("Books", "title", "string", True),
        ("Books", "author", "string", False),
        ("Books", "pages", "number", False),
    ]


def test_a_grid_of_roles_is_a_table() -> None:
    cells = ("Field", "Type", "Details")
    header = "".join(f"<div role=columnheader>{cell}</div>" for cell in cells)
    page = html_page(
        f"<div role=heading>Lend</div><div role=table><div role=rowgroup><div role=row>{header}</div></div>"
        "<div role=rowgroup><div role=row><span role=cell>title <em>required</em></span>"
        "<span role=cell>string</span><span role=cell>Of the book.</span></div></div></div>"
    )
    assert rows(page) == [("Lend", "title", "string", True)]


def test_a_table_in_a_cell_is_headed_by_its_row() -> None:
    page = html_page(
        "<h3>Lend</h3><table><tr><th>Name<th>Type<th>Description</tr>"
        "<tr><td>shelf</td><td>object</td><td>Where."
        "<table><tr><th>Name<th>Type</tr><tr><td>room</td><td>number</td></tr></table></td></tr></table>"
    )
    assert rows(page) == [("Lend", "shelf", "object", False), ("shelf", "room", "number", False)]
    assert page.rows[0].description == "Where."


def test_a_column_of_its_own_states_the_default() -> None:
    page = html_page(
        "<h3>Lend</h3><table><tr><th>Name<th>Type<th>Default<th>Since</tr>"
        "<tr><td>days</td><td>number</td>"
        "<td><code>14</code></td><td>version 2</td></tr>"
        "<tr><td>note</td><td>string</td><td>-</td></tr></table>"
    )
    assert [(row.name, row.facts.get("default"), row.description) for row in page.rows] == [
        ("days", 14, "Since: version 2"),
        ("note", None, ""),
    ]


def test_a_table_that_lists_no_parameters_is_not_lost() -> None:
    page = html_page(
        "<h3>Lend</h3><table><tr><th>Name<th>Type</tr><tr><td>days</td><td>number</td></tr></table>"
        "<h3>Limits</h3><table><tr><th>Plan<th>Requests</tr><tr><td>free</td><td>3</td></tr></table>"
    )
    assert page.other_tables == {"Limits": ("Plan", "Requests")}


def test_a_row_without_a_type_is_refused_with_its_table() -> None:
    with pytest.raises(UnreadableError, match=r"table 1, `Lend`: a row has no name or no type: days"):
        html_page("<h3>Lend</h3><table><tr><th>Name<th>Type</tr><tr><td>days</td><td></td></tr></table>")


def test_rows_that_run_together_are_split_where_only_one_split_is_possible() -> None:
    page = extract_page(
        read_text(
            "Lend\n\nNameTypeRequiredDefaultDescription\nfilefileOptional—The book.\n"
            "image_filefileRequired-Its cover.\nprofilestring|objectOptionaldarkHow it looks.\n"
            'namesarray of stringsOptional""\n'
            "daysintegerConditional14Days, which were wrapped\nat the edge.\nNot a row.\n"
        )
    )
    assert rows(page) == [
        ("Lend", "file", "file", False),
        ("Lend", "image_file", "file", True),
        ("Lend", "profile", "object|string", False),
        ("Lend", "names", "array of strings", False),
        ("Lend", "days", "integer", "conditional"),
    ]
    assert [row.facts.get("default") for row in page.rows] == [None, None, "dark", "", 14]
    assert page.rows[-1].description == "Days, which were wrapped at the edge."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_the_encoding_is_the_marked_or_the_declared_one(encoding: str, tmp_path: Path) -> None:
    declared = f"<meta charset={encoding}>" if encoding == "iso-8859-1" else ""
    text = (
        f"<html><head>{declared}</head><h1>Größe</h1><table><tr><th>Name<th>Type<tr><td>a<td>string</table>"
    )
    path = tmp_path / "page.html"
    path.write_bytes(text.encode(encoding))
    assert extract_page(read_saved_page(path)).tables == ("Größe",)


def test_a_page_saved_as_a_single_file_is_read(tmp_path: Path) -> None:
    message = email.message.EmailMessage()
    message.set_content(
        "<html><h1>Lend</h1><table><tr><th>Name<th>Type<tr><td>a<td>string</table>",
        subtype="html",
        cte="quoted-printable",
    )
    message.add_related(b"\x89PNG", "image", "png")
    path = tmp_path / "page.mhtml"
    path.write_bytes(message.as_bytes())
    assert rows(extract_page(read_saved_page(path))) == [("Lend", "a", "string", False)]


@pytest.mark.parametrize(
    ("description", "facts"),
    [
        ("Describes the picture.", {}),
        ("Defaults to `png`.", {"default": "png"}),
        ("Steps (default: 20).", {"default": 20}),
        ("Streams it; the default is false.", {"default": False}),
        ("A share between 0.0 and 1.0, default 0.5.", {"minimum": 0, "maximum": 1, "default": 0.5}),
        ("Frames, 1-121.", {"minimum": 1, "maximum": 121}),
        ("At least 8 steps.", {"minimum": 8}),
        ("No more than 1,024 rows.", {"maximum": 1024}),
        ("Up to 500 characters.", {"max_length": 500}),
        ("A file of at most 25 MB.", {"max_size": "25 MB"}),
        ("One of png, jpeg or webp.", {"values": ("jpeg", "png", "webp")}),
        ("Either `json` or `text`.", {"values": ("json", "text")}),
        ('The form: "wav", "mp3".', {"values": ("mp3", "wav")}),
        ("Deprecated; use voice_id instead.", {"deprecated": True, "use": "voice_id"}),
        ("Required if stream is on.", {"conditional": True}),
        ("Like voice_id and voice_name.", {"mentions": ("voice_id", "voice_name")}),
        ("A sound with 16 bits.", {"numbers": (16,)}),
        ("Its own_name alone.", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_facts_are_taken_out_of_descriptions(description: str, facts: dict[str, Fact]) -> None:
    assert read_facts(description, "own_name") == facts


def test_markup_of_a_description_is_no_fact() -> None:
    marked, plain = "<p>Steps, <b>default</b> <code>20</code>.</p>", "Steps, default 20."
    facts = [
        html_page(
            f"<h1>A</h1><table><tr><th>Name<th>Type<th>Notes<tr><td>a<td>number<td>{text}</table>"
        ).rows[0]
        for text in (marked, plain)
    ]
    assert facts[0].facts == facts[1].facts == {"default": 20}


def test_a_command_is_read_as_the_shell_and_curl_read_it() -> None:
    (curl,) = read_curls(
        "# A comment with 'one quote\n$ curl -sS -XPOST 'https://a.example/x' \\\n"
        "  -H 'Content-Type: application/json' \\ \n"
        """  --data-raw '{"text": "It'\\''s \\"so\\"", "deep": {"on": true}}' | jq .\n""",
        "line 1",
        "A",
    )
    assert (curl.method, curl.url, curl.headers) == (
        "POST",
        "https://a.example/x",
        {"content-type": "application/json"},
    )
    assert curl.json == {"text": 'It\'s "so"', "deep": {"on": True}}


def test_every_command_of_a_block_is_read() -> None:
    curls = list(
        read_curls(
            "export KEY=1\ncurl https://a.example/1 > one.png\necho done\n"
            'curl --json \'{"a": 1}\' https://a.example/2 --oauth2-bearer "$KEY"\n'
            "curl -F 'a=@b.png;type=image/png' -F 'c=<d.txt' --form-string e=@f -o g.wav --url https://a.example/3",
            "line 1",
            "A",
        )
    )
    assert [(curl.method, curl.url, curl.output) for curl in curls] == [
        ("GET", "https://a.example/1", "one.png"),
        ("POST", "https://a.example/2", None),
        ("POST", "https://a.example/3", "g.wav"),
    ]
    assert (curls[1].json, curls[1].headers["authorization"]) == ({"a": 1}, "Bearer $KEY")
    assert curls[2].form == (
        FormPart("a", "b.png", is_file=True),
        FormPart("c", "d.txt", is_file=True),
        FormPart("e", "@f", is_file=False),
    )


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("curl https://a.example -d '{'", None),
        ("curl https://a.example -H 'Content-Type: application/json' -d '{'", "its body is not JSON"),
        (
            "curl https://a.example -H 'Content-Type: application/json' -d @body.json",
            "from the file body.json",
        ),
        ("curl -X POST", "has 0 URLs"),
        ("curl https://a.example -d a -F b=c", "has -d and -F"),
        ("curl https://a.example -F b", "-F needs `name=value`"),
        ("curl https://a.example -H Accept", "-H needs `Name: value`"),
        ("curl https://a.example -d $'a\\nb'", "uses $'…'"),
        ("curl https://a.example -d @- <<EOF\n{}\nEOF", "uses $'…' or <<"),
    ],
)
def test_a_command_that_cannot_be_compared_is_refused(command: str, reason: str | None) -> None:
    if reason is None:
        assert next(read_curls(command, "line 1", "A")).text == "{"
        return
    with pytest.raises(UnreadableError) as raised:
        list(read_curls(command, "line 1", "A"))
    assert str(raised.value).startswith("line 1: the curl command of `A`: ")
    assert reason in str(raised.value)


def test_a_row_shows_its_facts_in_its_summary() -> None:
    row = Row("A", "a", frozenset({"number"}), required=False, facts={"default": 0.5, "values": ("x", "y")})
    assert row.summary() == "number, optional, default 0.5, values x, y"
