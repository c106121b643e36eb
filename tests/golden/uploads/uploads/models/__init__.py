# Built by `python -m generator build` from uploads.yaml: edits are lost.
"""Models of the contract. Each is imported when it is named."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .album import Album
    from .layout import Layout
    from .receipt import Receipt

__all__ = [  # noqa: PLE0604
    "Album",
    "Layout",
    "Receipt",
]

# The module of each.
_MODULES = """
album layout receipt 
"""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = _MODULES.split()[__all__.index(name)]
    value: object = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value
