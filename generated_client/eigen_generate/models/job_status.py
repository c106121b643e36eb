# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from typing import Literal

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class JobStatus(OpenObject):
    """State of a video job.

    Attributes:
        task_id: The id of the job. Evidence: docs.
        status: One of the known states, or one that is not known yet. Evidence: docs.
        start_time: When the work began. Evidence: docs.
        end_time: When the work ended. Evidence: docs.
        error: Why the job failed. Evidence: docs.
    """

    task_id: str
    status: Literal["pending", "processing", "completed", "failed"] | str
    start_time: str | float | None | Unset = UNSET
    end_time: str | float | None | Unset = UNSET
    error: str | None | Unset = UNSET
