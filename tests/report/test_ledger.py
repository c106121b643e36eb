"""What a run says of every labelled statement, and which statements a finding rests on."""

from collections import Counter

import pytest
from starlette.types import ASGIApp

from eigen_contract.examples import examples
from eigen_contract.exchange import Exchange, Finding, Request, Response
from eigen_contract.ledger import LABELS, Ledger, facts_of, grounded, weighed
from eigen_contract.oracle import Oracle
from eigen_contract.report import Result
from eigen_contract.spec import Contract
from tests.report.judging import SCENARIOS, faulty, judged

GENERATE = "#/paths/~1api~1v1~1generate/post"
EVENTS = f"{GENERATE}/responses/200/content/text~1event-stream"
ERROR = "#/components/schemas/Error"
JSON = (("content-type", "application/json"),)
NO_PROMPT = b'{"model": "m", "image_path": "https://example.com/a.png"}'
"""What only an edit can be meant by, whatever other variants there are."""


def exchange(
    body: bytes, status: int, answer: bytes = b"{}", media_type: str = "application/json"
) -> Exchange:
    request = Request("POST", "/api/v1/generate", JSON, body)
    return Exchange(request, Response(status, (("content-type", media_type),), answer), "test")


def rests_on(oracle: Oracle, finding: Finding) -> dict[str, str]:
    """Return the facts that a finding rests on, with their labels."""
    [(_, facts)] = grounded(oracle, facts_of(oracle.contract), [finding])
    return {fact.pointer: fact.label for fact in facts}


def test_every_label_of_the_spec_is_a_fact(contract: Contract) -> None:
    facts = facts_of(contract)
    assert facts["#/components/schemas/Speech/properties/text"].label == "page"
    assert facts["#/components/schemas/Speech/x-evidence-required/text"].label == "expected"
    default = facts["#/components/schemas/Speech/properties/temperature/x-evidence-default"]
    assert (default.label, default.says) == ("docs", "The default is 0.8.")
    assert facts[f"{GENERATE}/responses/200/content/image~1png"].label == "assumed"
    assert {fact.label for fact in facts.values()} == set(LABELS)


def test_a_fact_is_touched_by_what_was_there(oracle: Oracle, app: ASGIApp) -> None:
    ledger = judged(oracle, app).ledger
    times = {entry.fact.pointer: entry.times for entry in ledger.entries}
    assert times["#/components/schemas/Sampling/properties/top_k"] > 0
    assert times["#/components/schemas/SpeechChunk/properties/data"] > 0
    assert times[f"{EVENTS}/schema/properties/data"] > 0
    with_file = [
        example
        for example in examples(oracle.contract)
        if example.operation.id == "generate" and example.filled != example.value
    ]
    assert times[f"{GENERATE}/requestBody"] == len(with_file)
    assert times[f"{GENERATE}/responses/200/links/VideoFile"] == 0
    assert times["#/components/schemas/Sampling/properties/top_p"] == 0
    assert times["#/components/responses/Unauthorized"] == 0
    assert times[f"{GENERATE}/requestBody/content/application~1json/examples/speech-stream"] == 1


@pytest.fixture(scope="module")
def tried(oracle: Oracle, app: ASGIApp) -> Result:
    """What the scenarios find out about our own server."""
    return judged(oracle, app, SCENARIOS)


def test_links_are_touched_by_the_calls_that_they_lead_to(tried: Result) -> None:
    times = {entry.fact.pointer: entry.times for entry in tried.ledger.entries}
    assert times[f"{GENERATE}/responses/200/links/VideoState"] > 0
    assert times[f"{GENERATE}/responses/200/links/VideoFile"] > 0


def test_our_own_answers_confirm_nothing(tried: Result) -> None:
    standings = {entry.standing for entry in tried.ledger.entries}
    assert standings == {"consistent", "never touched"}


def test_a_requirement_is_touched_by_the_refusal_of_what_lacks_it(
    oracle: Oracle, app: ASGIApp, tried: Result
) -> None:
    requirement = "#/components/schemas/ImageGeneration/x-evidence-required/prompt"
    refused = {entry.fact.pointer: entry.standing for entry in tried.ledger.entries}
    assert refused[requirement] == "consistent"
    examples = {entry.fact.pointer: entry.standing for entry in judged(oracle, app).ledger.entries}
    assert examples[requirement] == "never touched"


def test_a_fault_stands_against_the_statement_that_it_breaks(oracle: Oracle, app: ASGIApp) -> None:
    ledger = judged(oracle, faulty(app, "missing-field")).ledger
    against = {entry.fact.pointer: entry.against for entry in ledger.entries if entry.against}
    json_body = f"{GENERATE}/responses/200/content/application~1json"
    assert {finding.check for finding in against[json_body]} == {"json_matches_its_schema"}
    assert ledger.standing("inconsistent")


@pytest.mark.parametrize(
    ("finding", "grounds"),
    [
        pytest.param(
            Finding("errors_have_a_message", "", ERROR, exchange(b"{}", 400)),
            {ERROR: "assumed"},
            id="own place",
        ),
        pytest.param(
            Finding("the_verdict_is_the_contracts", "", f"{GENERATE}/x", exchange(NO_PROMPT, 200)),
            {
                "#/components/responses/BadRequest": "expected",
                "#/components/schemas/ImageEditOptions/x-evidence-required/prompt": "expected",
            },
            id="a refusal rests on its status and on what is missing",
        ),
        pytest.param(
            Finding(
                "the_verdict_is_the_contracts",
                "",
                f"{GENERATE}/x",
                exchange(b'{"model": "eigen-image", "prompt": "p", "width": 512}', 400),
            ),
            {"#/components/schemas/ImageGeneration/properties/width": "docs"},
            id="an acceptance rests on the weakest member",
        ),
        pytest.param(
            Finding("the_server_did_not_fail", "", f"{GENERATE}/responses/500", exchange(b"{}", 500)),
            {},
            id="HTTP itself rests on nothing of ours",
        ),
        pytest.param(
            Finding(
                "content_type_is_documented",
                "",
                f"{GENERATE}/responses/200",
                exchange(b'{"model": "eigen-image", "prompt": "p"}', 200, b"", "image/bmp"),
            ),
            "assumed",
            id="that no other type comes is as weak as the list",
        ),
    ],
)
def test_a_finding_rests_on_its_weakest_statements(
    finding: Finding, grounds: dict[str, str] | str, oracle: Oracle
) -> None:
    found = rests_on(oracle, finding)
    assert set(found.values()) == {grounds} if isinstance(grounds, str) else found == grounds


def test_a_key_that_is_taken_though_wrong_breaks_what_the_page_says(oracle: Oracle) -> None:
    request = Request("POST", "/api/v1/generate", JSON, b'{"model": "eigen-image", "prompt": "p"}', "wrong")
    taken = Exchange(request, Response(200, JSON, b"{}"), "test")
    finding = Finding("bad_keys_are_refused", "", GENERATE, taken)
    assert rests_on(oracle, finding) == {"#/components/securitySchemes/bearerAuth": "page"}


def test_only_the_vendor_speaks_against_the_spec(oracle: Oracle) -> None:
    weak = Finding("errors_have_a_message", "", ERROR, exchange(b"{}", 400))
    strong = Finding("the_server_did_not_fail", "", f"{GENERATE}/responses/500", exchange(b"{}", 500))
    assert weighed(oracle, "vendor", [weak, strong], strict=False) == ([strong], [weak])
    assert weighed(oracle, "vendor", [weak, strong], strict=True) == ([weak, strong], [])
    assert weighed(oracle, "vendor", [weak, strong]) == ([strong], [weak])
    for origin in ("deployment", "reference"):
        assert weighed(oracle, origin, [weak, strong]) == ([weak, strong], [])
        assert weighed(oracle, origin, [weak, strong], strict=False) == ([strong], [weak])


def test_a_ledger_of_the_vendor_confirms_and_contradicts(oracle: Oracle) -> None:
    weak = Finding("errors_have_a_message", "", ERROR, exchange(b"{}", 400))
    touched = Counter({"#/components/responses/BadRequest": 1, ERROR: 1})
    ledger = Ledger.of(oracle, "vendor", touched, [weak])
    standing = {entry.fact.pointer: entry.standing for entry in ledger.entries}
    assert standing["#/components/responses/BadRequest"] == "confirmed"
    assert standing[ERROR] == "contradicted"
    assert standing["#/components/responses/Forbidden"] == "never touched"
