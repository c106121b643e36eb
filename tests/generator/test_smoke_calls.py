"""The smoke test calls each operation of a built client once, by its method and by the raw layer."""

from pathlib import Path

import pytest

from generator import pipeline
from generator.errors import GeneratorError
from generator.model.sdk_names import SdkNames
from generator.rendering import packaging
from generator.rendering.smoke_calls import list_smoke_calls
from tests.generator.projects import GOLDEN


def test_each_operation_is_called_by_its_method_and_by_the_raw_layer(tmp_path: Path) -> None:
    work = pipeline.build(GOLDEN / "notes.yaml", tmp_path / "client")
    assert work.client_model is not None
    calls = list_smoke_calls(work.client_model)
    methods = {f"{resource}.{name}": arguments for resource, name, arguments in calls if resource}
    raw = {name: arguments for resource, name, arguments in calls if not resource}
    assert len(methods) == len(raw) == 13
    assert methods["notes.create"] == {"text": "text"}
    assert methods["notes.replace_drawing"] == {"id": 1, "body": {"file of the smoke test": "text"}}
    assert methods["notes.summarize"] == {"ids": [1]}
    assert raw["create_note"] == {"body": {"text": "text"}}


@pytest.mark.parametrize(
    ("module", "line", "complaint"),
    [
        ("resources/labels.py", "return self._core.call(", "the call of labels.list fails"),
        ("api/notes/list_notes.py", "return parse(", "the call of the raw layer.list_notes fails"),
    ],
)
def test_a_call_that_breaks_is_never_put_in_place(
    module: str, line: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = packaging.stamp

    def spoil(project: Path, spec: Path, names: SdkNames) -> None:
        stamp(project, spec, names)
        path = project / "notes" / module
        source = path.read_text(encoding="utf-8")
        assert line in source
        path.write_text(source.replace(line, f"{line}nothing_of_this_name, ", 1), encoding="utf-8")

    monkeypatch.setattr(packaging, "stamp", spoil)
    with pytest.raises(GeneratorError, match=complaint):
        pipeline.build(GOLDEN / "notes.yaml", tmp_path / "client")
    assert list(tmp_path.iterdir()) == []
