"""A fault in the built client turns the suite red, by what leaves the client.

That it is green without one is what the contract sessions see.
"""

from pathlib import Path

import pytest

from tests.judge.planting import CAUGHT, Planted, copy, suite

# Builds a client for every case: minutes, where all else takes seconds.
pytestmark = pytest.mark.deep

RUNTIME = "generated_client/eigen_generate/_runtime"
TEXT = "    if isinstance(value, str):\n        return str.__str__(value)\n"
SENDS = ("test_any_valid_value_arrives_as_it_was_given",)
FAULTS: dict[str, Planted] = {
    "boolean-as-True": Planted(
        f"{RUNTIME}/scalars.py",
        TEXT,
        f"    if isinstance(value, bool):\n        return str(value)\n{TEXT}",
        (*SENDS, "test_the_client_sends_what_the_pages_curl_sends"),
    ),
    "lost-filename": Planted(
        f"{RUNTIME}/multipart.py",
        "if isinstance(part.content, Upload):",
        "if False:",
        (*SENDS, "test_the_client_sends_what_the_pages_curl_sends"),
    ),
    "15-as-15.0": Planted(
        f"{RUNTIME}/scalars.py",
        TEXT,
        f"    if type(value) is int:\n        return str(float(value))\n{TEXT}",
        (*SENDS, "test_the_client_sends_what_the_pages_curl_sends"),
    ),
    "constant-boundary": Planted(
        f"{RUNTIME}/multipart.py", "os.urandom(16).hex()", '"+++"', ("test_no_file_can_forge_a_part",)
    ),
    "dropped-field": Planted(
        "generated_client/eigen_generate/resources/images.py",
        '                "negative_prompt": negative_prompt,\n',
        "",
        SENDS,
    ),
}
COPIED = ("generated_client", "contract_tests", "openapi.yaml", "pyproject.toml", "tests/page.toml")
# Forms are where these faults show; half of the tests see as much as all of them.
FORMS = ("-k", "(form-data and not async) or forge or curl")
SUITES = ("contract_tests/test_client_sends.py", "contract_tests/test_client_curl.py")


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_the_client_is_found(name: str, tmp_path: Path) -> None:
    folder = copy(tmp_path, *COPIED)
    FAULTS[name].plant(folder)
    outcome = suite(folder, *FORMS, paths=SUITES)
    assert outcome.status == CAUGHT, outcome.output
    assert set(FAULTS[name].seen_by) <= set(outcome.failed)
