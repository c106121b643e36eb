"""The tables of edits are complete: each edit finds its text, and each kind of change has an edit."""

from generator.diffing.kinds import KINDS
from tests.diffing.test_contract_edits import EDITS, LIBRARY, replacements
from tests.diffing.test_surface_changes import SOURCE_EDITS

# Kind and severity of every change that the table of contract edits lists.
LISTED_CHANGES = [
    change.split()
    for edit in EDITS
    for direction in ("forward", "backward")
    for change in edit[direction].split("; ")
]


def test_each_edit_matches_the_contract_exactly_once() -> None:
    unmatched = [old for edit in EDITS for old, _ in replacements(edit) if LIBRARY.count(old) != 1]
    assert unmatched == []


def test_every_kind_has_an_edit() -> None:
    surface_changes = [
        change
        for edit in SOURCE_EDITS
        for direction in (edit.forward, edit.backward)
        for change in direction.split(", ")
    ]
    kinds_with_edit = {kind for kind, _ in LISTED_CHANGES}
    kinds_with_edit |= {f"client-{change.partition(' ')[0]}" for change in surface_changes}
    assert kinds_with_edit == KINDS.keys()


def test_the_listed_severities_are_those_of_the_catalogue() -> None:
    wrong = [(kind, severity) for kind, severity in LISTED_CHANGES if KINDS[kind].severity.value != severity]
    assert wrong == []
