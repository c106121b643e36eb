"""Where a typed answer says what differs from the contract: in its `meta`, or in the log."""

import logging
from typing import Any, Literal

import httpx
import pytest

from generator.runtime.client.core import Core
from generator.runtime.contract import Answers, Call, Operation
from generator.runtime.response.results import Media
from tests.runtime.calls import SETTINGS

URL = "https://api.example.com"


def call(answers: Answers, response: httpx.Response) -> Any:
    client = httpx.Client(transport=httpx.MockTransport(lambda _: response))
    core = Core(SETTINGS, api_key="test-key", base_url=URL, http_client=client)
    return core.call(Call[Any](Operation("look", "GET", "/look"), answers=answers), {})


def test_media_of_another_type_say_so_in_their_meta(caplog: pytest.LogCaptureFixture) -> None:
    response = httpx.Response(200, content=b"\xff\xd8\xff", headers={"content-type": "image/jpeg"})
    media = call({"200": {"image/png": Media}}, response)
    assert isinstance(media, Media)
    assert (media.content, media.media_type) == (b"\xff\xd8\xff", "image/jpeg")
    assert media.meta.drift == ("the contract does not define image/jpeg",)
    assert "differs" not in caplog.text


def test_a_value_without_meta_is_logged_without_the_key(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    answers = {"200": {"application/json": Literal["a", "b"]}}
    assert call(answers, httpx.Response(200, json="test-key")) == "test-key"
    assert "GET /look: differs from the contract: (the whole value): expected 'a' or 'b'" in caplog.text
    assert "test-key" not in caplog.text
    caplog.clear()
    assert call(answers, httpx.Response(200, json="a")) == "a"
    assert not caplog.text
