# Built by `python -m generator build` from clashes.yaml: edits are lost.
"""Models of the contract. Each is imported when it is named."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .ab import AB
    from .ab2 import AB2
    from .any_2 import Any2
    from .any_model import AnyModel
    from .every import Every
    from .every_h import EveryH
    from .every_h2 import EveryH2
    from .every_k_type_1 import EveryKType1
    from .every_k_type_1x import EveryKType1X
    from .http_port import HTTPPort
    from .http_port_2 import HttpPort2
    from .kept_response import KeptResponse
    from .list_item import ListItem
    from .outer_type_0 import OuterType0
    from .outer_type_0_inner import OuterType0Inner
    from .outer_type_0_inner_deep_item import OuterType0InnerDeepItem
    from .where_parameter import WhereParameter

__all__ = [  # noqa: PLE0604
    "Every",
    "AnyModel",
    "Any2",
    "AB",
    "AB2",
    "EveryH",
    "EveryH2",
    "EveryKType1",
    "EveryKType1X",
    "ListItem",
    "OuterType0",
    "OuterType0Inner",
    "OuterType0InnerDeepItem",
    "WhereParameter",
    "KeptResponse",
    "HTTPPort",
    "HttpPort2",
]

# The module of each.
_MODULES = """
every any_model any_2 ab ab2
every_h every_h2 every_k_type_1 every_k_type_1x list_item
outer_type_0 outer_type_0_inner outer_type_0_inner_deep_item where_parameter kept_response
http_port http_port_2 
"""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = _MODULES.split()[__all__.index(name)]
    value: object = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value
