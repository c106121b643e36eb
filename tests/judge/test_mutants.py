"""The mutants that `python -m mutants` draws: one of each kind is caught by what should catch it.

How many of all that can be drawn are caught is for the session `mutants` to say.
"""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eigen_contract.oracle import Oracle
from eigen_contract.spec import Contract
from eigen_contract.targets.reference import over
from mutants.argued import MOST, argued
from mutants.client import judging as client
from mutants.client import seams
from mutants.client.planting import CLIENT, planted
from mutants.errors import BrokenError
from mutants.mutant import Mutant, drawn
from mutants.running import LEAST, POOLS
from mutants.server import judging as server
from mutants.server.rewriting import Call, Planting
from mutants.spec import judging as spec
from mutants.spec import operators

# Judges a server for every fault: minutes, where all else takes seconds.
pytestmark = pytest.mark.deep

STEPS = "#/components/schemas/ImageEditOptions/properties/num_inference_steps"
CAUGHT: dict[str, tuple[Callable[[], Any], Callable[[Mutant], str | None], str, str]] = {
    "a boolean as True": (
        client.pool,
        client.caught_by,
        "True-for-true at multipart/form-data/binary_response",
        "test_the_client_sends_what_the_pages_curl_sends",
    ),
    "a constant boundary": (
        client.pool,
        client.caught_by,
        "constant-boundary at +++",
        "test_any_valid_value_arrives_as_it_was_given",
    ),
    "a field that is dropped": (
        client.pool,
        client.caught_by,
        "dropped-member at ImagesResource.generate/negative_prompt",
        "test_odd_values_arrive_in_every_field",
    ),
    "a field that is renamed": (
        spec.pool,
        spec.caught_by,
        "rename-member at num_inference_steps wherever it stands",
        "examples_are_on_the_tape",
    ),
    "a type that is widened": (
        spec.pool,
        spec.caught_by,
        f"one-more-type at {STEPS}",
        "test_a_row_of_the_page_is_a_field_of_the_variant",
    ),
    "a member that is asked for too much": (
        server.pool,
        server.caught_by,
        "required-stream at #/components/schemas/Speech/required",
        "the_verdict_is_the_contracts",
    ),
    "a member that tells another job": (
        server.pool,
        server.caught_by,
        "unforbidden at #/components/schemas/VideoByReference/properties/image",
        "the_verdict_is_the_contracts",
    ),
    "a path that is taken in JSON alone": (
        server.pool,
        server.caught_by,
        "closed-list at #/components/schemas/ImageEdit/properties/image_path",
        "references_are_taken_in_every_encoding",
    ),
    "a seed that fails": (
        server.pool,
        server.caught_by,
        "magic-seed at application/json/seed is 13",
        "usual_seeds_work",
    ),
}
"""By what is wrong: where the mutant comes from, who judges it, its name, and what sees it first."""


@pytest.mark.parametrize("fault", CAUGHT)
def test_a_mutant_is_caught_by_what_should_catch_it(fault: str) -> None:
    pool, caught_by, name, seen_by = CAUGHT[fault]
    mutant = next(mutant for mutant in pool() if mutant.name == name)
    caught = caught_by(mutant)
    assert caught is not None
    assert caught.endswith(seen_by)


def test_a_parameter_that_is_added_to_the_spec_is_no_fault(tmp_path: Path) -> None:
    def add(document: dict[str, Any]) -> None:
        schema = document["components"]["schemas"]["ImageEditOptions"]
        schema["properties"]["added_knob"] = {
            "type": "number",
            "description": "A knob.",
            "x-evidence": "docs",
        }

    spec.lay_out(tmp_path, operators.changed(Contract.load(), add))
    assert list(spec.on_tape(Oracle.of(Contract.load(tmp_path / spec.SPEC)))) == []
    assert list(spec.by_client(tmp_path)) == []
    made = (tmp_path / "generated_client" / "eigen_generate" / "resources" / "images.py").read_text("utf-8")
    assert "added_knob" in made


def test_a_fault_that_breaks_itself_is_no_catch() -> None:
    broken = seams.seam("none", "broken", "value_text", "request/scalars.value_text", "return args[99]")
    with pytest.raises(BrokenError, match="IndexError"):
        client.caught_by(broken)


def test_a_fault_at_a_function_that_is_gone_is_an_error() -> None:
    gone = seams.seam("none", "gone", "nothing", "request/scalars.no_such_function", "return None")
    with pytest.raises(LookupError, match="no_such_function"):
        client.caught_by(gone)


@pytest.mark.parametrize("side", LEAST)
def test_a_run_takes_from_every_family_and_follows_from_its_seed(side: Any) -> None:
    pool = list(POOLS[side]())
    run = drawn(pool, seed=5)[: LEAST[side]]
    assert {mutant.family for mutant in run} == {mutant.family for mutant in pool}
    assert [mutant.name for mutant in run] == [mutant.name for mutant in drawn(pool, seed=5)[: LEAST[side]]]
    assert [mutant.name for mutant in run] != [mutant.name for mutant in drawn(pool, seed=6)[: LEAST[side]]]


def test_every_mutant_has_a_name_of_its_own() -> None:
    for pool in POOLS.values():
        names = [(mutant.family, mutant.name) for mutant in pool()]
        assert len(names) == len(set(names))


def test_every_client_mutant_changes_its_module() -> None:
    sources = {path: path.read_text("utf-8") for path in CLIENT.rglob("*.py")}
    trees = {path: ast.dump(ast.parse(source)) for path, source in sources.items()}
    for mutant in client.pool():
        path = CLIENT / mutant.plant.module
        assert ast.dump(ast.parse(mutant.plant.change(sources[path]))) != trees[path], mutant.name


def test_a_fault_that_leaves_no_client_is_no_catch() -> None:
    broken = planted("none", "broken", "call", "_calls/generate.py", lambda source: f"{source}\nundefined\n")
    with pytest.raises(BrokenError, match="NameError"):
        client.caught_by(broken)


def test_a_fault_of_the_server_that_fails_itself_is_no_catch() -> None:
    def failing(call: Call) -> Call:
        raise KeyError(call.path)

    with pytest.raises(BrokenError, match="KeyError"):
        server.caught_by(Mutant("server", "none", "broken", "anything", Planting(failing)))


def test_a_corpus_hides_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "CASES", 20)
    walked, drawn_ones = server.generated(tmp_path)
    assert walked.is_complete
    assert drawn_ones.is_complete
    assert len(walked.judged) == len(walked.requests)
    shared = server.judge_parts()
    name = "another-status at #/paths/~1api~1v1~1generate/post/responses/400 as 404"
    mutant = next(one for one in server.pool() if one.name.startswith(name))
    with over(server.application(mutant.plant, shared.engines)) as target:
        checks = {finding.check for finding in server.in_answers(shared, target, walked)}
    assert "the_verdict_is_the_contracts" in checks
    assert 0 < walked.remembered < len(walked.requests)


def test_few_are_argued_away() -> None:
    assert len(argued()) <= MOST


def test_a_misreading_changes_the_spec() -> None:
    contract = Contract.load()
    same = [
        mutant.name
        for mutant in operators.pool()
        if operators.changed(contract, mutant.plant) == contract.document
    ]
    assert same == []
