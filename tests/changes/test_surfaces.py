"""What two built clients show is compared by itself: each edit of a client's source is one sighting."""

from pathlib import Path

import pytest
from attrs import frozen

from generator.comparison.clients import compare_surfaces
from generator.comparison.surface import Surface, read_surface
from generator.loading.reading import load_document
from generator.model.sdk import read_sdk

SDK = read_sdk(load_document(Path(__file__).with_name("library.yaml")))
# A client as `build` writes it, in the places where `diff` looks.
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
    "_runtime/options.py": """
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
ROLES = {"models.Order": {"request"}, "models.Receipt": {"response"}}


@frozen
class Edit:
    """An edit of one source, and what it is on the way there and back: a kind and a name."""

    file: str
    old: str
    new: str
    there: str
    back: str


BOOKS = "resources/books.py"
EDITS = [
    Edit("results.py", "class Scan: ...\n", "", "name-removed results.Scan", "name-added results.Scan"),
    Edit(
        BOOKS,
        "def find(",
        "def seek(",
        "name-added client.books.seek, name-removed client.books.find",
        "name-added client.books.find, name-removed client.books.seek",
    ),
    Edit(
        "models/__init__.py",
        "class Note:\n    text: str\nclass Reply(Note):\n",
        "class Note: ...\nclass Reply(Note):\n    text: str\n",
        "name-removed models.Note.text",
        "required-argument-added models.Note.text",
    ),
    Edit(
        "models/__init__.py",
        '    HARD = "hard"\n',
        '    HARD = "hard"\n    SOFT = "soft"\n',
        "name-added models.Cover.SOFT",
        "name-removed models.Cover.SOFT",
    ),
    Edit(
        BOOKS,
        ", note: str | None = None",
        "",
        "argument-removed client.books.find(note=)",
        "argument-added client.books.find(note=)",
    ),
    Edit(
        BOOKS,
        ", note: str | None = None",
        ", note: str | None = None, shelf: str",
        "required-argument-added client.books.find(shelf=)",
        "argument-removed client.books.find(shelf=)",
    ),
    Edit(
        BOOKS,
        "copies: int | None = None",
        "copies: int",
        "argument-became-required client.books.find(copies=)",
        "argument-became-optional client.books.find(copies=)",
    ),
    Edit(
        BOOKS,
        "note: str | None = None",
        "note: str | None = UNSET",
        "argument-none-is-sent client.books.find(note=)",
        "argument-default-changed client.books.find(note=)",
    ),
    Edit(
        "client.py",
        "timeout: float = 60",
        "timeout: float = 30",
        "argument-default-changed Library(timeout=)",
        "argument-default-changed Library(timeout=)",
    ),
    Edit(
        "_runtime/options.py",
        "most: int = 2",
        "most: int = 5",
        "argument-default-changed Hooks(most=)",
        "argument-default-changed Hooks(most=)",
    ),
    Edit(
        "_runtime/options.py",
        "retries: int",
        "retries: float",
        "argument-type-widened Options(retries=)",
        "argument-type-narrowed Options(retries=)",
    ),
    Edit(
        "_runtime/options.py",
        "    proxy: str\n",
        "    proxy: str\n    limit: int\n",
        "argument-added Options(limit=)",
        "argument-removed Options(limit=)",
    ),
    Edit(
        "_runtime/options.py",
        "read: float | None = 60",
        "read: float | None = 30",
        "argument-default-changed Timeout(read=)",
        "argument-default-changed Timeout(read=)",
    ),
    Edit(
        "_runtime/options.py",
        "    number: int\n",
        "    number: int\n    status: int\n",
        "name-added Attempt.status",
        "name-removed Attempt.status",
    ),
    Edit(
        BOOKS,
        "copies: int | None",
        "copies: float | None",
        "argument-type-widened client.books.find(copies=)",
        "argument-type-narrowed client.books.find(copies=)",
    ),
    Edit(
        BOOKS,
        "copies: int | None",
        "copies: bytes | None",
        "argument-type-changed client.books.find(copies=)",
        "argument-type-changed client.books.find(copies=)",
    ),
    Edit(
        "models/__init__.py",
        "weight: float",
        "weight: int",
        "argument-type-narrowed models.Order.weight",
        "argument-type-widened models.Order.weight",
    ),
    Edit(
        "models/__init__.py",
        "fee: float",
        "fee: int",
        "result-type-narrowed models.Receipt.fee",
        "result-type-widened models.Receipt.fee",
    ),
    Edit(
        "results.py",
        "pages: float",
        "pages: str",
        "result-type-changed results.Book.pages",
        "result-type-changed results.Book.pages",
    ),
    Edit(
        "api/lending/lend.py",
        "Answer: TypeAlias = Receipt",
        "Answer: TypeAlias = Receipt | str",
        "result-type-widened api.lending.lend()",
        "result-type-narrowed api.lending.lend()",
    ),
    Edit(
        BOOKS,
        "aloud: Literal[True]",
        "aloud: Literal[False]",
        "overload-changed client.books.lend[aloud: Literal[False]], "
        "overload-changed client.books.lend[aloud: Literal[True]]",
        "overload-changed client.books.lend[aloud: Literal[False]], "
        "overload-changed client.books.lend[aloud: Literal[True]]",
    ),
    Edit(
        "_runtime/errors.py",
        "(LibraryError, TimeoutError)",
        "(LibraryError)",
        "base-removed errors.LateError<>",
        "base-added errors.LateError<>",
    ),
    Edit(
        "_runtime/errors.py",
        "days: int",
        "days: float",
        "result-type-widened errors.LateError.days",
        "result-type-narrowed errors.LateError.days",
    ),
    Edit(
        "__init__.py",
        ', "LateError"',
        "",
        "name-removed errors.LateError",
        "name-added errors.LateError",
    ),
]


def built(folder: Path, edit: Edit | None = None) -> Surface:
    """What a client shows, after an edit of its source."""
    for name, text in SOURCES.items():
        old, new = (edit.old, edit.new) if edit is not None and edit.file == name else ("", "")
        assert not old or text.count(old) == 1
        path = folder / SDK.package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return read_surface(folder, SDK)


def sightings(old: Surface, new: Surface) -> str:
    """Kinds and names, without what all kinds begin with."""
    found = compare_surfaces(old, new, ROLES)
    return ", ".join(sorted(f"{one.kind.removeprefix('client-')} {one.name}" for one in found))


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.there.partition(" ")[0])
def test_an_edit_of_the_source_is_seen_there_and_back(edit: Edit, tmp_path: Path) -> None:
    old, new = built(tmp_path / "old"), built(tmp_path / "new", edit)
    assert sightings(old, new) == edit.there
    assert sightings(new, old) == edit.back


def test_the_same_source_shows_nothing(tmp_path: Path) -> None:
    assert sightings(built(tmp_path / "old"), built(tmp_path / "new")) == ""


def test_the_order_of_arguments_and_members_is_no_change(tmp_path: Path) -> None:
    given = "copies: int | None = None, note: str | None = None"
    order = Edit(BOOKS, given, "note: None | str = None, copies: None | int = None", "", "")
    assert sightings(built(tmp_path / "old"), built(tmp_path / "new", order)) == ""
