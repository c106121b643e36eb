# By `python -m generator build`.
"""Models of the contract."""

from __future__ import annotations

from attrs import define

from .._runtime.files import FileInput as File
from .._runtime.objects import OpenObject
from .._runtime.unset import UNSET, Unset


@define
class Scan(OpenObject):
	"""Scan."""

	page_base64: str
	dpi: int | Unset = UNSET


@define
class AddScanFilesBody(OpenObject):
	"""AddScanFilesBody."""

	page: File
	more: list[File] | Unset = UNSET
	settings: AddScanFilesBodySettingsType0 | str | Unset = UNSET


@define
class AddScanFilesBodySettingsType0(OpenObject):
	"""AddScanFilesBodySettingsType0."""
