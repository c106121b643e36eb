"""The method that starts a job and waits for it: made where its names are free, and nowhere else."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator import pipeline
from tests.generator.projects import GOLDEN


def build(folder: Path, changes: Mapping[str, str]) -> tuple[str, str]:
    """Build a client of the changed specification; return its resource `toys` and its README."""
    text = (GOLDEN / "sdk.yaml").read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    spec = folder / "sdk.yaml"
    spec.write_text(text, encoding="utf-8")
    pipeline.build(spec, folder / "client")
    resource = folder / "client" / "toy_factory" / "resources" / "toys.py"
    return resource.read_text("utf-8"), (folder / "client" / "README.md").read_text("utf-8")


def test_the_readme_shows_the_method_that_waits(tmp_path: Path) -> None:
    resource, readme = build(tmp_path, {})
    assert resource.count("def order_and_wait(") == 2
    assert "client.toys.order_and_wait(" in readme
    assert "isinstance(result, Order)" not in readme
    assert "import ToyFactory\n" in readme


@pytest.mark.parametrize(
    ("changes", "waiting"),
    [
        ({"wheels": "interval"}, "toys.wait"),
        ({"wheels": "on_progress"}, "toys.wait"),
        ({"wheels": "wait_timeout"}, "toys.wait"),
        (
            {
                "resource: toys\n      method: wait": "resource: songs\n      method: wait",
                "toys.wait": "songs.wait",
            },
            "songs.wait",
        ),
    ],
    ids=["interval", "on_progress", "wait_timeout", "another resource"],
)
def test_is_not_made_where_a_name_is_taken(tmp_path: Path, changes: dict[str, str], waiting: str) -> None:
    resource, readme = build(tmp_path, changes)
    assert "order_and_wait" not in resource
    assert f"if isinstance(result, Order):\n    result = client.{waiting}(result)" in readme
    assert "import Order, ToyFactory\n" in readme or "import ToyFactory, Order\n" in readme


def test_a_method_of_that_name_stays_as_it_is(tmp_path: Path) -> None:
    resource, _ = build(tmp_path, {"method: label,": "method: order_and_wait,"})
    assert resource.count("def order_and_wait(") == 2
    assert resource.count("-> Label:") == 2
