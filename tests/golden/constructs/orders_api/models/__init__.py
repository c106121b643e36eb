# Built by `python -m generator build` from constructs.yaml: edits are lost.
"""Models of the contract. Each is imported when it is named."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .filter_ import Filter
    from .find_orders_response_200 import FindOrdersResponse200
    from .order import Order
    from .order_labels import OrderLabels
    from .order_next import OrderNext
    from .order_next_labels import OrderNextLabels
    from .order_place import OrderPlace

__all__ = [  # noqa: PLE0604
    "Filter",
    "Order",
    "OrderPlace",
    "OrderNext",
    "OrderLabels",
    "OrderNextLabels",
    "FindOrdersResponse200",
]

# The module of each.
_MODULES = """
filter_ order order_place order_next order_labels
order_next_labels find_orders_response_200 
"""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = _MODULES.split()[__all__.index(name)]
    value: object = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value
