# By `python -m generator build`.
"""Models of the contract."""

from __future__ import annotations

import datetime

from attrs import define

from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset


@define
class Thing(OpenObject):
	"""Thing."""

	body: str | Unset = UNSET
	when: datetime.date | Unset = UNSET


@define
class AddListResponse200(OpenObject):
	"""AddListResponse200."""


@define
class PutAnyResponse200(OpenObject):
	"""PutAnyResponse200."""


@define
class PutMaybeResponse200(OpenObject):
	"""PutMaybeResponse200."""


@define
class PutThingResponse200(OpenObject):
	"""PutThingResponse200."""


@define
class SendFormResponse200(OpenObject):
	"""SendFormResponse200."""


@define
class ListenResponse200(OpenObject):
	"""ListenResponse200."""

	body: str | Unset = UNSET
