# Built by `python -m generator build` from places.yaml: edits are lost.
"""Requests that are made and not sent: `client.prepare` has the methods of the client's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._runtime.base_core import BaseCore
from ._runtime.prepared import PreparedRequest
from ._runtime.resources import Preparing
from .resources.lists import ListsResource

if TYPE_CHECKING:
    from . import arguments


class PrepareLists(Preparing):
    """What the methods of `lists` would send."""

    def add(self, **values: Unpack[arguments.ListsAddArguments]) -> PreparedRequest:
        """Add a list."""
        return self._prepare("add", values)

    def put(self, **values: Unpack[arguments.ListsPutArguments]) -> PreparedRequest:
        """Put anything."""
        return self._prepare("put", values)


class Prepare:
    """What calls would send. Takes the arguments of the calls and raises their ArgumentErrors; sends nothing."""

    def __init__(self, core: BaseCore) -> None:
        self.lists: PrepareLists = PrepareLists(ListsResource, core)
        """Lists of things."""
