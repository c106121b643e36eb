"""Built clients are compared without the contracts: each edit of a client's source is one change."""

from pathlib import Path

import pytest
from attrs import frozen

from generator.diffing.client_surface import ClientSurface, read_client_surface
from generator.diffing.surface_changes import compare_surfaces
from generator.loading.reading import load_document
from generator.model.sdk import read_sdk

SDK = read_sdk(load_document(Path(__file__).with_name("library.yaml")))
# The source of a client, reduced to what the diff reads.
SOURCES = {
    "__init__.py": '__all__ = ["Library", "LateError", "Options", "Timeout", "Attempt", "Hooks"]\n',
    "client.py": """
class Library:
    def __init__(self, *, api_key: str | None = None, timeout: float = 60) -> None: ...
    @property
    def books(self) -> Books: ...
""",
    "resources/books.py": """
class Books:
    @overload
    def lend(self, *, title: str, aloud: Literal[True]) -> Tape: ...
    @overload
    def lend(self, *, title: str, aloud: bool = False) -> Loan: ...
    def lend(self, *, title: str, aloud: bool = False) -> Loan | Tape: ...
    def find(self, *, title: str, copies: int | None = None, note: str | None = None) -> Book | Scan: ...
""",
    "results.py": """
class Book(Media):
    pages: float
class Scan: ...
""",
    "models/__init__.py": """
class Order:
    weight: float | Unset = UNSET
class Receipt:
    fee: float
class Note:
    text: str
class Reply(Note):
    to: str
class Cover(StrEnum):
    HARD = "hard"
""",
    "_runtime/errors.py": """
class LateError(LibraryError, TimeoutError):
    days: int
""",
    "_runtime/settings/options.py": """
class More(TypedDict, total=False):
    proxy: str
class Options(More, total=False):
    retries: int
class Timeout(NamedTuple):
    read: float | None = 60
class Attempt(NamedTuple):
    number: int
class Hooks:
    def __init__(self, *, sent: Callable | None = None, most: int = 2) -> None: ...
""",
    "api/lending/lend.py": """
Answer: TypeAlias = Receipt
def sync_detailed(client: Library, *, body: Order) -> Answer: ...
""",
}
MODEL_DIRECTIONS = {"models.Order": {"request"}, "models.Receipt": {"response"}}


@frozen
class SourceEdit:
    """An edit of one source file, and the kind and name of each change that it is, both ways."""

    file: str
    old: str
    new: str
    forward: str
    backward: str


BOOKS = "resources/books.py"
SOURCE_EDITS = [
    SourceEdit("results.py", "class Scan: ...\n", "", "name-removed results.Scan", "name-added results.Scan"),
    SourceEdit(
        BOOKS,
        "def find(",
        "def seek(",
        "name-added client.books.seek, name-removed client.books.find",
        "name-added client.books.find, name-removed client.books.seek",
    ),
    SourceEdit(
        "models/__init__.py",
        "class Note:\n    text: str\nclass Reply(Note):\n",
        "class Note: ...\nclass Reply(Note):\n    text: str\n",
        "name-removed models.Note.text",
        "required-argument-added models.Note.text",
    ),
    SourceEdit(
        "models/__init__.py",
        '    HARD = "hard"\n',
        '    HARD = "hard"\n    SOFT = "soft"\n',
        "name-added models.Cover.SOFT",
        "name-removed models.Cover.SOFT",
    ),
    SourceEdit(
        BOOKS,
        ", note: str | None = None",
        "",
        "argument-removed client.books.find(note=)",
        "argument-added client.books.find(note=)",
    ),
    SourceEdit(
        BOOKS,
        ", note: str | None = None",
        ", note: str | None = None, shelf: str",
        "required-argument-added client.books.find(shelf=)",
        "argument-removed client.books.find(shelf=)",
    ),
    SourceEdit(
        BOOKS,
        "copies: int | None = None",
        "copies: int",
        "argument-became-required client.books.find(copies=)",
        "argument-became-optional client.books.find(copies=)",
    ),
    SourceEdit(
        BOOKS,
        "note: str | None = None",
        "note: str | None = UNSET",
        "argument-none-is-sent client.books.find(note=)",
        "argument-default-changed client.books.find(note=)",
    ),
    SourceEdit(
        "client.py",
        "timeout: float = 60",
        "timeout: float = 30",
        "argument-default-changed Library(timeout=)",
        "argument-default-changed Library(timeout=)",
    ),
    SourceEdit(
        "_runtime/settings/options.py",
        "most: int = 2",
        "most: int = 5",
        "argument-default-changed Hooks(most=)",
        "argument-default-changed Hooks(most=)",
    ),
    SourceEdit(
        "_runtime/settings/options.py",
        "retries: int",
        "retries: float",
        "argument-type-widened Options(retries=)",
        "argument-type-narrowed Options(retries=)",
    ),
    SourceEdit(
        "_runtime/settings/options.py",
        "    proxy: str\n",
        "    proxy: str\n    limit: int\n",
        "argument-added Options(limit=)",
        "argument-removed Options(limit=)",
    ),
    SourceEdit(
        "_runtime/settings/options.py",
        "read: float | None = 60",
        "read: float | None = 30",
        "argument-default-changed Timeout(read=)",
        "argument-default-changed Timeout(read=)",
    ),
    SourceEdit(
        "_runtime/settings/options.py",
        "    number: int\n",
        "    number: int\n    status: int\n",
        "name-added Attempt.status",
        "name-removed Attempt.status",
    ),
    SourceEdit(
        BOOKS,
        "copies: int | None",
        "copies: float | None",
        "argument-type-widened client.books.find(copies=)",
        "argument-type-narrowed client.books.find(copies=)",
    ),
    SourceEdit(
        BOOKS,
        "copies: int | None",
        "copies: bytes | None",
        "argument-type-changed client.books.find(copies=)",
        "argument-type-changed client.books.find(copies=)",
    ),
    SourceEdit(
        "models/__init__.py",
        "weight: float",
        "weight: int",
        "argument-type-narrowed models.Order.weight",
        "argument-type-widened models.Order.weight",
    ),
    SourceEdit(
        "models/__init__.py",
        "fee: float",
        "fee: int",
        "result-type-narrowed models.Receipt.fee",
        "result-type-widened models.Receipt.fee",
    ),
    SourceEdit(
        "results.py",
        "pages: float",
        "pages: str",
        "result-type-changed results.Book.pages",
        "result-type-changed results.Book.pages",
    ),
    SourceEdit(
        "api/lending/lend.py",
        "Answer: TypeAlias = Receipt",
        "Answer: TypeAlias = Receipt | str",
        "result-type-widened api.lending.lend()",
        "result-type-narrowed api.lending.lend()",
    ),
    SourceEdit(
        BOOKS,
        "aloud: Literal[True]",
        "aloud: Literal[False]",
        "overload-changed client.books.lend[aloud: Literal[False]], "
        "overload-changed client.books.lend[aloud: Literal[True]]",
        "overload-changed client.books.lend[aloud: Literal[False]], "
        "overload-changed client.books.lend[aloud: Literal[True]]",
    ),
    SourceEdit(
        "_runtime/errors.py",
        "(LibraryError, TimeoutError)",
        "(LibraryError)",
        "base-removed errors.LateError<>",
        "base-added errors.LateError<>",
    ),
    SourceEdit(
        "_runtime/errors.py",
        "days: int",
        "days: float",
        "result-type-widened errors.LateError.days",
        "result-type-narrowed errors.LateError.days",
    ),
    SourceEdit(
        "__init__.py",
        ', "LateError"',
        "",
        "name-removed errors.LateError",
        "name-added errors.LateError",
    ),
]


def built_surface(folder: Path, edit: SourceEdit | None = None) -> ClientSurface:
    """Return what callers see of a client after an edit of its source."""
    for name, text in SOURCES.items():
        old, new = (edit.old, edit.new) if edit is not None and edit.file == name else ("", "")
        assert not old or text.count(old) == 1
        path = folder / SDK.package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return read_client_surface(folder, SDK)


def changes_between(old: ClientSurface, new: ClientSurface) -> str:
    """Return the kind and the name of each change, without the prefix `client-` of every kind."""
    changes = compare_surfaces(old, new, MODEL_DIRECTIONS)
    return ", ".join(sorted(f"{change.kind.removeprefix('client-')} {change.name}" for change in changes))


@pytest.mark.parametrize("edit", SOURCE_EDITS, ids=lambda edit: edit.forward.partition(" ")[0])
def test_an_edit_of_the_source_is_the_listed_change_both_ways(edit: SourceEdit, tmp_path: Path) -> None:
    old, new = built_surface(tmp_path / "old"), built_surface(tmp_path / "new", edit)
    assert changes_between(old, new) == edit.forward
    assert changes_between(new, old) == edit.backward


def test_the_same_source_has_no_changes(tmp_path: Path) -> None:
    assert changes_between(built_surface(tmp_path / "old"), built_surface(tmp_path / "new")) == ""


def test_the_order_of_arguments_and_of_types_is_no_change(tmp_path: Path) -> None:
    arguments = "copies: int | None = None, note: str | None = None"
    edit = SourceEdit(BOOKS, arguments, "note: None | str = None, copies: None | int = None", "", "")
    assert changes_between(built_surface(tmp_path / "old"), built_surface(tmp_path / "new", edit)) == ""
