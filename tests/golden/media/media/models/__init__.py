# Built by `python -m generator build` from media.yaml: edits are lost.
"""Models of the contract. Each is imported when it is named."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .problem import Problem
    from .render_response_2xx import RenderResponse2XX
    from .report import Report

__all__ = [  # noqa: PLE0604
    "Report",
    "Problem",
    "RenderResponse2XX",
]

# The module of each.
_MODULES = """
report problem render_response_2xx 
"""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = _MODULES.split()[__all__.index(name)]
    value: object = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value
