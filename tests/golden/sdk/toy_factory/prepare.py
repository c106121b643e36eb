# By `python -m generator build`.
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


class PrepareToys(Preparing, of=ToysResource):
	def order(self, **values: Unpack[arguments.ToysOrderArgs]) -> PreparedRequest:
		return self._prepare("order", values)

	def status(self, **values: Unpack[arguments.ToysStatusArgs]) -> PreparedRequest:
		return self._prepare("status", values)

	def picture(self, **values: Unpack[arguments.ToysPictureArgs]) -> PreparedRequest:
		return self._prepare("picture", values)

	def label(self, **values: Unpack[arguments.ToysLabelArgs]) -> PreparedRequest:
		return self._prepare("label", values)


class PrepareSongs(Preparing, of=SongsResource):
	def sing(self, **values: Unpack[arguments.SongsSingArgs]) -> PreparedRequest:
		return self._prepare("sing", values)


class Prepare:
	"""What calls would send. Takes the arguments of the calls and raises their ArgumentErrors; sends nothing."""

	def __init__(self, core: BaseCore) -> None:
		self.toys: PrepareToys = PrepareToys(core)
		self.songs: PrepareSongs = PrepareSongs(core)
