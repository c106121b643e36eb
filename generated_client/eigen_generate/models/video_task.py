# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class VideoTask(OpenObject):
    """How a video model answers a submit.

    Attributes:
        task_id: The id to ask for as `jobId`. Evidence: docs.
        task_status: State of the job, `pending` at first. Evidence: docs.
    """

    task_id: str
    task_status: str
