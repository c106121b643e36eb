# Built by `python -m generator build` from names.yaml: edits are lost.
"""Models of the contract. Each is imported when it is named."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .any_model import AnyModel
    from .list_ import List
    from .thing import Thing
    from .unset_model import UnsetModel

__all__ = [  # noqa: PLE0604
    "Thing",
    "List",
    "AnyModel",
    "UnsetModel",
]

# The module of each.
_MODULES = """
thing list_ any_model unset_model 
"""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = _MODULES.split()[__all__.index(name)]
    value: object = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value
