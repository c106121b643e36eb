"""A tape gives back what was recorded, finds requests by what they mean, and holds no key."""

import json
from pathlib import Path

import httpx
import pytest
from attrs import evolve

from eigen_contract.compose import FORM, JSON, Upload, compose, fields_of, form_request
from eigen_contract.errors import CannotJudgeError
from eigen_contract.exchange import Exchange, Request, Response
from eigen_contract.media import png
from eigen_contract.spec import Contract
from eigen_contract.tape import Tape, UnmatchedError, canonical
from eigen_contract.targets.recorded import recorded
from eigen_contract.targets.target import captured

OPERATION = next(operation for operation in Contract.load().operations if operation.id == "generate")
MEMBERS = {"model": "m", "prompt": "p", "image_file": Upload("a.png", "image/png", png())}
DRAWN = Exchange(
    compose(OPERATION, JSON, {"model": "m", "prompt": "p"}),
    Response(200, (("content-type", "application/json"), ("set-cookie", "who")), b'{"text": "t"}'),
    "drawn",
)
EDITED = Exchange(
    compose(OPERATION, FORM, MEMBERS), Response(200, (("content-type", "image/png"),), png()), "edited"
)
TAPE = Tape("reference", "2026-01-31", "0" * 64, (DRAWN, EDITED))


def test_what_was_saved_is_loaded_byte_for_byte(tmp_path: Path) -> None:
    TAPE.save(tmp_path, "secret-key")
    loaded = Tape.load(tmp_path)
    assert [exchange.response.body for exchange in loaded.exchanges] == [b'{"text": "t"}', png()]
    assert [canonical(exchange.request) for exchange in loaded.exchanges] == [
        canonical(exchange.request) for exchange in TAPE.exchanges
    ]
    assert (tmp_path / "edited.png").read_bytes() == png()


def test_only_listed_headers_are_kept(tmp_path: Path) -> None:
    TAPE.save(tmp_path, "secret-key")
    assert Tape.load(tmp_path).exchanges[0].response.headers == (("content-type", "application/json"),)


def test_a_form_is_found_whatever_its_boundary_and_order() -> None:
    fields = [*reversed(fields_of(MEMBERS))]
    assert TAPE.answer(form_request(OPERATION, fields)) == EDITED.response


def test_json_is_found_whatever_its_spaces_and_order() -> None:
    assert TAPE.answer(evolve(DRAWN.request, body=b'{"prompt":"p","model":"m"}')) == DRAWN.response


@pytest.mark.parametrize(
    "request_",
    [
        evolve(DRAWN.request, auth="wrong"),
        evolve(DRAWN.request, body=b'{"prompt": "other", "model": "m"}'),
        evolve(DRAWN.request, method="PUT"),
        evolve(DRAWN.request, target="/api/v1/generate?x=1"),
        compose(OPERATION, FORM, {**MEMBERS, "image_file": Upload("b.png", "image/png", png())}),
        compose(OPERATION, FORM, {**MEMBERS, "image_file": Upload("a.png", "image/png", png(8, 8))}),
    ],
)
def test_an_unmatched_request_names_the_nearest(request_: Request) -> None:
    with pytest.raises(UnmatchedError, match=r"nearest is (drawn|edited), which differs in"):
        TAPE.answer(request_)


def test_a_key_is_never_written(tmp_path: Path) -> None:
    leaking = evolve(DRAWN, response=evolve(DRAWN.response, body=b"you sent secret-key"))
    with pytest.raises(CannotJudgeError, match="holds the key"):
        evolve(TAPE, exchanges=(leaking,)).save(tmp_path, "secret-key")
    assert not list(tmp_path.iterdir())


def test_the_header_of_a_key_is_kept_as_a_class() -> None:
    sent = httpx.Request(
        "POST", "https://x.invalid/p", headers={"authorization": "Bearer secret-key"}, content=b""
    )
    request = captured(sent, "secret-key")
    assert request.auth == "good"
    assert "secret-key" not in repr(request)


def test_a_damaged_tape_is_one_clear_line(tmp_path: Path) -> None:
    TAPE.save(tmp_path, "secret-key")
    (tmp_path / "edited.png").write_bytes(b"other")
    with pytest.raises(CannotJudgeError, match=r"edited\.png is not what was recorded"):
        recorded(tmp_path)


def test_a_tape_with_a_key_is_refused(tmp_path: Path) -> None:
    TAPE.save(tmp_path, "secret-key")
    index = json.loads((tmp_path / "tape.json").read_text("utf-8"))
    index["exchanges"][0]["request"]["headers"] = {"authorization": "Bearer " + "sk-" + "1"}
    (tmp_path / "tape.json").write_text(json.dumps(index), "utf-8")
    with pytest.raises(CannotJudgeError, match="looks like a key"):
        Tape.load(tmp_path)


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "a/b", "..", ""])
def test_a_tape_reads_no_file_beyond_its_folder(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "tape"
    (tmp_path / "secret").write_bytes(b"{}")
    TAPE.save(folder, "secret-key")
    index = json.loads((folder / "tape.json").read_text("utf-8"))
    index["exchanges"][0]["request"]["body"] = name
    (folder / "tape.json").write_text(json.dumps(index), "utf-8")
    with pytest.raises(CannotJudgeError, match="is damaged"):
        Tape.load(folder)
