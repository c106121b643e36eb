# Built by `python -m generator build` from blobs.yaml: edits are lost.
from __future__ import annotations

from .._runtime.objects import OpenObject, define


@define
class AddScanFilesBodySettingsType0(OpenObject):
    """AddScanFilesBodySettingsType0."""
