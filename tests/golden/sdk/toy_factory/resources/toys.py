# By `python -m generator build`.
"""Make toys and look at them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Unpack

from .._plans import fetch_toy as _fetch_toy
from .._plans import make_toy as _make_toy
from .._plans import order_status as _order_status
from .._plans import print_label as _print_label
from .._runtime.plan import Wait
from .._runtime.resources import AsyncResource, Resource
from .._runtime.unset import UNSET, Unset

if TYPE_CHECKING:
	from .. import arguments
	from .._runtime.files import FileInput
	from .._runtime.options import Seconds
	from ..models import Frame
	from ..results import Label, Order, Picture, Toy

_WAIT: Wait[Picture] = Wait(
	_order_status.TOYS_STATUS,
	result=_fetch_toy.TOYS_PICTURE,
	parameters={"order": "id", "name": "name"},
	state="/state",
	done=("made",),
	failed=("broken",),
	message="/why",
	interval=0.5,
	timeout=10.0,
)


class ToysResource(Resource):
	"""Make toys and look at them."""

	def order(
		self,
		*,
		name: str,
		wheels: int | None = None,
		paint: Literal["red", "blue"] | str | None = None,
		engraving: str | None | Unset = UNSET,
		drawing: FileInput | None = None,
		extra: Mapping[str, object] | None = None,
		timeout: Seconds = UNSET,
		retry_unknown: bool | None = None,
	) -> Order:
		"""Order a toy.

		POST /toys. Raises ToyFactoryError.

		Args:
		    name: What to make.
		    wheels: How many wheels. At least 0. Default: 4.
		    paint: Its colour.
		    engraving: Null scrapes it off.
		    drawing: How it looks.
		    extra: Further members, sent as they are.
		    timeout: In seconds, 60 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		return self._send(_make_toy.TOYS_ORDER, locals())

	def status(
		self, *, order: str, name: str | None = None, timeout: Seconds = UNSET, retry_unknown: bool | None = None
	) -> Toy:
		"""Ask for the state.

		GET /toys/status. Raises ToyFactoryError.

		Args:
		    order: The order.
		    timeout: In seconds, 60 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		return self._send(_order_status.TOYS_STATUS, locals(), {}, parameters={"order": order, "name": name})

	def picture(
		self, *, order: str, name: str | None = None, timeout: Seconds = UNSET, retry_unknown: bool | None = None
	) -> Picture:
		"""Fetch the picture.

		GET /toys/picture. Raises ToyFactoryError.

		Args:
		    order: The order.
		    timeout: In seconds, 5 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		return self._send(_fetch_toy.TOYS_PICTURE, locals(), {}, parameters={"order": order, "name": name})

	def label(
		self,
		*,
		lines: Sequence[str],
		frame: Frame | Mapping[str, Any] | None = None,
		extra: Mapping[str, object] | None = None,
		timeout: Seconds = UNSET,
		retry_unknown: bool | None = None,
	) -> Label:
		"""Print a label.

		POST /labels. Raises ToyFactoryError.

		Args:
		    lines: Lines of the label.
		    frame: A frame.
		    extra: Further members, sent as they are.
		    timeout: In seconds, 60 by default; None waits for ever.
		    retry_unknown: Repeat also what may have been billed.
		"""
		return self._send(_print_label.TOYS_LABEL, locals())

	def wait(
		self,
		job: Order | str,
		*,
		name: str | None = None,
		on_progress: Callable[[Toy], object] | None = None,
		interval: float | None = None,
		timeout: float | None = None,
	) -> Picture:
		"""Wait until a toy is made.

		Args:
		    job: The job, or its id.
		    name: As in the request; only needed if `job` is a bare id.
		    on_progress: Called with every answer about the job's state.
		    interval: Seconds between two questions, 0.5 if left out.
		    timeout: Seconds after which to give up, 10 if left out.

		Raises:
		    JobFailedError: The job failed.
		    JobTimeoutError: It was not done in time; it goes on at the server.
		"""
		return self._core.wait(_WAIT, job, {"name": name}, on_progress=on_progress, interval=interval, timeout=timeout)


class AsyncToysResource(AsyncResource, of=ToysResource):
	async def order(self, **values: Unpack[arguments.ToysOrderArgs]) -> Order:
		"""Order a toy."""
		return await self._call("order", values)

	async def status(self, **values: Unpack[arguments.ToysStatusArgs]) -> Toy:
		"""Ask for the state."""
		return await self._call("status", values)

	async def picture(self, **values: Unpack[arguments.ToysPictureArgs]) -> Picture:
		"""Fetch the picture."""
		return await self._call("picture", values)

	async def label(self, **values: Unpack[arguments.ToysLabelArgs]) -> Label:
		"""Print a label."""
		return await self._call("label", values)

	async def wait(
		self,
		job: Order | str,
		*,
		name: str | None = None,
		on_progress: Callable[[Toy], object] | None = None,
		interval: float | None = None,
		timeout: float | None = None,
	) -> Picture:
		"""Wait until a toy is made."""
		return await self._core.wait(
			_WAIT, job, {"name": name}, on_progress=on_progress, interval=interval, timeout=timeout
		)
