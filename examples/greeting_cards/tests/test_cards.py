"""The tests of somebody's program: a real server, real pictures and voices, and failures on demand.

The fixture `eigen_generate_server` comes with `eigen-contract`, and needs neither a key nor the internet.
"""

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cards import CardError, make_card

from eigen_generate import EigenGenerate

if TYPE_CHECKING:
    from eigen_reference.local_server import LocalServer


@pytest.fixture
def client(eigen_generate_server: "LocalServer") -> Iterator[EigenGenerate]:
    with EigenGenerate(
        api_key=eigen_generate_server.api_key, base_url=eigen_generate_server.base_url, max_retries=1
    ) as client:
        yield client


def test_a_card_is_a_picture_and_a_greeting(client: EigenGenerate, tmp_path: Path) -> None:
    picture, greeting = make_card(client, "Ada", tmp_path)
    assert picture.read_bytes().startswith(b"\x89PNG")
    with wave.open(str(greeting), "rb") as audio:
        assert audio.getnframes() / audio.getframerate() > 0.5


def test_the_name_is_in_both_requests(
    client: EigenGenerate, eigen_generate_server: "LocalServer", tmp_path: Path
) -> None:
    make_card(client, "Ada", tmp_path)
    drawn, spoken = eigen_generate_server.requests
    assert "Ada" in str(drawn.fields["prompt"])
    assert "Ada" in str(spoken.fields["text"])


def test_a_busy_service_is_asked_again(
    client: EigenGenerate, eigen_generate_server: "LocalServer", tmp_path: Path
) -> None:
    eigen_generate_server.fault("status=429; retry-after=0")
    make_card(client, "Ada", tmp_path)
    assert [request.status for request in eigen_generate_server.requests] == [429, 200, 200]


def test_what_may_be_billed_is_not_ordered_twice(
    client: EigenGenerate, eigen_generate_server: "LocalServer", tmp_path: Path
) -> None:
    eigen_generate_server.fault("status=500")
    with pytest.raises(CardError, match="may have been made and billed"):
        make_card(client, "Ada", tmp_path)
    assert len(eigen_generate_server.requests) == 1


def test_a_refusal_leaves_no_file(
    client: EigenGenerate, eigen_generate_server: "LocalServer", tmp_path: Path
) -> None:
    eigen_generate_server.fault("status=402")
    with pytest.raises(CardError, match="Nothing was billed"):
        make_card(client, "Ada", tmp_path)
    assert list(tmp_path.iterdir()) == []
