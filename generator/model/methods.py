"""The methods of a resource: arguments, results, the overload that a selecting argument makes."""

from attrs import frozen

from ..names import identifier
from ..rendering import docstrings
from .arguments import Argument
from .sdk import MethodSpec, Overload, Sdk
from .types import union


@frozen
class Selector:
    """An argument that selects another result; `constant` is the call then made."""

    argument: str
    constant: str
    result: str
    streams: bool
    selected_type: str
    unselected_type: str
    test: str

    def result_for(self, prefix: str) -> str:
        """The result class of the sync (empty prefix) or the async client."""
        return f"{prefix}{self.result}" if self.streams else self.result


@frozen
class Method:
    """One method of a resource; `constant` is its call in the module `module` of `_calls`.

    `fields` is the expression of a body that is one argument; None if the arguments are its members.
    """

    name: str
    module: str
    constant: str
    arguments: list[Argument]
    parameters: list[Argument]
    fields: str | None
    has_body: bool
    result: str
    summary: str
    doc: str
    prepare_doc: str
    streaming_doc: str
    selector: Selector | None

    @property
    def everything(self) -> list[Argument]:
        """Parameters of the operation, then members of the body."""
        return [*self.parameters, *self.arguments]

    @property
    def selecting(self) -> Argument | None:
        """The argument that its selector names."""
        named = self.selector.argument if self.selector else None
        return next((one for one in self.everything if one.python_name == named), None)

    @property
    def model_names(self) -> set[str]:
        """Models that its signature names."""
        return set[str]().union(*(argument.classes for argument in self.everything))


def constant(spec: MethodSpec) -> str:
    """The name of a method's call, such as IMAGES_EDIT."""
    return f"{spec.resource}_{spec.method}".upper()


def selector(sdk: Sdk, spec: MethodSpec) -> Selector | None:
    """The argument that selects another result of a method, if its `x-sdk` names one."""
    if not spec.overloads:
        return None
    overload = spec.overloads[0]
    return Selector(
        argument=identifier(overload.field),
        constant=f"{constant(spec)}_{identifier(overload.field)}".upper(),
        result=overload.result,
        streams=sdk.results[overload.result]["kind"] == "stream",
        selected_type=f"Literal[{overload.equals!r}]",
        unselected_type=_other(overload),
        test="" if overload.equals is True else f"== {overload.equals!r}",
    )


def _other(overload: Overload) -> str:
    """What the argument may be without selecting; for text no type can say `anything else`."""
    return "Literal[False] | None = None" if overload.equals is True else "None = None"


def method_doc(
    sdk: Sdk, spec: MethodSpec, summary: str, route: str, rules: list[str], arguments: list[Argument]
) -> str:
    """Return the docstring of a method: what it is for, what it raises, what to give."""
    extra = [("extra", "Further properties of the body, sent as they are.")] if spec.variants else []
    retry_unknown = f"Repeat the request also when its outcome is unknown. {sdk.unknown_outcome}."
    timeout = f"Seconds to wait, {spec.timeout:g} by default; None is no limit."
    return docstrings.docstring(
        summary,
        [f"{route}. Raises {sdk.client}Error.", *rules],
        [
            (
                "Args",
                [
                    *((argument.python_name, argument.doc) for argument in arguments),
                    *extra,
                    ("timeout", timeout),
                    ("retry_unknown", retry_unknown),
                ],
            ),
        ],
    )


def result_type(spec: MethodSpec) -> str:
    """The type that a method returns unless a selector says otherwise."""
    return union(spec.results)
