# Built by `python -m generator build` from sdk.yaml: edits are lost.
"""Models of the contract. Each is imported when it is named."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .fetch_toy_response_200 import FetchToyResponse200
    from .frame import Frame
    from .label_request import LabelRequest
    from .make_toy_response_202 import MakeToyResponse202
    from .order_status_response_200 import OrderStatusResponse200
    from .plan import Plan
    from .plan_with_drawing import PlanWithDrawing
    from .print_label_response_200 import PrintLabelResponse200
    from .song_request import SongRequest
    from .toy import Toy

__all__ = [  # noqa: PLE0604
    "Plan",
    "Toy",
    "PlanWithDrawing",
    "LabelRequest",
    "Frame",
    "SongRequest",
    "MakeToyResponse202",
    "OrderStatusResponse200",
    "FetchToyResponse200",
    "PrintLabelResponse200",
]

# The module of each.
_MODULES = """
plan toy plan_with_drawing label_request frame
song_request make_toy_response_202 order_status_response_200 fetch_toy_response_200 print_label_response_200

"""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = _MODULES.split()[__all__.index(name)]
    value: object = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value
