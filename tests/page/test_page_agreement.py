"""A contract that does not say what a page says is reported, whatever it is that differs."""

from pathlib import Path

import pytest

from page.agreement import compare_with_contract
from page.comparison import compare_pages, same_fact
from page.contract import Contract, read_contract
from page.transcript import Transcript
from page.vendor_page import Row, VendorPage

CONTRACT = """
paths:
  /loans:
    post:
      requestBody:
        content:
          application/json:
            schema: {oneOf: [{$ref: '#/components/schemas/Loan'}]}
servers: [{url: https://library.example}]
components:
  schemas:
    Loan:
      required: [title]
      properties:
        title: {type: string, x-evidence: page}
        days: {type: integer, x-evidence: page, default: 14, x-evidence-default: docs, minimum: 1}
        form: {x-evidence: page, anyOf: [{enum: [paper, sound]}, {type: string}]}
        note: false
"""
ROWS = (
    Row("Loan", "title", frozenset({"string"}), required=True),
    Row("Loan", "days", frozenset({"number"}), required=False, facts={"default": 14, "minimum": 1}),
    Row("Loan", "form", frozenset({"string"}), required=False, facts={"values": ("paper", "sound")}),
)


def page_of(*rows: Row) -> VendorPage:
    return VendorPage(
        endpoints=frozenset({"POST /loans"}),
        base_url="https://library.example",
        authorization=None,
        media_types=frozenset(),
        tables=("Loan",),
        rows=rows,
        curls=(),
    )


def contract_with(folder: Path, old: str = "", new: str = "") -> Contract:
    path = folder / "openapi.yaml"
    assert old in CONTRACT
    path.write_text(CONTRACT.replace(old, new), encoding="utf-8")
    return read_contract(path, "POST", "/loans")


def differences(page: VendorPage, contract: Contract) -> list[str]:
    transcript = Transcript(page_of(*ROWS), {"loan": ["Loan"]}, {})
    found = compare_with_contract(page, transcript, contract)
    return [f"{each.kind} {each.subject}: {' / '.join(each.statements)}" for each in found]


def test_a_contract_that_says_the_same_does_not_differ(tmp_path: Path) -> None:
    assert differences(page_of(*ROWS), contract_with(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("type: string, x-evidence: page", "type: string", "different title: is on the page; openapi.yaml"),
        (
            "required: [title]",
            "required: []",
            "different title: is required; openapi.yaml has optional (Loan)",
        ),
        (
            "required: [title]",
            "required: [title, days]",
            "different days: is optional; openapi.yaml requires it",
        ),
        (
            "required: [title]",
            "required: [title]\n      x-evidence-required: {title: docs}",
            "different title: is required; openapi.yaml has it required by another's word",
        ),
        ("type: integer", "type: boolean", "different days: type is number; openapi.yaml has boolean"),
        ("default: 14", "default: 21", "different days: default 14; openapi.yaml has default 21"),
        ("minimum: 1", "minimum: 0", "different days: minimum 1; openapi.yaml has minimum 0"),
        ("enum: [paper, sound]", "enum: [paper]", "different form: values paper, sound; openapi.yaml"),
        ("        title:", "        name:", "new title: openapi.yaml lacks it in Loan"),
        ("note: false", "note: {type: string, x-evidence: page}", "gone note: openapi.yaml labels it"),
        ("https://library", "https://other", "different base URL: https://library.example"),
        ("/loans", "/loans", ""),
    ],
)
def test_a_contract_that_says_otherwise_is_reported(
    old: str, new: str, expected: str, tmp_path: Path
) -> None:
    found = differences(page_of(*ROWS), contract_with(tmp_path, old, new))
    assert bool(found) == bool(expected), found
    if expected:
        assert any(text.startswith(expected) for text in found), found


def test_a_default_by_the_word_of_the_page_needs_one_on_the_page(tmp_path: Path) -> None:
    contract = contract_with(tmp_path, "x-evidence-default: docs", "x-evidence-default: page")
    days = Row("Loan", "days", frozenset({"number"}), required=False, facts={"minimum": 1})
    (found,) = differences(page_of(ROWS[0], days, ROWS[2]), contract)
    assert found.startswith("different days: no default; openapi.yaml has default 14 by the page's word")


def test_a_row_of_a_table_without_variants_is_named(tmp_path: Path) -> None:
    row = Row("Return", "title", frozenset({"string"}), required=False)
    found = differences(page_of(*ROWS, row), contract_with(tmp_path))
    assert found == [
        "new title: openapi.yaml: cannot tell, because tests/page.toml names no `variants` for the table "
        "Return"
    ]


def test_a_row_that_stands_twice_is_reported() -> None:
    (found,) = compare_pages(page_of(*ROWS, ROWS[0]), page_of(*ROWS), "the record")
    assert (found.subject, found.statements) == ("title", ("the page has this row twice",))


@pytest.mark.parametrize(
    ("new", "old", "is_same"),
    [({"default": 1}, {"default": 1.0}, True), ({"default": True}, {"default": 1}, False), ({}, {}, True)],
)
def test_true_is_not_one(new: dict[str, float | bool], old: dict[str, float | bool], is_same: bool) -> None:
    assert same_fact(new, old, "default") == is_same
