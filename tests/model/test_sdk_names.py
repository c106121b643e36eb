"""What a client is called, by the command line, by `x-sdk` or by the title of its document."""

from pathlib import Path

import pytest

from generator.__main__ import main
from generator.model.sdk_names import SdkNames, choose_names
from tests.generator.projects import GOLDEN

X_SDK = {"distribution": "toy-factory", "package": "toy_factory", "client": "ToyFactory"}


@pytest.mark.parametrize(
    ("title", "distribution", "package", "client"),
    [
        ("Pet Shop", "pet-shop", "pet_shop", "PetShop"),
        ("The Pet Shop API", "pet-shop", "pet_shop", "PetShop"),
        ("PetShop v3 REST API", "petshop", "petshop", "PetShop"),
        ("Pet Shop Web API 2.0.1", "pet-shop", "pet_shop", "PetShop"),
        ("Pet Shop's official OpenAPI spec + extensions", "pet-shop", "pet_shop", "PetShop"),
        ("Pets - Api", "pets", "pets", "Pets"),
        ("Pets (beta): OpenAPI Specification", "pets", "pets", "Pets"),
        ("REST API", "rest-api", "rest_api", "RESTAPI"),
        ("API", "api", "api", "API"),
        ("JSON", "json-api", "json_api", "JSON"),
        ("Meta API", "meta", "meta", "MetaClient"),
        ("3 little words", "api-3-little-words", "api_3_little_words", "Api3LittleWords"),
        ("ペット", "api", "api", "Api"),
    ],
)
def test_a_title_makes_the_names_that_a_person_would_choose(
    title: str, distribution: str, package: str, client: str
) -> None:
    assert choose_names(SdkNames(), {}, title) == SdkNames(distribution, package, client)


def test_the_command_line_comes_before_x_sdk_and_x_sdk_before_the_title() -> None:
    assert choose_names(SdkNames(), X_SDK, "Pets") == SdkNames("toy-factory", "toy_factory", "ToyFactory")
    names = choose_names(SdkNames(client="Toys"), X_SDK, "Pets")
    assert names == SdkNames("toy-factory", "toy_factory", "Toys")
    assert choose_names(SdkNames("acme-toys"), {}, "Pets") == SdkNames("acme-toys", "acme_toys", "Pets")
    assert choose_names(SdkNames(package="toys"), {}, "Pets") == SdkNames("toys", "toys", "Pets")


@pytest.mark.parametrize(
    ("option", "name"),
    [
        *(("--name", name) for name in ("Pets", "pets_2", "-pets", "pets--2", "pet shop", "../pets")),
        *(("--package", name) for name in ("Pets", "pet-shop", "2pets", "json", "httpx", "class", "a.b")),
        *(("--client", name) for name in ("pets", "Pet_Shop", "Pet Shop", "Any", "Timeout", "None", "Core")),
    ],
)
def test_a_name_that_cannot_be_used_is_one_clear_line(
    option: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--spec", str(GOLDEN / "notes.yaml"), "--out", str(tmp_path / "client")]
    assert main(["build", *arguments, f"{option}={name}"]) == 2
    message = capsys.readouterr().err
    assert message.startswith(f"generator: {option}: `{name}` cannot be used (")
    assert message.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_names_what_is_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--spec", str(GOLDEN / "notes.yaml"), "--out", str(tmp_path / "client")]
    names = ["--name", "acme-notes", "--client", "Notebook"]
    assert main(["build", *arguments, *names]) == 0
    assert 'name = "acme-notes"' in (tmp_path / "client" / "pyproject.toml").read_text(encoding="utf-8")
    source = (tmp_path / "client" / "acme_notes" / "client.py").read_text(encoding="utf-8")
    assert "class AsyncNotebook:" in source
    assert main(["check", *arguments, *names]) == 0
    assert main(["check", *arguments]) == 0, "the client says how it was called"
    assert main(["build", *arguments, "--client", "Pad"]) == 0
    source = (tmp_path / "client" / "acme_notes" / "client.py").read_text(encoding="utf-8")
    assert "class AsyncPad:" in source
    assert main(["check", *arguments, *names]) == 1
    assert f"run `python -m generator build --spec={GOLDEN}" in capsys.readouterr().err
    capsys.readouterr()
