"""Which models there are, which jobs each does, and which job a body asks for.

The model ids and their jobs are those that public programs and the vendor's pages name. Any other id is
served by the default model of the job that the body asks for, so that the page's `YOUR_MODEL` works.
"""

from typing import Any, Literal

from ..contract import Contract
from ..problems import member_problem
from .contract_made import NoEngineError

Job = Literal["generate", "edit", "transcribe", "speak", "video"]

JOBS: dict[str, frozenset[Job]] = {
    "eigen-image": frozenset({"generate", "edit"}),
    "qwen-image-edit-2511": frozenset({"edit"}),
    "whisper_v3_turbo": frozenset({"transcribe"}),
    "higgs_asr_3": frozenset({"transcribe"}),
    "higgs2p5": frozenset({"speak"}),
    "chatterbox": frozenset({"speak"}),
    "qwen3-tts": frozenset({"speak"}),
    "wan2p2-i2v-14b-turbo": frozenset({"video"}),
}
DEFAULTS: dict[Job, str] = {
    "generate": "eigen-image",
    "edit": "qwen-image-edit-2511",
    "transcribe": "whisper_v3_turbo",
    "speak": "higgs2p5",
    "video": "wan2p2-i2v-14b-turbo",
}
VARIANTS: dict[str, Job] = {
    "ImageGeneration": "generate",
    "ImageEdit": "edit",
    "ImageEditByReference": "edit",
    "Transcription": "transcribe",
    "Speech": "speak",
    "SpeechForm": "speak",
    "Video": "video",
    "VideoByReference": "video",
}
SHARED = "ImageEditOrVideo"
"""The variant whose members alone do not tell an edit from a video."""


def job_of(variant: str, values: dict[str, Any], contract: Contract) -> Job:
    """Return the job that a body of `variant` asks for.

    Where both are possible, only a video's model makes a video. Raises NoEngineError.
    """
    if variant != SHARED:
        if variant not in VARIANTS:
            raise NoEngineError(variant)
        return VARIANTS[variant]
    if not contract.validator("Video").is_valid(values):
        return "edit"
    if not contract.validator("ImageEdit").is_valid(values):
        return "video"
    return "video" if "video" in JOBS.get(values["model"], ()) else "edit"


def serving(model: str, job: Job) -> str:
    """Return the known model that serves `model`.

    Raises RequestError if it is known to do other jobs only.
    """
    if model not in JOBS:
        return DEFAULTS[job]
    if job in JOBS[model]:
        return model
    does = " and ".join(sorted(JOBS[model]))
    raise member_problem("model", f"{model} does {does}, and the other fields ask it to {job}", "wrong_model")
