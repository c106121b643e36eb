"""The reports themselves: the same bytes for the same seed, and everything that a reader needs."""

import os
import re
import shutil
import socket
import subprocess
import threading
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from attrs import evolve
from starlette.types import ASGIApp

from eigen_contract.command_line import main
from eigen_contract.deviations import Deviation, load_deviations, unexpected
from eigen_contract.evidence import as_markdown
from eigen_contract.exchange import AUTH_CLASSES, AuthClass, Exchange, Finding, Request, Response
from eigen_contract.ledger import Ledger
from eigen_contract.oracle import Oracle
from eigen_contract.report import Result, prepare, write
from eigen_contract.report.bodies import BodyFiles, file_name
from eigen_contract.report.page import as_page
from eigen_contract.report.rules import STOCK, rule_of
from eigen_contract.runner import Judgement, PhaseResult, Plan, notes_on, run
from eigen_contract.spec import Contract
from eigen_contract.survey import Survey
from eigen_contract.targets import Choice, open_target
from eigen_contract.targets.target import auth_class
from tests.report.judging import SCENARIOS, answering, document, faulty, judged

ROOT = Path(__file__).parents[2]
KEY = "test-key"


def result_of(oracle: Oracle, *findings: Finding) -> Result:
    """Make the result of a run that found this."""
    phase_result = PhaseResult("examples", len(findings), 0.5, list(findings))
    survey = Survey.of(oracle.contract)
    judgement = Judgement(
        "reference", oracle.contract.sha256, 1, ("a note",), (phase_result,), "reference", survey
    )
    return Result.of(oracle, judgement, findings)


def found(request: Request, response: Response, message: str = "it is wrong") -> Finding:
    return Finding("media_is_whole", message, "#/paths", Exchange(request, response, "example x"))


def written(folder: Path, result: Result, key: str = KEY) -> dict[str, bytes]:
    """Write a report; return its files by their names."""
    prepare(folder)
    write(folder, result, key)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def timeless(files: dict[str, bytes]) -> dict[str, bytes]:
    """Take the times out of a report, in all its forms."""
    seconds = (
        rb'("(?:seconds|median|p95|longest)": |time="|data-label="[a-z0-9 ]+">|findings|after|<dd>) *\d+\.\d+'
    )
    moments = rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d"
    return {name: re.sub(moments, b"", re.sub(seconds, rb"\1", data)) for name, data in files.items()}


@pytest.mark.deep
def test_the_same_seed_gives_the_same_bytes(oracle: Oracle, app: ASGIApp, tmp_path: Path) -> None:
    one, other = (
        written(tmp_path / name, judged(oracle, faulty(app, "truncated-wav"), SCENARIOS))
        for name in ("one", "other")
    )
    assert timeless(one) == timeless(other)
    assert set(one) >= {"report.json", "report.html", "report.txt", "report.sarif", "junit.xml"}
    assert b"more of these labels" not in one["report.txt"], "the file lists what a terminal leaves out"
    assert [name for name in one if name.startswith("bodies/") and name.endswith(".wav")]


class Links(HTMLParser):
    """Lists what a page would fetch, and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.leads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.fetched += [value for name in ("src", "srcset", "data") if (value := values.get(name))]
        if tag == "link":
            self.fetched.append(str(values.get("href")))
        if tag == "a":
            self.leads.append(str(values.get("href")))


def test_the_page_stands_alone(oracle: Oracle, app: ASGIApp, tmp_path: Path) -> None:
    files = written(tmp_path, judged(oracle, faulty(app, "truncated-png"), SCENARIOS))
    links = Links()
    links.feed(files["report.html"].decode())
    assert all(link.startswith("data:image/") for link in links.fetched)
    inside = {link for link in links.leads if link.startswith("#")}
    assert inside >= {"#findings", "#coverage", "#ledger"}
    outside = set(links.leads) - inside
    assert outside
    assert outside <= {name for name in files if name.startswith("bodies/")}
    assert b"url(" not in files["report.html"]


def test_what_a_server_says_is_no_part_of_the_page(oracle: Oracle) -> None:
    evil = '</pre><script>alert(1)</script><img src=x onerror="alert(2)">'
    response = Response(200, (("content-type", evil), ("x-evil", evil)), evil.encode())
    finding = found(Request("POST", f"/{evil}", (), evil.encode()), response, evil)
    page = as_page(result_of(oracle, finding), BodyFiles())
    assert page.count("<script") == 1
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "script-src 'sha256-" in page.replace("&#x27;", "'")


def test_a_key_that_a_server_sends_back_is_written_nowhere(oracle: Oracle, tmp_path: Path) -> None:
    secret = "sk-" + "0123456789" + "abcdef"  # in pieces, so that no scan for secrets stops here
    echoed = f'{{"error": "no such key: {secret}"}}'.encode()
    long = Response(401, (("x-echo", secret), ("content-type", "application/json")), echoed + b" " * 3000)
    finding = found(Request("POST", "/api/v1/generate"), long, f"it said {secret}")
    files = written(tmp_path, result_of(oracle, finding), secret)
    assert file_name(long) in files
    assert [name for name, data in files.items() if secret.encode() in data] == []


def test_the_bodies_of_an_older_report_are_gone(oracle: Oracle, tmp_path: Path) -> None:
    picture = found(Request("POST", "/"), Response(200, (("content-type", "image/png"),), bytes(9)))
    assert picture.exchange
    name = file_name(picture.exchange.response)
    assert name.endswith(".png")
    assert name in written(tmp_path, result_of(oracle, picture))
    (tmp_path / "bodies" / "001-response.wav").write_bytes(b"of an older version")
    assert [file for file in written(tmp_path, result_of(oracle)) if file.startswith("bodies/")] == []


def test_junit_counts_what_fails(oracle: Oracle, tmp_path: Path) -> None:
    finding = found(Request("POST", "/", (), b"\x00\x01"), Response(500), "a \x00 byte that XML cannot hold")
    suite = ET.fromstring(written(tmp_path, result_of(oracle, finding, finding))["junit.xml"])[0]
    assert suite.get("failures") == "1"
    failure = suite.find(".//failure")
    assert failure is not None
    assert failure.get("message") == "a \ufffd byte that XML cannot hold (2 findings)"
    assert finding.exchange
    assert f"--data-binary @{file_name(finding.exchange.request)}" in str(failure.text)


def test_json_names_rule_place_grounds_and_command(oracle: Oracle, app: ASGIApp, tmp_path: Path) -> None:
    written(tmp_path, judged(oracle, faulty(app, "missing-field")))
    finding = document(tmp_path)["findings"][0]
    assert finding["check"] == "json_matches_its_schema"
    assert (
        finding["rule"]
        == "A JSON body parses as JSON and matches the schema that the contract has for this status."
    )
    assert finding["pointer"].endswith("/content/application~1json/schema")
    assert [fact["label"] for fact in finding["rests_on"]] == ["observed"]
    assert finding["occurrences"][0]["response"]["status"] == 200
    assert "$EIGENAI_API_KEY" in finding["occurrences"][0]["curl"]


def test_every_check_has_a_rule() -> None:
    named = ["media_is_whole", "bad_keys_are_refused", "examples_succeed", "deviations"]
    assert STOCK not in {rule_of(check) for check in named}
    assert rule_of("schemathesis.anything") == STOCK


BODIES = {
    "json": (b'{"model": "m", "prompt": "it\'s $5 `now` \\u00e9"}', "application/json"),
    "unicode": ('{"prompt": "\u00e4\u65e5\U0001f600"}'.encode(), "application/json"),
    "form": (
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\x00\xff\r\n--x--\r\n',
        "multipart/form-data",
    ),
    "file name": (b"@/etc/hostname", "text/plain"),
    "long": (b"a" * 5000, "text/plain"),
    "no type": (b"model=m", ""),
    "lines": (b"one\ntwo\r\nthree\x1b", "text/plain"),
    "nothing": (b"", ""),
}


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on PATH to run the command with")
@pytest.mark.parametrize("auth", AUTH_CLASSES)
@pytest.mark.parametrize("name", BODIES)
def test_the_command_sends_the_request_again(
    name: str, auth: AuthClass, oracle: Oracle, tmp_path: Path
) -> None:
    """What curl sends is the request, byte for byte, with the key from the environment."""
    if auth != "good" and name != "json":
        auth = "good"
    body, media_type = BODIES[name]
    headers = (("content-type", media_type),) if media_type else ()
    request = Request("POST", "/api/v1/generate?a=$b&c=[1]&d=../%20'x", headers, body, auth)
    written(tmp_path, result_of(oracle, found(request, Response(200))))
    command = document(tmp_path)["findings"][0]["occurrences"][0]["curl"]
    head, sent = sent_by(command, tmp_path)
    lines = head.decode("latin-1").split("\r\n")
    values = {line.partition(": ")[0].lower(): line.partition(": ")[2] for line in lines[1:]}
    assert lines[0] == f"POST {request.target} HTTP/1.1"
    assert sent == body
    assert values.get("content-type", "") == media_type
    # A space at the end of a header is lost in parsing, by curl or by servers; the class may become `good`.
    assert auth_class(values.get("authorization"), KEY) in {auth, auth.replace("trailing-space", "good")}
    assert KEY not in command


def well(connection: socket.socket, _: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


def sent_by(command: str, folder: Path) -> tuple[bytes, bytes]:
    """Run a command in a folder; return the head and the body that a server received."""
    received: list[bytes] = []
    with answering(well, received) as url:
        environment = {"BASE_URL": url, "EIGENAI_API_KEY": KEY, "PATH": os.environ["PATH"]}
        subprocess.run(
            ["sh", "-c", command], cwd=folder, env=environment, check=True, capture_output=True, timeout=20
        )
    head, _, body = received[0].partition(b"\r\n\r\n")
    return head, body


FINDING = Finding("media_is_whole", "the PNG is cut short", "#/paths/x")


def known(folder: Path, message: str = "the PNG is cut short") -> list[Deviation]:
    """Write a baseline that accepts one finding, and read it."""
    entry = {"target": "recorded", "check": "media_is_whole", "pointer": "#/paths/x", "reason": "r"}
    lines = [f'{name} = "{value}"' for name, value in {**entry, "message": message}.items()]
    path = folder / "known.toml"
    path.write_text("\n".join(["[[deviation]]", *lines, "since = 2026-01-31"]), "utf-8")
    return load_deviations(path, "recorded")


def test_a_baseline_accepts_what_it_lists(tmp_path: Path) -> None:
    other = evolve(FINDING, pointer="#/paths/y")
    assert unexpected([FINDING, other], known(tmp_path)) == [other]


def test_a_baseline_can_name_one_finding_among_others(tmp_path: Path) -> None:
    other = evolve(FINDING, message="the WAV is cut short")
    assert unexpected([FINDING, other], known(tmp_path, "PNG")) == [other]


def test_what_is_gone_and_what_is_new_are_both_told(tmp_path: Path) -> None:
    other = evolve(FINDING, pointer="#/paths/y")
    assert [one.check for one in unexpected([other], known(tmp_path))] == ["media_is_whole", "deviations"]


def test_an_accepted_finding_that_is_gone_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known(tmp_path)
    baseline = str(tmp_path / "known.toml")
    assert main(["run", "--target", "recorded", "--baseline", baseline]) == 1
    assert "the accepted finding of media_is_whole is gone" in capsys.readouterr().out
    assert main(["run", "--target", "recorded", "--baseline", baseline, "--phase", "tape"]) == 0


def test_the_evidence_page_is_what_the_tape_makes_of_the_spec(oracle: Oracle) -> None:
    with open_target(Choice(target="recorded", tape=ROOT / "contract_tests" / "recordings")) as target:
        judgement, notes = run(target, oracle, Plan()), notes_on(target, oracle)
    ledger = Ledger.of(oracle, judgement.origin, judgement.survey.touched, judgement.findings)
    page = (ROOT / "docs" / "evidence.md").read_text("utf-8")
    assert page == as_markdown(ledger, notes), "run ./dev -s generate"


def test_the_evidence_command_writes_the_page(tmp_path: Path) -> None:
    assert main(["evidence", "--out", str(tmp_path / "evidence.md")]) == 0
    page = (tmp_path / "evidence.md").read_text("utf-8")
    assert page.startswith("# What is known")
    said = Contract.load().at("#/components/schemas/Speech/properties/text")["description"]
    assert f"| consistent | {said} | `#/components/schemas/Speech/properties/text` |" in page
