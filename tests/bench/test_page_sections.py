"""Parts of docs/benchmarks.md that a command of their own writes."""

from bench.page_sections import KEPT, REFERENCE_SERVER, section_of, with_kept_sections, with_section

PAGE = "# Benchmarks\n\nfirst\n\n## Beside the others\n\ntable\n"


def test_a_section_is_added_at_the_end_and_replaced_in_its_place() -> None:
    once = with_section(PAGE, REFERENCE_SERVER, ["old"])
    assert once == f"{PAGE}\n## {REFERENCE_SERVER}\n\nold\n"
    assert with_section(once, REFERENCE_SERVER, ["new"]) == once.replace("old", "new")
    between = f"{once}\n## Last\n\nend\n"
    assert with_section(between, REFERENCE_SERVER, ["new"]) == between.replace("old", "new")


def test_a_section_ends_where_the_next_one_begins() -> None:
    assert section_of(PAGE, "Beside the others") == "## Beside the others\n\ntable\n"
    assert section_of(PAGE, "Beside") == ""


def test_a_run_of_the_others_keeps_what_it_does_not_measure() -> None:
    earlier = with_section(PAGE, REFERENCE_SERVER, ["figures"])
    new = with_kept_sections("# Benchmarks\n\nsecond\n", earlier)
    assert new == f"# Benchmarks\n\nsecond\n\n## {REFERENCE_SERVER}\n\nfigures\n"
    assert with_kept_sections(PAGE, PAGE) == PAGE
    assert REFERENCE_SERVER in KEPT
