"""The oracle accepts what the contract accepts, refuses what it refuses, and knows what is left open."""

from typing import Any

import pytest
from attrs import evolve

from eigen_contract.compose import FORM, JSON, Upload, compose
from eigen_contract.examples import Example, examples
from eigen_contract.exchange import Request
from eigen_contract.media import png, wav
from eigen_contract.oracle import Oracle
from eigen_contract.spec import Contract

ORACLE = Oracle.of(Contract.load())
OPERATION = next(operation for operation in ORACLE.contract.operations if operation.id == "generate")
PICTURE = Upload("a.png", "image/png", png())
SOUND = Upload("a.wav", "audio/wav", wav())
DRAW: dict[str, Any] = {"model": "m", "prompt": "p"}


@pytest.mark.parametrize("example", list(examples(ORACLE.contract)), ids=lambda example: example.name)
def test_no_example_is_refused_and_each_is_of_a_variant(example: Example) -> None:
    verdict = ORACLE.judge(example.request)
    assert verdict.ruling in ("accept", "either"), verdict.reason
    assert verdict.variants


@pytest.mark.parametrize(
    ("media_type", "members", "ruling"),
    [
        (JSON, DRAW, "accept"),
        (JSON, {**DRAW, "not_known_yet": 1}, "accept"),
        (JSON, {**DRAW, "seed": "1"}, "refuse"),
        (JSON, {**DRAW, "width": 511}, "refuse"),
        (JSON, {"model": "m"}, "refuse"),
        (JSON, {**DRAW, "model": "whisper_v3_turbo"}, "either"),
        (JSON, {**DRAW, "image_path": "https://example.com/a.png"}, "either"),
        (JSON, {**DRAW, "image_file": "text"}, "refuse"),
        (FORM, {**DRAW, "seed": 1}, "accept"),
        (FORM, {**DRAW, "seed": "many"}, "refuse"),
        (FORM, {**DRAW, "image_file": PICTURE}, "accept"),
        (FORM, {**DRAW, "image_file": SOUND}, "either"),
        (FORM, {**DRAW, "image": PICTURE}, "accept"),
        (FORM, {"model": "wan2p2-i2v-14b-turbo", "prompt": "p", "image": PICTURE}, "accept"),
        (FORM, {"model": "m", "file": SOUND}, "accept"),
        (FORM, {"model": "m", "file": SOUND, "image_file": PICTURE}, "refuse"),
        (FORM, {"model": "m", "file": "no file"}, "either"),
    ],
)
def test_a_body_is_judged(media_type: str, members: dict[str, Any], ruling: str) -> None:
    verdict = ORACLE.judge(compose(OPERATION, media_type, members))
    assert verdict.ruling == ruling, verdict.reason


def test_what_is_wrong_names_the_status() -> None:
    good = compose(OPERATION, JSON, DRAW)
    assert ORACLE.judge(evolve(good, auth="wrong")).statuses == {401}
    assert ORACLE.judge(evolve(good, auth="missing")).statuses == {401}
    assert ORACLE.judge(evolve(good, body=b"{")).statuses == {400}
    assert 415 in ORACLE.judge(evolve(good, headers=(("content-type", "text/plain"),))).statuses
    assert ORACLE.judge(Request("PUT", good.target)).statuses == {405}
    assert 404 in ORACLE.judge(Request("GET", "/elsewhere")).statuses
    assert ORACLE.judge(Request("GET", "/api/v1/generate/status?model=m")).statuses == {400}
