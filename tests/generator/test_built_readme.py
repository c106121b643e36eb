"""What the README of a built client says of clients that are unlike ours."""

import re
from pathlib import Path

import pytest

from generator import pipeline

SPEC = """
openapi: 3.1.0
info: {title: %s, version: '1'}
security: [%s]
components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
paths:
  /a: {get: {operationId: ask, responses: {'200': {description: It is so.}}}}
"""


def readme(folder: Path, title: str, security: str) -> str:
    spec = folder / "api.yaml"
    spec.write_text(SPEC % (title, security), encoding="utf-8")
    pipeline.build(spec, folder / "client")
    return " ".join((folder / "client" / "README.md").read_text(encoding="utf-8").split())


def test_a_client_without_a_key_speaks_of_none(tmp_path: Path) -> None:
    text = readme(tmp_path, "Pets", "{}")
    assert "The server is read from `PETS_BASE_URL`" in text
    assert "Both" not in text.partition("```")[0]
    assert "key" not in text.partition("```")[0]


@pytest.mark.parametrize(("title", "article"), [("Pets", "a"), ("Eigen", "an"), ("Ants", "an")])
def test_an_error_has_the_article_of_its_name(title: str, article: str, tmp_path: Path) -> None:
    text = readme(tmp_path, title, "{bearer: []}")
    assert f"raised as {article} `{title}Error`" in text
    assert re.search("The key is read from `[A-Z]+_API_KEY`, the server from", text)
