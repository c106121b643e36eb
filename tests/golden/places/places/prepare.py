# By `python -m generator build`.
"""Requests that are made and not sent: `client.prepare` has the methods of the client's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._runtime.base_core import BaseCore
from ._runtime.prepared import PreparedRequest
from ._runtime.resources import Preparing
from .resources.lists import ListsResource

if TYPE_CHECKING:
	from . import arguments


class PrepareLists(Preparing, of=ListsResource):
	def add(self, **values: Unpack[arguments.ListsAddArgs]) -> PreparedRequest:
		return self._prepare("add", values)

	def put(self, **values: Unpack[arguments.ListsPutArgs]) -> PreparedRequest:
		return self._prepare("put", values)


class Prepare:
	"""What calls would send. Takes the arguments of the calls and raises their ArgumentErrors; sends nothing."""

	def __init__(self, core: BaseCore) -> None:
		self.lists: PrepareLists = PrepareLists(core)
