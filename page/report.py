"""Writes the differences down, row by row."""

from collections.abc import Iterable, Sequence

from attrs import evolve

from .comparison import Difference
from .vendor_page import title_key


def merge(differences: Iterable[Difference], tables: Sequence[str]) -> list[Difference]:
    """Join what is said of the same row, and put all in the order of the page."""
    titles = {title_key(table): table for table in tables}
    merged: dict[tuple[str, str, str], Difference] = {}
    for difference in differences:
        # The transcript writes a title without the remark that the page adds in brackets.
        place = titles.get(title_key(difference.place), difference.place)
        key = (difference.kind, place, difference.subject)
        before = merged[key].statements if key in merged else ()
        statements = tuple(dict.fromkeys((*before, *difference.statements)))
        merged[key] = evolve(difference, place=place, statements=statements)
    places = ["", *tables]
    return sorted(
        merged.values(), key=lambda each: places.index(each.place) if each.place in places else len(places)
    )


def format_report(differences: Sequence[Difference]) -> str:
    """Return the report: a block for each table, a line for each row, and below it what each record has."""
    lines: list[str] = []
    place: str | None = None
    for difference in differences:
        if difference.place != place:
            place = difference.place
            lines += ["", place or "The page as a whole"] if lines else [place or "The page as a whole"]
        lines.append(f"  {difference.kind:<10} {difference.subject}")
        lines += [f"             {statement}" for statement in difference.statements]
    return "\n".join(lines)
