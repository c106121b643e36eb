"""A live target over a real socket: TLS, the budget, storms, and nothing that is to be refused."""

import json
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from eigen_contract.command_line import main
from eigen_contract.examples import examples
from eigen_contract.scenarios.access import BAD
from eigen_contract.spec import Contract
from tests.report.judging import Counted, answer_lifespan, document, faulty, served, tls_files

EXAMPLES = len(list(examples(Contract.load())))
"""Named examples of the spec: what a live target is sent, unless more is allowed."""


KEYS = ("--only", "image-generation", "--only", "bad_keys_are_refused")
"""One request that is taken, and some that are refused."""


def live(host: str, *more: str, budget: int = EXAMPLES + 9, scheme: str = "http") -> list[str]:
    return ["run", "--target", f"live:{scheme}://{host}", "--budget", str(budget), *more]


@pytest.mark.usefixtures("key")
def test_over_tls(
    app: ASGIApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    authority, certificate = tls_files(tmp_path, "127.0.0.1")
    counted = Counted(app)
    with served(counted, ssl_certfile=str(certificate)) as host:
        arguments = [
            "run",
            "--target",
            f"live:https://{host}",
            "--budget",
            str(EXAMPLES),
            "--phase",
            "examples",
        ]
        assert main(arguments) == 2, "a certificate that nobody vouches for is not trusted"
        assert "SSL_CERT_FILE" in capsys.readouterr().err
        assert counted.requests == []
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        assert main(arguments) == 0
    assert len(counted.requests) == EXAMPLES
    assert f"{EXAMPLES} exchanges: clean" in capsys.readouterr().out


@pytest.mark.deep
@pytest.mark.usefixtures("key")
def test_nothing_that_is_to_be_refused_is_sent(
    app: ASGIApp, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(app) as host:
        assert main(live(host, "--report", str(tmp_path), budget=250)) == 0
    keywords = document(tmp_path)["coverage"]["keywords"]
    assert sum(one["accepted"] for one in keywords) > 0
    assert sum(one["refused"] for one in keywords) == 0
    ended = capsys.readouterr()
    assert "plan: not sent without --allow-negative: bad_keys_are_refused" in ended.err
    assert "scenarios" in ended.out


@pytest.mark.usefixtures("key")
def test_what_is_to_be_refused_is_sent_if_that_is_allowed(
    app: ASGIApp, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--allow-negative", "--only", "bad_keys_are_refused", "--report", str(tmp_path)]
    # Each bad key at each operation, and two bad bodies with a wrong key at the endpoint.
    sent = len(BAD) * len(Contract.load().operations) + 2
    with served(app) as host:
        assert main(live(host, *arguments, budget=sent)) == 0
    phases = {phase["name"]: phase["exchanges"] for phase in document(tmp_path)["phases"]}
    assert phases == {"scenarios": sent}
    assert "not judged" not in capsys.readouterr().out


@pytest.mark.parametrize("budget", [1, 4])
@pytest.mark.usefixtures("key")
def test_the_budget_is_never_exceeded(budget: int, app: ASGIApp, capsys: pytest.CaptureFixture[str]) -> None:
    """What fits into the budget is judged, and the run says that the rest was not."""
    counted = Counted(app)
    with served(counted) as host:
        assert main(live(host, "--allow-negative", budget=budget)) == 0
    assert len(counted.requests) == budget
    out = capsys.readouterr().out
    assert f"not judged within the budget of {budget} requests: " in out
    assert f"{budget} exchanges: clean" in out


async def broke(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse everything, as a service does whose customer has no credits left."""
    if scope["type"] == "lifespan":
        await answer_lifespan(receive, send)
        return
    body = json.dumps({"message": "no credits"}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 402, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.mark.usefixtures("key")
def test_a_storm_of_402_stops_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    counted = Counted(broke)
    with served(counted) as host:
        assert main(live(host)) == 2
    assert len(counted.requests) == 3
    *_, phase, line = capsys.readouterr().err.splitlines()
    assert phase == "eigen-contract: examples"
    assert "3 answers of 402 in a row" in line


@pytest.mark.usefixtures("key")
def test_the_reference_over_a_socket_is_not_the_vendor(
    app: ASGIApp, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says who it is; so nothing is confirmed by it, and its faults fail the run."""
    arguments = ["--allow-negative", "--origin", "vendor", *KEYS, "--report", str(tmp_path)]
    with served(faulty(app, "wrong-error-shape")) as host:
        assert main(live(host, *arguments)) == 1
    report = document(tmp_path)
    assert report["origin"] == "reference"
    standings = {entry["standing"] for entry in report["ledger"]}
    assert standings == {"consistent", "inconsistent", "never touched"}
    assert "confirmed" not in capsys.readouterr().out


@pytest.mark.usefixtures("key")
def test_the_vendor_contradicts_an_assumption(
    app: ASGIApp, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """That is the spec's affair: it stands in the ledger, and fails the run with --strict alone."""
    vendor = Counted(faulty(app, "wrong-error-shape"), as_vendor=True)
    arguments = ["--allow-negative", "--origin", "vendor", *KEYS, "--report", str(tmp_path)]
    with served(vendor) as host:
        assert main(live(host, *arguments)) == 0
        lenient = document(tmp_path)
        assert main(live(host, *arguments, "--strict")) == 1
    assert lenient["origin"] == "vendor"
    standing = {entry["pointer"]: entry["standing"] for entry in lenient["ledger"]}
    assert standing["#/components/schemas/Error"] == "contradicted"
    assert standing["#/components/schemas/ImageGeneration/properties/prompt"] == "confirmed"
    assert standing["#/components/responses/Unauthorized"] == "confirmed"
    assert {finding["fails"] for finding in lenient["findings"]} == {False}
    out = capsys.readouterr().out
    assert "for the ledger: errors_have_a_message at #/components/schemas/Error" in out
    assert "contradicted: #/components/schemas/Error (assumed)" in out


@pytest.mark.usefixtures("key")
def test_a_server_of_somebody_else_is_not_the_vendor(
    app: ASGIApp, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is confirmed by it, and all its faults fail the run, unless the evidence is to be weighed."""
    unknown = Counted(faulty(app, "wrong-error-shape"), as_vendor=True)
    arguments = ["--allow-negative", *KEYS, "--report", str(tmp_path)]
    with served(unknown) as host:
        assert main(live(host, *arguments)) == 1
        report = document(tmp_path)
        assert main(live(host, *arguments, "--weigh-evidence")) == 0
        weighed = document(tmp_path)
    assert report["origin"] == weighed["origin"] == "deployment"
    assert {finding["fails"] for finding in report["findings"]} == {True}
    assert {finding["fails"] for finding in weighed["findings"]} == {False}
    assert not {"confirmed", "contradicted"} & {entry["standing"] for entry in report["ledger"]}
    assert "origin deployment" in capsys.readouterr().out


@pytest.mark.usefixtures("key")
def test_the_vendor_breaks_what_is_observed(app: ASGIApp, capsys: pytest.CaptureFixture[str]) -> None:
    vendor = Counted(faulty(app, "missing-field"), as_vendor=True)
    with served(vendor) as host:
        assert main(live(host, "--origin", "vendor", budget=1)) == 1
    assert "rests on what is observed" in capsys.readouterr().out
