"""What docstrings say about a property."""

import pytest

from generator.rendering.docstrings import describe


@pytest.mark.parametrize(
    ("description", "examples", "said"),
    [
        ("The form, `json` or `text`.", ["json", "text"], ""),
        ("The form, `json` or another.", ["json", "text"], 'For example "text".'),
        ("Whether json is `true`.", [True, "json"], 'For example "json".'),
        ("A number, 7 or so.", [7], "For example 7."),
    ],
)
def test_examples_that_the_text_names_are_not_said_again(
    description: str, examples: list[object], said: str
) -> None:
    told = describe({"description": description, "examples": examples})
    assert told == f"{description} {said}".strip()
