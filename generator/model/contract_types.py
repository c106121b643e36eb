"""The types that a lowered document describes, as openapi-python-client parsed them."""

from collections.abc import Mapping

from attrs import frozen

from .model_classes import ChoiceClass, ModelClass
from .operations import OperationTypes


@frozen
class ContractTypes:
    """The types that a lowered document describes: of operations by their module, models by class name."""

    operations: Mapping[str, OperationTypes]
    models: Mapping[str, ModelClass]
    choices: tuple[ChoiceClass, ...]
