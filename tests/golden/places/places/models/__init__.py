# Built by `python -m generator build` from places.yaml: edits are lost.
"""Models of the contract. Each is imported when it is named."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .add_list_response_200 import AddListResponse200
    from .listen_response_200 import ListenResponse200
    from .put_any_response_200 import PutAnyResponse200
    from .put_maybe_response_200 import PutMaybeResponse200
    from .put_thing_response_200 import PutThingResponse200
    from .send_form_response_200 import SendFormResponse200
    from .thing import Thing

__all__ = [  # noqa: PLE0604
    "Thing",
    "AddListResponse200",
    "PutAnyResponse200",
    "PutMaybeResponse200",
    "PutThingResponse200",
    "SendFormResponse200",
    "ListenResponse200",
]

# The module of each.
_MODULES = """
thing add_list_response_200 put_any_response_200 put_maybe_response_200 put_thing_response_200
send_form_response_200 listen_response_200 
"""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = _MODULES.split()[__all__.index(name)]
    value: object = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value
