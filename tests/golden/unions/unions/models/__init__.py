# Built by `python -m generator build` from unions.yaml: edits are lost.
"""Models of the contract. Each is imported when it is named."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .cat import Cat
    from .choice_type_0 import ChoiceType0
    from .choice_type_1 import ChoiceType1
    from .circle import Circle
    from .dog import Dog
    from .free_hand import FreeHand
    from .outcome_type_0 import OutcomeType0
    from .outcome_type_1 import OutcomeType1
    from .square import Square

__all__ = [  # noqa: PLE0604
    "Circle",
    "Square",
    "Cat",
    "Dog",
    "FreeHand",
    "OutcomeType0",
    "OutcomeType1",
    "ChoiceType0",
    "ChoiceType1",
]

# The module of each.
_MODULES = """
circle square cat dog free_hand
outcome_type_0 outcome_type_1 choice_type_0 choice_type_1 
"""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = _MODULES.split()[__all__.index(name)]
    value: object = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value
