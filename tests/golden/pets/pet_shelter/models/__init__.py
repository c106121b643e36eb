# Built by `python -m generator build` from pets.yaml: edits are lost.
"""Models of the contract. Each is imported when it is named."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .book_visit_body import BookVisitBody
    from .kind import Kind
    from .list_pets_where import ListPetsWhere
    from .person import Person
    from .pet import Pet
    from .pets_in_room_response_200 import PetsInRoomResponse200
    from .problem import Problem

__all__ = [  # noqa: PLE0604
    "Pet",
    "Person",
    "Problem",
    "ListPetsWhere",
    "PetsInRoomResponse200",
    "BookVisitBody",
    "Kind",
]

# The module of each.
_MODULES = """
pet person problem list_pets_where pets_in_room_response_200
book_visit_body kind 
"""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = _MODULES.split()[__all__.index(name)]
    value: object = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value
