# Built by `python -m generator build` from sdk.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import UNSET, OpenObject, Unset, define


@define
class SongRequest(OpenObject):
    """SongRequest. `client.songs.sing` says what its members mean."""

    words: str
    stream: bool | Unset = UNSET
