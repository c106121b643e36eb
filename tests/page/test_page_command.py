"""The command says what a page has otherwise, whatever the page is written in, and changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from page.__main__ import main
from tests.page.documents import (
    Document,
    RowText,
    project_page,
    write_cell_lines,
    write_html,
    write_markdown,
    write_text,
)

ROOT = Path(__file__).parents[2]
WRITERS: dict[str, Callable[[Document], str]] = {
    "run together.txt": write_text,
    "tabs.txt": lambda document: write_text(document, "\t"),
    "spaces.txt": lambda document: write_text(document, "   "),
    "cell lines.txt": write_cell_lines,
    "page.md": write_markdown,
    "page.html": write_html,
}
Compare = Callable[[Document], tuple[int, str]]


@pytest.fixture(params=WRITERS)
def compare(request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Compare:
    """Save a page in one of the formats, run the command, and return its exit status and what it prints."""

    def save_and_run(document: Document) -> tuple[int, str]:
        path = tmp_path / request.param
        path.write_text(WRITERS[request.param](document), encoding="utf-8")
        status = main([str(path)])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return save_and_run


def test_the_page_of_the_transcript_does_not_differ(compare: Compare) -> None:
    status, printed = compare(project_page())
    assert (status, printed.count("\n")) == (0, 1), printed
    assert "nothing differs (37 rows in 7 tables, 4 curl commands)" in printed


def test_the_order_of_rows_tables_and_commands_does_not_count(compare: Compare) -> None:
    document = project_page()
    document.tables.reverse()
    document.commands.reverse()
    for table in document.tables:
        table.rows.reverse()
    assert compare(document)[0] == 0


def add_a_row(document: Document) -> None:
    text = "How strongly it departs, between 0 and 1. Defaults to 0.5."
    document.table("Image Editing").rows.insert(2, RowText("departure", "number", "Optional", text))


def remove_a_row(document: Document) -> None:
    table = document.table("Image Editing")
    table.rows.remove(table.row("rank"))


def rename_a_row(document: Document) -> None:
    document.table("Text-to-Speech").row("voice_url").name = "voice_link"


def change_a_type(document: Document) -> None:
    document.table("Image Generation").row("seed").type = "string"


def change_a_default(document: Document) -> None:
    document.table("Image Editing").row("sample_steps").description = "How many steps (default: 30)."


def require_a_row(document: Document) -> None:
    document.table("Audio Transcription").row("language").required = "Required"


def limit_a_row(document: Document) -> None:
    document.table("Video Generation").row("frame_num").description = "Frames to make, at most 121."


def deprecate_a_row(document: Document) -> None:
    document.table("Image Editing").row("weight").description = "Deprecated; use lora_strength instead."


def make_a_type_narrower(document: Document) -> None:
    document.table("Text-to-Speech").row("sampling").type = "object"


def add_a_field_to_an_example(document: Document) -> None:
    command = document.commands[0]
    command.text = command.text.replace('"model"', '"seed": 7, "model"')


def change_a_form_part(document: Document) -> None:
    command = document.commands[1]
    command.text = command.text.replace("num_inference_steps=15", "num_inference_steps=8")


def remove_an_example(document: Document) -> None:
    del document.commands[3]


def add_a_table(document: Document) -> None:
    table = project_page().table("Video")
    table.title = "Music"
    table.rows[0].name = "lyrics"
    document.tables.append(table)


def move_the_endpoint(document: Document) -> None:
    document.endpoint = "POST /api/v2/generate"


def move_the_host(document: Document) -> None:
    document.base_url = "https://api.example.com"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            add_a_row,
            [
                "Image Editing",
                "  new        departure",
                "the page: number, optional, default 0.5, maximum 1, minimum 0",
                "tests/page.toml lacks it",
                "openapi.yaml lacks it in ImageEdit, ImageEditByReference",
            ],
        ),
        (
            remove_a_row,
            [
                "  gone       rank",
                "tests/page.toml has it: number, optional",
                "openapi.yaml labels it `x-evidence: page`",
                "#/components/schemas/ImageEditOptions/properties/rank",
            ],
        ),
        (
            rename_a_row,
            ["  new        voice_link", "perhaps the new name of `voice_url`", "  gone       voice_url"],
        ),
        (
            change_a_type,
            [
                "  different  seed",
                "type is string; tests/page.toml has number",
                "type is string; openapi.yaml has number at",
            ],
        ),
        (
            change_a_default,
            ["  different  sample_steps", "default 30; tests/page.toml has no default", "openapi.yaml has"],
        ),
        (
            require_a_row,
            [
                "  different  language",
                "is required; tests/page.toml has optional",
                "is required; openapi.yaml has optional (Transcription)",
            ],
        ),
        (
            limit_a_row,
            [
                "  different  frame_num",
                "maximum 121; tests/page.toml has no maximum",
                "(Video, VideoByReference)",
            ],
        ),
        (
            deprecate_a_row,
            [
                "  different  weight",
                "deprecated true; openapi.yaml has no deprecated",
                "use lora_strength; tests",
            ],
        ),
        (
            make_a_type_narrower,
            ["  different  sampling", "type is object; tests/page.toml has object|string"],
        ),
        (
            add_a_field_to_an_example,
            [
                "Examples",
                "  different  Image generation (JSON)",
                "body /seed is 7; tests/page.toml has none",
                "openapi.yaml (example image-generation) has none",
            ],
        ),
        (
            change_a_form_part,
            [
                "form part num_inference_steps is '8'; tests/page.toml has '15'",
                "(example image-editing)",
                "  different  Image editing",
            ],
        ),
        (
            remove_an_example,
            ["  gone       Text-to-speech (multipart form)", "  gone       example text-to-speech"],
        ),
        (
            add_a_table,
            ["Music", "  new        the table", "  new        lyrics", "no `variants` for the table Music"],
        ),
        (
            move_the_endpoint,
            ["new        endpoint POST /api/v2/generate", "gone       endpoint POST /api/v1"],
        ),
        (move_the_host, ["different  base URL: https://api.example.com", "https://app.eigenai.com first"]),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_an_edit_of_the_page_is_reported_and_nothing_else(
    edit: Callable[[Document], None], expected: list[str], compare: Compare
) -> None:
    document = project_page()
    edit(document)
    status, printed = compare(document)
    assert status == 1, printed
    for text in expected:
        assert text in printed, printed
    kinds = ("  new ", "  gone ", "  different ")
    reported = [line for line in printed.splitlines() if line.startswith(kinds)]
    named = [text for text in expected if text.strip().startswith(("new  ", "gone  ", "different  "))]
    assert len(reported) == len(named), printed


def test_what_differs_in_a_table_stands_under_one_heading(compare: Compare) -> None:
    document = project_page()
    rename_a_row(document)
    _, printed = compare(document)
    assert [line for line in printed.splitlines() if line.startswith("Text")] == ["Text-to-Speech (voices)"]


def test_changes_no_file(compare: Compare) -> None:
    files = [ROOT / "tests" / "page.toml", ROOT / "openapi.yaml"]
    before = [file.read_bytes() for file in files]
    document = project_page()
    add_a_row(document)
    compare(document)
    assert [file.read_bytes() for file in files] == before


def test_an_older_copy_is_compared_word_for_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    older, newer = tmp_path / "older.txt", tmp_path / "newer.html"
    document = project_page()
    older.write_text(write_text(document), encoding="utf-8")
    document.table("Image Editing").row("rank").description = "Sets it in another way."
    newer.write_text(write_html(document), encoding="utf-8")
    assert main([str(newer), "--since", str(older)]) == 1
    printed = capsys.readouterr().out
    assert "  different  rank\n             the description reads: Sets it in another way." in printed
    assert main([str(newer)]) == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty; save the page again"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is not utf-8 text"),
        (b"\x00\x00\x00", "is not text"),
        (b"<html><body><div id=app></div></body></html>", "has no table with the columns Name and Type"),
        (b"Nothing is listed here.\n", "has no table with the columns Name and Type"),
        (b"NameTypeRequiredDescription\n", "a heading and no row"),
        (
            b"NameTypeRequiredDescription\nsizestringOptionalA.\nhuethingyOptionalB.\n",
            "line 3: cannot split this row into Name, Type, Required, Description: huethingyOptionalB.",
        ),
        (b"NameTypeRequired\nsizestringOptional\n\ncurl -d 'x\n", "line 4: this curl command has no end"),
        (b"NameTypeRequired\nsizestringOptional\n\ncurl --frobnicate https://a.example/\n", "--frobnicate"),
    ],
    ids=["empty", "picture", "nul", "no table", "prose", "no row", "row", "quote", "option"],
)
def test_what_cannot_be_read_is_one_line_and_status_2(
    content: bytes, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "saved"
    path.write_bytes(content)
    assert main([str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"page: {path}: ")
    assert captured.err.count("\n") == 1
    assert reason in captured.err


@pytest.mark.parametrize(
    "arguments",
    [["missing.html"], [], ["x.html", "--transcript", "missing.toml"], ["tests"]],
    ids=["page", "no argument", "transcript", "folder"],
)
def test_a_missing_file_is_one_line_and_status_2(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.html").write_text(write_html(project_page()), encoding="utf-8")
    (tmp_path / "tests").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("base_url =", "base =", "'base_url' is missing"),
        ("required = true }", "required = true, hue = 1 }", "the row model of Common has hue"),
        ("[[table]]", "[[table", "is not TOML"),
    ],
    ids=["key", "unknown key", "syntax"],
)
def test_a_transcript_that_cannot_be_read_is_named(
    old: str, new: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved, transcript = tmp_path / "page.txt", tmp_path / "page.toml"
    saved.write_text(write_text(project_page()), encoding="utf-8")
    text = (ROOT / "tests" / "page.toml").read_text(encoding="utf-8")
    assert old in text
    transcript.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert main([str(saved), "--transcript", str(transcript)]) == 2
    assert reason in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("paths: {}\n", "cannot read POST /api/v1/generate"),
        ("a: [\n", "is not YAML"),
        ("3\n", "cannot read POST"),
    ],
)
def test_a_contract_that_cannot_be_read_is_named(
    content: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved, spec = tmp_path / "page.txt", tmp_path / "openapi.yaml"
    saved.write_text(write_text(project_page()), encoding="utf-8")
    spec.write_text(content, encoding="utf-8")
    assert main([str(saved), "--spec", str(spec)]) == 2
    assert reason in capsys.readouterr().err
