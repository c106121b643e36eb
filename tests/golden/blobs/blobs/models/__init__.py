# Built by `python -m generator build` from blobs.yaml: edits are lost.
"""Models of the contract. Each is imported when it is named."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .add_scan_files_body import AddScanFilesBody
    from .add_scan_files_body_settings_type_0 import AddScanFilesBodySettingsType0
    from .scan import Scan

__all__ = [  # noqa: PLE0604
    "Scan",
    "AddScanFilesBody",
    "AddScanFilesBodySettingsType0",
]

# The module of each.
_MODULES = """
scan add_scan_files_body add_scan_files_body_settings_type_0 
"""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = _MODULES.split()[__all__.index(name)]
    value: object = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value
