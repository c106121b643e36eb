"""The models of a deployment stand in for those of the contract, in every job and every form of a request."""

from pathlib import Path
from typing import Any

import pytest

from eigen_contract.errors import CannotJudgeError
from eigen_contract.models import JOBS, Models, job_of
from eigen_contract.oracle import Oracle
from eigen_contract.runner import PhaseResult, Plan, Run
from eigen_contract.shapes import members
from eigen_contract.spec import Contract
from eigen_contract.targets.reference import load, over
from eigen_contract.wire import WireError, read

ORACLE = Oracle.of(Contract.load())


@pytest.mark.parametrize(
    ("properties", "job"),
    [
        ({"prompt": "p"}, "image"),
        ({"prompt": "p", "image_file": 1}, "edit"),
        ({"prompt": "p", "images": [1]}, "edit"),
        ({"prompt": "p", "image_path": "x"}, "edit"),
        ({"prompt": "p", "image": 1}, "edit"),
        ({"prompt": "p", "image": 1, "model": "wan2p2-i2v-14b-turbo"}, "video"),
        ({"prompt": "p", "image": 1, "frame_num": 9}, "video"),
        ({"prompt": "p", "image_url": "x"}, "video"),
        ({"text": "t"}, "speech"),
        ({"voice_reference_file": 1}, "speech"),
        ({"file": 1}, "transcription"),
    ],
)
def test_a_body_tells_its_job(properties: dict[str, Any], job: str) -> None:
    assert job_of(properties, ORACLE.models) == job


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("models.toml", 'image = "mine"\nspeak = "voice"\n'),
        ("models.toml", '[models]\nimage = "mine"\nspeech = "voice"\n'),
        ("models.json", '{"image": "mine", "speech": "voice"}'),
    ],
)
def test_a_file_names_models(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert Models.read(tmp_path / name).by_job == {"image": "mine", "speech": "voice"}
    both = Models.read(tmp_path / name, ["image=other", "video=v=2"])
    assert both.by_job == {"image": "other", "speech": "voice", "video": "v=2"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("imgae = 'x'", "there is no job 'imgae'; did you mean image?"),
        ("image = 5", "image: give the id of a model"),
        ("image = ''", "image: give the id of a model"),
        ("image", "cannot read the models"),
        ("models = 5", "models is not a table of jobs"),
    ],
)
def test_a_wrong_file_is_one_line(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "models.toml").write_text(text, "utf-8")
    with pytest.raises(CannotJudgeError) as caught:
        Models.read(tmp_path / "models.toml")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["image", "nothing=x", "image=", "=x"])
def test_a_wrong_argument_is_one_line(text: str) -> None:
    with pytest.raises(CannotJudgeError, match="--model") as caught:
        Models.read(None, [text])
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(CannotJudgeError, match="cannot read the models"):
        Models.read(tmp_path / "none.toml")


@pytest.mark.deep
def test_every_request_of_examples_and_scenarios_asks_for_the_models_named() -> None:
    """But for those that are broken on purpose, and those without a model."""
    mine = {job: f"my-{job}" for job in JOBS}
    sent: list[tuple[str, Any]] = []
    with over(load()) as target:
        plan = Plan(phases=frozenset({"examples", "scenarios"}), models=Models(mine))
        current_run = Run(
            ORACLE, target, plan, on_exchange=lambda exchange, _: sent.extend(model_of(exchange.request))
        )
        for step in current_run.planner.allowed:
            if step.name not in ("usual_seeds_work", "large_bodies_are_refused"):
                current_run.step(step, PhaseResult(step.phase))
    assert {model for _, model in sent} <= set(mine.values()) | {5, None}
    assert {model for _, model in sent} >= set(mine.values())


def model_of(request: Any) -> list[tuple[str, Any]]:
    """Return the job and the model of a request whose body can be read."""
    operation = ORACLE.contract.operation(request.method, request.path)
    body = operation.bodies.get(request.media_type) if operation else None
    wire = None
    if body is not None and request.auth == "good":
        try:
            wire = read(request, body, ORACLE.contract)
        except WireError:
            return []
    properties = members(wire.instance) if wire is not None else {}
    return [(job_of(properties, ORACLE.models), properties["model"])] if "model" in properties else []
