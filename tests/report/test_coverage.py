"""What a run has touched of the contract: positively, negatively, never."""

import json
from typing import Any

import pytest

from eigen_contract.checks import CheckContext
from eigen_contract.coverage import Answer, Coverage, Keyword, State
from eigen_contract.exchange import Exchange, Request, Response
from eigen_contract.oracle import Oracle
from eigen_contract.survey import Survey

JSON = "application/json"
DRAWN = {"model": "eigen-image", "prompt": "a tower"}


def seen(oracle: Oracle, *requests: tuple[dict[str, Any], int]) -> Coverage:
    """Survey requests in JSON, each with the status that answered it."""
    survey = Survey.of(oracle.contract)
    for members, status in requests:
        body = json.dumps(members).encode()
        request = Request("POST", "/api/v1/generate", (("content-type", JSON),), body)
        response = Response(status, (("content-type", JSON),), b'{"message": "x"}')
        survey.see(CheckContext(oracle, Exchange(request, response)))
    return survey.coverage


def keyword(field: str, name: str, variant: str = "ImageGeneration") -> Keyword:
    return Keyword("generate", JSON, variant, field, name)


@pytest.mark.parametrize(
    ("requests", "state"),
    [
        ([], "never"),
        ([({**DRAWN, "width": 512}, 200)], "positively"),
        ([({**DRAWN, "width": 511}, 400)], "negatively"),
        ([({**DRAWN, "width": 512}, 200), ({**DRAWN, "width": 511}, 400)], "both"),
        ([(DRAWN, 200)], "never"),
        ([({**DRAWN, "width": 511, "height": 511}, 400)], "never"),
    ],
    ids=["nothing", "accepted", "refused", "both", "without the field", "two faults at once"],
)
def test_a_keyword_is_touched(requests: list[Any], state: State, oracle: Oracle) -> None:
    assert seen(oracle, *requests).keywords[keyword("width", "minimum")].state == state


def test_statuses_are_counted(oracle: Oracle) -> None:
    touch = seen(oracle, ({**DRAWN, "seed": 1}, 200), ({**DRAWN, "seed": "x"}, 422)).keywords[
        keyword("seed", "type")
    ]
    assert (touch.positive, touch.negative, dict(touch.statuses)) == (1, 1, {200: 1, 422: 1})


@pytest.mark.parametrize(
    ("members", "touched"),
    [
        ({"model": "eigen-image"}, keyword("prompt", "required")),
        ({**DRAWN, "file": "f"}, keyword("file", "false")),
        (
            {"model": "m", "text": "t", "voice_settings": {"speed": "x"}},
            keyword("voice_settings.speed", "type", "Speech"),
        ),
        ({"model": "m", "text": "t", "sampling": 5}, keyword("sampling", "oneOf", "Speech")),
        (
            {**DRAWN, "image_url": "u", "infer_steps": 0},
            keyword("infer_steps", "minimum", "VideoByReference"),
        ),
    ],
    ids=["required", "of another job", "nested", "a choice", "of an option"],
)
def test_the_keyword_that_was_broken_is_named(
    members: dict[str, Any], touched: Keyword, oracle: Oracle
) -> None:
    found = [one for one, touch in seen(oracle, (members, 400)).keywords.items() if touch.negative]
    assert touched in found


def test_answers_are_counted_and_those_that_never_came_are_listed(oracle: Oracle) -> None:
    answers = seen(oracle, (DRAWN, 200), ({"model": "m"}, 400)).answers
    assert answers[Answer("generate", "200", JSON)] == 1
    assert answers[Answer("generate", "400", JSON)] == 1
    assert answers[Answer("generate", "503", JSON)] == 0
    assert Answer("generate", "200", "audio/pcm") in answers


def test_surveys_add_up(oracle: Oracle) -> None:
    one = seen(oracle, ({**DRAWN, "width": 512}, 200))
    other = seen(oracle, ({**DRAWN, "width": 511}, 400))
    one.add(other.keywords, other.answers)
    assert one.keywords[keyword("width", "minimum")].state == "both"
    assert one.answers[Answer("generate", "400", JSON)] == 1
