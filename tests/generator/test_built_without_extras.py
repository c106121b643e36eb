"""A client builds in an environment without its extras, as that of the session `drift` is."""

import sys
from pathlib import Path

import pytest

from generator import pipeline
from generator.errors import GeneratorError
from tests.generator.projects import GOLDEN


def test_a_client_builds_without_the_packages_of_its_extras(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Those of `cli` and `mcp`, of `batch` and `dask`, and the others. The generator itself needs jinja2.
    for name in (
        *("cyclopts", "mcp", "mcp_types", "rich", "uvicorn"),
        *("filelock", "pyarrow", "distributed", "fsspec"),
        *("h2", "httpx2", "jschon", "socksio"),
    ):
        monkeypatch.setitem(sys.modules, name, None)
    pipeline.build(GOLDEN / "sdk.yaml", tmp_path / "client")
    assert (tmp_path / "client" / "toy_factory" / "_commands" / "__init__.py").exists()


def test_a_client_does_not_build_without_what_it_depends_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "anyio", None)
    with pytest.raises(GeneratorError, match="does not import"):
        pipeline.build(GOLDEN / "sdk.yaml", tmp_path / "client")
