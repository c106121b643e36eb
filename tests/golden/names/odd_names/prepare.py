# By `python -m generator build`.
"""Requests that are made and not sent: `client.prepare` has the methods of the client's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ._runtime.base_core import BaseCore
from ._runtime.prepared import PreparedRequest
from ._runtime.resources import Preparing
from .resources.things import ThingsResource

if TYPE_CHECKING:
	from . import arguments


class PrepareThings(Preparing, of=ThingsResource):
	def make(self, **values: Unpack[arguments.ThingsMakeArgs]) -> PreparedRequest:
		return self._prepare("make", values)


class Prepare:
	"""What calls would send. Takes the arguments of the calls and raises their ArgumentErrors; sends nothing."""

	def __init__(self, core: BaseCore) -> None:
		self.things: PrepareThings = PrepareThings(core)
