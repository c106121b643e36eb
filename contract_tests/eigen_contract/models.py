"""Which model a deployment has for each job: a deployment is seldom asked by the names of the contract."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from attrs import field, frozen

from eigen_contract.errors import CannotJudgeError
from eigen_contract.shapes import members as members_of

JOBS = ("image", "edit", "transcription", "speech", "video")
ALIASES = {"transcribe": "transcription", "speak": "speech"}
"""How the client's command line calls two of the jobs."""
VIDEO_VARIANTS = frozenset({"Video", "VideoByReference"})
VIDEO_PROPERTIES = ("image_url", "frame_num", "infer_steps")
EDIT_PROPERTIES = ("image_file", "images", "image_path")


@frozen
class Models:
    """The models to ask for, by job; a job that is not named keeps the model of the contract."""

    by_job: Mapping[str, str] = field(factory=dict[str, str])

    @classmethod
    def read(cls, path: Path | None, named: Iterable[str] = ()) -> "Models":
        """Read a file of models, and `JOB=ID` from the command line, which goes before the file.

        Args:
            path: TOML, or JSON if its name ends so: a table of jobs and model ids, or a table `models` of it.

        Raises:
            CannotJudgeError: the file does not read, a job is unknown, or an id is empty.
        """
        by_job = read_file(path) if path else {}
        for text in named:
            job, separator, model = text.partition("=")
            if not separator:
                raise CannotJudgeError(f"--model {text!r}: write JOB=ID; the jobs are {', '.join(JOBS)}")
            by_job[job_named(job, f"--model {text!r}")] = model_id(model, f"--model {text!r}")
        return cls(by_job)

    def applied(self, value: Any, variants_by_model: Mapping[str, frozenset[str]]) -> Any:
        """Return a body that asks for the model of its job in place of its own.

        Args:
            value: the properties of a body; anything else, and a body without a text as `model`, stays.
            variants_by_model: the variants for which the contract knows each model.
        """
        properties = members_of(value)
        if not properties or not self.by_job:
            return value
        model = properties.get("model")
        named = self.by_job.get(job_of(properties, variants_by_model))
        return {**properties, "model": named} if isinstance(model, str) and named else value

    def of(self, job: str, default: str) -> str:
        """Return the model of a job; `default` if none was named."""
        return self.by_job.get(job, default)


def job_of(properties: Mapping[str, Any], variants_by_model: Mapping[str, frozenset[str]]) -> str:
    """Return the job that a body asks for, by its properties; by its model where only that decides."""
    if "file" in properties:
        return "transcription"
    if "text" in properties or "voice_reference_file" in properties:
        return "speech"
    if any(name in properties for name in VIDEO_PROPERTIES):
        return "video"
    if any(name in properties for name in EDIT_PROPERTIES):
        return "edit"
    if "image" in properties:
        known = variants_by_model.get(str(properties.get("model")), frozenset())
        return "video" if known & VIDEO_VARIANTS else "edit"
    return "image"


def read_file(path: Path) -> dict[str, str]:
    """Read a file of models. Raises CannotJudgeError."""
    try:
        text = path.read_text("utf-8")
        document: Any = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise CannotJudgeError(f"cannot read the models {path}: {error.strerror}") from error
    except ValueError as error:
        raise CannotJudgeError(f"cannot read the models {path}: {error}") from error
    if not isinstance(document, dict):
        raise CannotJudgeError(f'cannot read the models {path}: write a table such as image = "my-model"')
    table = members_of(document)
    inner = table.get("models", table)
    if not isinstance(inner, dict):
        raise CannotJudgeError(f"cannot read the models {path}: models is not a table of jobs")
    return {
        job_named(job, str(path)): model_id(model, f"{path}: {job}")
        for job, model in members_of(inner).items()
    }


def job_named(name: str, where: str) -> str:
    """Return a job by its name. Raises CannotJudgeError if there is none of that name."""
    job = ALIASES.get(name, name)
    if job in JOBS:
        return job
    near = get_close_matches(name, JOBS, 1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise CannotJudgeError(f"{where}: there is no job {name!r}; {hint}the jobs are {', '.join(JOBS)}")


def model_id(value: Any, where: str) -> str:
    """Return the id of a model. Raises CannotJudgeError if it is empty, or not a text."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise CannotJudgeError(f"{where}: give the id of a model, a text that is not empty")
