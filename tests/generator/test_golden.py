"""First ring: what is built from small specs that are not this project's, byte by byte."""

import pytest

from tests.generator.projects import GOLDEN, NAMES, Projects, golden_files, type_errors


@pytest.mark.parametrize("name", NAMES)
def test_builds_the_golden_tree(built: Projects, name: str) -> None:
    wanted, found = golden_files(GOLDEN / name), golden_files(built.build(name))
    assert sorted(found) == sorted(wanted), "python -m tests.generator.update_golden"
    for path, content in found.items():
        assert content.decode() == wanted[path].decode(), f"{path}: python -m tests.generator.update_golden"


def test_every_built_client_is_mypy_strict_clean(built: Projects) -> None:
    assert type_errors(built.build(name) for name in NAMES) == ""
