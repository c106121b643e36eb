"""Loading the contract."""

from pathlib import Path

import pytest

from eigen_reference.contract import Contract, ContractError, Member, find, load
from eigen_reference.service import FORM, GENERATE, JSON
from tests.reference.serving import UPLOAD


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load(find())


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("prompt", Member()),
        ("seed", Member(frozenset({"number"}))),
        ("width", Member(frozenset({"integer"}))),
        ("binary_response", Member(frozenset({"boolean"}))),
        ("sampling", Member(frozenset({"object", "string"}))),
        ("image_file", Member(is_file=True)),
        ("images", Member(is_file=True, is_list=True)),
        ("audio_prompt_file", Member(is_file=True)),
    ],
)
def test_knows_how_each_member_of_the_form_is_typed(contract: Contract, name: str, member: Member) -> None:
    assert contract.body(GENERATE, FORM).members[name] == member


def test_knows_the_variants_of_each_body(contract: Contract) -> None:
    assert {"ImageGeneration", "Speech"} <= set(contract.body(GENERATE, JSON).variants)
    assert {"ImageGeneration", "SpeechForm"} <= set(contract.body(GENERATE, FORM).variants)
    assert list(contract.body(UPLOAD, FORM).variants) == ["VoiceUpload"]


def test_knows_the_members_that_a_variant_refuses(contract: Contract) -> None:
    assert {"text", "image_path"} <= contract.closed("Transcription")
    assert "file" not in contract.closed("Transcription")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (None, "No such file"),
        ("- a list", "not an OpenAPI document"),
        ("a: [", "cannot be read"),
        ("openapi: 3.1.0", "/components/schemas is missing"),
        ("components: {schemas: {A: {type: 7}}}", "/components/schemas/A/type"),
        ("components: {schemas: {A: {}}}", "/paths is missing"),
        (
            "components: {schemas: {A: {}}}\npaths: {/api/v1/generate: {post: {}}}",
            "~1generate/post/requestBody",
        ),
    ],
)
def test_says_what_is_wrong_with_a_contract(tmp_path: Path, text: str | None, where: str) -> None:
    path = tmp_path / "spec.yaml"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ContractError) as caught:
        load(path)
    assert where in str(caught.value)
    assert str(path) in str(caught.value)
