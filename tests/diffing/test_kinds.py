"""The tables of changes are whole: each edit finds its place, and each kind of change is tried."""

from generator.diffing.kinds import KINDS
from tests.diffing.test_pairs import LIBRARY, PAIRS, edits
from tests.diffing.test_surfaces import EDITS

WAYS = [way.split() for pair in PAIRS for key in ("there", "back") for way in pair[key].split("; ")]


def test_each_edit_finds_its_place() -> None:
    lost = [old for pair in PAIRS for old, _ in edits(pair) if LIBRARY.count(old) != 1]
    assert lost == []


def test_every_kind_is_tried() -> None:
    seen = [said for edit in EDITS for way in (edit.there, edit.back) for said in way.split(", ")]
    tried = {kind for kind, _ in WAYS} | {f"client-{one.partition(' ')[0]}" for one in seen}
    assert tried == KINDS.keys()


def test_the_table_and_the_catalogue_agree() -> None:
    wrong = [way for way in WAYS if KINDS[way[0]].severity.value != way[1]]
    assert wrong == []
