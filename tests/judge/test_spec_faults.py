"""A fault in the spec turns the suites red, although client, server and judge are made from the faulty one.

What does not follow the spec sees it: the page's tables and commands, and the tape of what was once answered.
The client is rebuilt first, so neither drift nor a hash can be what fails.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.judge.planting import CAUGHT, Planted, copy, suite

# Builds a client for every case: minutes, where all else takes seconds.
pytestmark = pytest.mark.deep

SPEC = "openapi.yaml"
PAGE = ("test_a_row_of_the_page_is_a_field_of_the_variant",)
STEPS = "        num_inference_steps:\n          type: number\n"
SPEECH = "                - $ref: '#/components/schemas/Speech'\n"
FAULTS: dict[str, tuple[Planted, ...]] = {
    "renamed-field": (
        Planted(
            SPEC,
            "num_inference_steps",
            "inference_steps",
            (
                "test_the_client_sends_what_the_pages_curl_sends",
                "test_an_example_is_answered_as_the_spec_says",
                "test_an_example_gives_the_announced_result",
            ),
        ),
    ),
    "widened-type": (Planted(SPEC, STEPS, STEPS.replace("number", "[number, string]"), PAGE),),
    "lost-variant": (
        Planted(SPEC, SPEECH, "", ("test_no_exchange_on_the_tape_contradicts_the_spec",)),
        Planted(SPEC, "[SpeechForm, Speech]", "[SpeechForm]", ()),
    ),
}
COPIED = (
    SPEC,
    "pyproject.toml",
    "generator",
    "contract_tests",
    "tests/page.toml",
    "tests/contract/test_page.py",
    "tests/generator/test_surface_pinned.py",
    "tests/generator/surface.txt",
)
SUITES = (
    "tests/contract/test_page.py",
    "tests/generator/test_surface_pinned.py",
    "contract_tests/test_server_tape.py",
    "contract_tests/test_server_examples.py",
    "contract_tests/test_client_targets.py",
    "contract_tests/test_client_curl.py",
)


def rebuild(folder: Path) -> None:
    """Make everything that is made from the spec, as the session `generate` does."""
    for package in ("eigen_contract", "eigen_reference"):
        shutil.copy2(folder / SPEC, folder / "contract_tests" / package / SPEC)
    command = [sys.executable, "-m", "generator", "build", "--spec", SPEC, "--out", "generated_client"]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_the_spec_is_found(name: str, tmp_path: Path) -> None:
    folder = copy(tmp_path, *COPIED)
    for planted in FAULTS[name]:
        planted.plant(folder)
    rebuild(folder)
    outcome = suite(folder, "--target", "recorded", paths=SUITES)
    assert outcome.status == CAUGHT, outcome.output
    assert {test for planted in FAULTS[name] for test in planted.seen_by} <= set(outcome.failed)


def test_an_added_parameter_keeps_the_suites_green(tmp_path: Path) -> None:
    folder = copy(tmp_path, *COPIED)
    added = STEPS.replace("num_inference_steps", "added_knob") + "          description: A new knob.\n"
    Planted(SPEC, STEPS, added + STEPS, ()).plant(folder)
    rebuild(folder)
    made = (folder / "generated_client" / "eigen_generate" / "resources" / "images.py").read_text("utf-8")
    assert "added_knob" in made
    outcome = suite(folder, "--target", "recorded", paths=SUITES)
    assert outcome.status == 0, outcome.output
