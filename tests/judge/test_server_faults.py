"""Every fault that the reference server can be given turns the suite red; without one it is green.

What is seen here is behaviour alone: answers of a running application, judged by examples and scenarios.
"""

import pytest
from starlette.types import ASGIApp

from eigen_contract.exchange import Finding
from eigen_contract.oracle import Oracle
from eigen_contract.runner import Plan, run
from eigen_contract.spec import Contract
from eigen_contract.targets.reference import over
from eigen_reference.app import create_app
from eigen_reference.faults import FAULTS
from eigen_reference.faulty import FaultyApp
from mutants.server.rewriting import Planting, Rewriting

# Judges a server for every fault: minutes, where all else takes seconds.
pytestmark = pytest.mark.deep

SEEN_BY: dict[str, set[str]] = {
    "wrong-status": {"status_is_documented"},
    "missing-field": {"json_matches_its_schema"},
    "truncated-png": {"media_is_whole"},
    "bad-base64": {"base64_is_strict"},
    "no-auth": {"bad_keys_are_refused"},
    "sse-no-end": {"stream_is_well_formed"},
    "ignored-seed": {"other_seed_other_bytes"},
    "ignored-size": {"size_is_honoured"},
    "no-challenge": {"refusals_say_what_would_do"},
    "key-by-its-beginning": {"bad_keys_are_refused"},
    "key-and-more": {"bad_keys_are_refused"},
    "key-in-any-case": {"bad_keys_are_refused"},
    "charged-refusals": {"refused_requests_have_no_effect"},
    "disturbing-refusals": {"refused_requests_have_no_effect"},
    "stack-traces": {"errors_keep_innards_to_themselves"},
    "sse-at-once": {"streams_begin_before_they_end"},
}
"""The check that each of these must be seen by, whatever else sees it."""


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle.of(Contract.load())


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    """Give one application to all, so that its engines work once."""
    return create_app()


def findings(oracle: Oracle, app: ASGIApp) -> tuple[Finding, ...]:
    """Judge by examples and scenarios, but for the long walk.

    The application's lifespan is kept from it: the first judge would shut down the engines of all others,
    whose videos would then fail whatever the fault.
    """
    with over(Rewriting(app, Planting())) as target:
        return run(target, oracle, Plan(phases=frozenset({"examples", "scenarios"}))).findings


def test_the_server_without_a_fault_is_clean(oracle: Oracle, app: ASGIApp) -> None:
    assert findings(oracle, app) == ()


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_the_server_is_found(name: str, oracle: Oracle, app: ASGIApp) -> None:
    found = {finding.check for finding in findings(oracle, FaultyApp(app, FAULTS[name]))}
    assert found
    assert SEEN_BY.get(name, set()) <= found
