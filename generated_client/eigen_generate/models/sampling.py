# Built by `python -m generator build` from openapi.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class Sampling(OpenObject):
    """Controls of the sampling.

    Attributes:
        temperature: How much chance there is. If left out, the service takes 1.0. Evidence: docs.
        top_p: Share of the probability mass to draw from. If left out, the service takes 0.95.
            Evidence: docs.
        top_k: Number of candidates to draw from. If left out, the service takes 50. Evidence: docs.
    """

    temperature: float | Unset = UNSET
    top_p: float | Unset = UNSET
    top_k: float | Unset = UNSET
