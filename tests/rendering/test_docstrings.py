"""What docstrings say about a property."""

import ast

import pytest

from generator.rendering.docstrings import describe, make_safe


@pytest.mark.parametrize(
    ("description", "examples", "sentence"),
    [
        ("The form, `json` or `text`.", ["json", "text"], ""),
        ("The form, `json` or another.", ["json", "text"], 'For example "text".'),
        ("Whether json is `true`.", [True, "json"], 'For example "json".'),
        ("A number, 7 or so.", [7], "For example 7."),
    ],
)
def test_does_not_repeat_examples_that_the_description_names(
    description: str, examples: list[object], sentence: str
) -> None:
    paragraph = describe({"description": description, "examples": examples})
    assert paragraph == f"{description} {sentence}".strip()


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ({"minItems": 1, "maxItems": 2}, "At least 1 item, at most 2 items."),
        ({"maxProperties": 1}, "At most 1 property."),
        ({"minContains": 1}, "At least 1 of the items that `contains` describes."),
        ({"minimum": 1}, "At least 1."),
    ],
)
def test_a_limit_of_one_is_in_the_singular(limits: dict[str, object], sentence: str) -> None:
    assert describe(limits) == sentence


@pytest.mark.parametrize(
    "text", ['say "no"', 'end """', 'four """"', 'a \\"', '\\\\""', '"""', '""" in """ the middle', "plain"]
)
def test_any_text_can_be_a_docstring(text: str) -> None:
    assert ast.literal_eval(f'"""{make_safe(text)}"""') == text
