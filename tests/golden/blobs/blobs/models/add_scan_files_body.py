# Built by `python -m generator build` from blobs.yaml: edits are lost.
from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.objects import UNSET, File, OpenObject, Unset, define

if TYPE_CHECKING:
    from ..models.add_scan_files_body_settings_type_0 import AddScanFilesBodySettingsType0


@define
class AddScanFilesBody(OpenObject):
    """AddScanFilesBody."""

    page: File
    more: list[File] | Unset = UNSET
    settings: AddScanFilesBodySettingsType0 | str | Unset = UNSET
