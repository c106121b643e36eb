"""A tape gives back what was recorded, finds requests by what they mean, and holds no key."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import httpx
import pytest
from attrs import evolve

from eigen_contract.compose import FORM, JSON, Upload, compose, fields_of, form_request
from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Exchange, Request, Response
from eigen_contract.media import png
from eigen_contract.tape import Provenance, Tape, TapeEntry, UnmatchedError, canonical
from eigen_contract.targets.recorded import recorded
from eigen_contract.targets.target import captured
from tests.judge.tape.exchanges import (
    DRAWN,
    EDITED,
    FIELDS,
    KEY,
    OPERATION,
    REFERENCE,
    TAPE,
    VENDOR,
    files_of,
)


def test_what_was_saved_is_loaded_byte_for_byte(tmp_path: Path) -> None:
    TAPE.save(tmp_path, KEY)
    loaded = Tape.load(tmp_path)
    assert [exchange.request for exchange in loaded.exchanges] == [
        exchange.request for exchange in TAPE.exchanges
    ]
    assert [exchange.response.body for exchange in loaded.exchanges] == [b'{"text": "t"}', png(), b""]
    assert [entry.provenance for entry in loaded.entries] == [REFERENCE, VENDOR, REFERENCE]
    assert [entry.credits for entry in loaded.entries] == [None, 2.5, None]
    assert png() in files_of(tmp_path / "bodies").values()


def test_only_listed_headers_are_kept(tmp_path: Path) -> None:
    TAPE.save(tmp_path, KEY)
    assert Tape.load(tmp_path).exchanges[0].response.headers == (("content-type", "application/json"),)


def test_each_exchange_names_its_own_origin() -> None:
    assert [exchange.origin for exchange in TAPE.exchanges] == ["reference", "vendor", "reference"]
    assert TAPE.origins == ("reference", "vendor")


def test_a_moment_is_kept_in_utc_by_the_second() -> None:
    east = datetime(2026, 3, 1, 14, 30, 7, 999, tzinfo=timezone(timedelta(hours=2)))
    assert Provenance("vendor", east, "").recorded == datetime(2026, 3, 1, 12, 30, 7, tzinfo=UTC)


def test_a_form_is_found_whatever_its_boundary_and_order() -> None:
    fields = [*reversed(fields_of(FIELDS))]
    assert TAPE.answer(form_request(OPERATION, fields)) == EDITED.response


@pytest.mark.parametrize("body", [b'{"prompt":"p","model":"m"}', b' {"model": "m",\n"prompt": "\\u0070"}'])
def test_json_is_found_whatever_its_spaces_and_order(body: bytes) -> None:
    assert TAPE.answer(evolve(DRAWN.request, body=body)) == DRAWN.response


def test_a_number_is_found_whatever_its_spelling_and_never_as_a_boolean() -> None:
    request = compose(OPERATION, JSON, {"seed": 1})
    tape = TAPE.with_entry(TapeEntry(evolve(DRAWN, request=request, label="seeded"), VENDOR))
    assert tape.answer(evolve(request, body=b'{"seed": 1.0}')) == DRAWN.response
    for other in (b'{"seed": true}', b'{"seed": "1"}', b'{"seed": 1.5}'):
        with pytest.raises(UnmatchedError, match="nearest is seeded"):
            tape.answer(evolve(request, body=other))


def test_the_last_answer_to_a_request_counts() -> None:
    settled = evolve(DRAWN, response=Response(200, (), b"settled"), label="drawn again")
    tape = TAPE.with_entry(TapeEntry(settled, REFERENCE))
    assert tape.answer(DRAWN.request).body == b"settled"
    assert [entry.label for entry in tape.matching(DRAWN.request)] == ["drawn", "drawn again"]


@pytest.mark.parametrize(
    "request_",
    [
        evolve(DRAWN.request, auth="wrong"),
        evolve(DRAWN.request, body=b'{"prompt": "other", "model": "m"}'),
        evolve(DRAWN.request, method="PUT"),
        evolve(DRAWN.request, target="/api/v1/generate?x=1"),
        compose(OPERATION, FORM, {**FIELDS, "image_file": Upload("b.png", "image/png", png())}),
        compose(OPERATION, FORM, {**FIELDS, "image_file": Upload("a.png", "image/png", png(8, 8))}),
    ],
)
def test_an_unmatched_request_names_the_nearest(request_: Request) -> None:
    with pytest.raises(UnmatchedError, match=r"nearest is (drawn|edited), which differs in"):
        TAPE.answer(request_)


def test_an_empty_tape_says_so() -> None:
    with pytest.raises(UnmatchedError, match="the tape is empty"):
        Tape().answer(DRAWN.request)


def test_an_entry_takes_the_place_of_the_one_of_its_label() -> None:
    changed = evolve(DRAWN, response=Response(500))
    tape = TAPE.with_entry(TapeEntry(changed, VENDOR), 0)
    assert [entry.label for entry in tape.entries] == ["drawn", "edited", "no"]
    assert tape.answer(DRAWN.request).status == 500
    followed = tape.with_entry(TapeEntry(evolve(DRAWN, label="new"), VENDOR), 1)
    assert [entry.label for entry in followed.entries] == ["drawn", "new", "edited", "no"]
    assert followed.without(["new", "gone"]) == tape


@pytest.mark.parametrize(
    "leak",
    [
        evolve(DRAWN, response=evolve(DRAWN.response, body=b"you sent secret-key")),
        evolve(DRAWN, request=evolve(DRAWN.request, target="/api/v1/generate?key=secret-key")),
        evolve(DRAWN, request=evolve(DRAWN.request, body=b'{"key": "secret-key"}')),
        evolve(DRAWN, response=Response(401, (("www-authenticate", "Bearer secret-key"),))),
        evolve(DRAWN, response=evolve(DRAWN.response, body=b'{"basic": "c2VjcmV0LWtleQ=="}')),
    ],
)
def test_a_key_is_never_written(leak: Exchange, tmp_path: Path) -> None:
    leaking = evolve(TAPE.entries[0], exchange=leak)
    TAPE.save(tmp_path, KEY)
    before = files_of(tmp_path)
    with pytest.raises(CannotJudgeError, match="holds the key") as caught:
        TAPE.with_entry(leaking).save(tmp_path, KEY)
    assert KEY not in str(caught.value)
    assert files_of(tmp_path) == before


def test_what_looks_like_another_key_is_never_written(tmp_path: Path) -> None:
    leaking = evolve(DRAWN, response=evolve(DRAWN.response, body=b"sk-" + b"a1B2" * 8))
    with pytest.raises(CannotJudgeError, match="looks like a key"):
        TAPE.with_entry(TapeEntry(leaking, VENDOR)).save(tmp_path, KEY)
    assert not list(tmp_path.iterdir())


def test_the_header_of_a_key_is_kept_as_a_class() -> None:
    sent = httpx.Request(
        "POST", "https://x.invalid/p", headers={"authorization": f"Bearer {KEY}"}, content=b""
    )
    request = captured(sent, KEY)
    assert request.auth == "good"
    assert KEY not in repr(request)


def test_a_request_is_found_among_what_was_loaded(tmp_path: Path) -> None:
    TAPE.save(tmp_path, KEY)
    with recorded(tmp_path) as target:
        assert target.send(EDITED.request).body == png()
    assert canonical(EDITED.request)["type"] == FORM
