"""Checking requests and answers against the contract that the package carries."""

import base64
import json
import sys
from typing import Any

import pytest

from eigen_generate import errors
from eigen_generate._runtime.models.conformance import ConformanceWarning
from tests.client.answering import DRAW, PNG, says
from tests.runtime.calls import TOO_DEEP

PICTURE = base64.b64encode(PNG).decode()


def answer(**properties: Any) -> bytes:
    return json.dumps(properties).encode()


GOOD = answer(turbo_image_base64=PICTURE)


def test_is_off_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "eigen_generate._runtime.models.conformance", None)
    client = says(GOOD, "application/json").client()
    assert client.images.generate(**DRAW, width=3).content == PNG


def test_names_the_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from eigen_generate._runtime.models import conformance

    conformance.load.cache_clear()
    monkeypatch.setitem(sys.modules, "jschon", None)
    with pytest.raises(errors.ConfigurationError, match=r"pip install 'eigen-generate\[conformance\]'"):
        says(GOOD, "application/json").client(conformance="error")


@pytest.mark.parametrize(
    "arguments",
    [{"width": 3}, {"width": 1.5}, {"seed": "x"}, {"extra": {"size": 7}}],
)
def test_a_request_that_does_not_conform_is_not_sent(arguments: dict[str, Any]) -> None:
    wire = says(GOOD, "application/json")
    with pytest.raises(errors.ArgumentError, match="the request is not as the contract says"):
        wire.client(conformance="error").images.generate(**DRAW, **arguments)
    assert wire.requests == []


def test_accepts_what_conforms_as_json_and_as_a_form() -> None:
    client = says(GOOD, "application/json").client(conformance="error")
    assert client.images.generate(**DRAW, width=512, extra={"unknown": 1}).meta.drift == ()
    assert client.images.edit(**DRAW, image_file=PNG, num_inference_steps=15).content == PNG
    with pytest.raises(errors.ArgumentError, match="/num_inference_steps"):
        client.images.edit(**DRAW, image_file=PNG, num_inference_steps="many")  # type: ignore[arg-type]


def test_warn_warns_and_sends() -> None:
    client = says(GOOD, "application/json").client(conformance="warn")
    with pytest.warns(ConformanceWarning, match="/width"):
        assert client.images.generate(**DRAW, width=3).content == PNG


def test_an_answer_nested_too_deeply_to_check_is_returned() -> None:
    nested = b"[" * TOO_DEEP + b"]" * TOO_DEEP
    deep = b'{"turbo_image_base64": "%s", "x": %s}' % (PICTURE.encode(), nested)
    client = says(deep, "application/json").client(conformance="warn")
    with pytest.warns(ConformanceWarning, match="nested too deeply"):
        assert client.images.generate(**DRAW).content == PNG


def test_unknown_properties_of_an_answer_are_drift() -> None:
    client = says(answer(turbo_image_base64=PICTURE, colour="red"), "application/json").client(
        conformance="error"
    )
    assert client.images.generate(**DRAW).meta.drift == ("/colour: not a property of the contract",)


def test_an_answer_that_does_not_conform_is_drift_or_an_error_with_its_body() -> None:
    wrong = json.dumps({"task_id": "t", "task_status": 7}).encode()
    arguments: dict[str, Any] = {"model": "m", "prompt": "p", "frame_num": 9}
    with pytest.warns(ConformanceWarning, match="the answer is not"):
        job = says(wrong, "application/json").client(conformance="warn").videos.generate(**arguments)
    assert any("/task_status" in line for line in job.meta.drift)
    with pytest.raises(errors.UnexpectedResponseError, match="task_status") as caught:
        says(wrong, "application/json").client(conformance="error").videos.generate(**arguments)
    assert caught.value.body == wrong


def test_a_streamed_answer_is_checked_when_it_is_complete() -> None:
    wrong = json.dumps({"task_id": "t", "task_status": 7}).encode()
    arguments: dict[str, Any] = {"model": "m", "prompt": "p", "frame_num": 9}
    wire = says(wrong, "application/json")
    with pytest.warns(ConformanceWarning, match="the answer is not"):
        job = wire.client(conformance="warn").streaming.videos.generate(**arguments).result()
    assert any("/task_status" in line for line in job.meta.drift)
    with pytest.raises(errors.UnexpectedResponseError, match="task_status"):
        wire.client(conformance="error").streaming.videos.generate(**arguments).result()
