# Built by `python -m generator build` from sdk.yaml: edits are lost.
"""Requests that are made and not sent: `client.prepare` has the methods of the client's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._runtime.base_core import BaseCore
from ._runtime.prepared import PreparedRequest
from ._runtime.resources import Preparing
from .resources.songs import SongsResource
from .resources.toys import ToysResource

if TYPE_CHECKING:
    from . import arguments


class PrepareToys(Preparing):
    """What the methods of `toys` would send."""

    def order(self, **values: Unpack[arguments.ToysOrderArguments]) -> PreparedRequest:
        """Order a toy."""
        return self._prepare("order", values)

    def status(self, **values: Unpack[arguments.ToysStatusArguments]) -> PreparedRequest:
        """Ask for the state."""
        return self._prepare("status", values)

    def picture(self, **values: Unpack[arguments.ToysPictureArguments]) -> PreparedRequest:
        """Fetch the picture."""
        return self._prepare("picture", values)

    def label(self, **values: Unpack[arguments.ToysLabelArguments]) -> PreparedRequest:
        """Print a label."""
        return self._prepare("label", values)


class PrepareSongs(Preparing):
    """What the methods of `songs` would send."""

    def sing(self, **values: Unpack[arguments.SongsSingArguments]) -> PreparedRequest:
        """Sing a song."""
        return self._prepare("sing", values)


class Prepare:
    """What calls would send. Takes the arguments of the calls and raises their ArgumentErrors; sends nothing."""

    def __init__(self, core: BaseCore) -> None:
        self.toys: PrepareToys = PrepareToys(ToysResource, core)
        """Make toys and look at them."""
        self.songs: PrepareSongs = PrepareSongs(SongsResource, core)
        """Make toys sing."""
