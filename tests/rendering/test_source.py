"""Values of the runtime's vocabulary as source, and the parts that calls share."""

from generator.model.calls import CallConstant, OperationCalls
from generator.model.generated_name import GeneratedName
from generator.model.operations import OperationSpec
from generator.rendering.source import share_parts, source, vocabulary
from generator.runtime.contract import ArgumentGroup, Body, Call, Operation, Parameter

OPERATION = Operation("make", "POST", "/toys", parameters=(Parameter("page", "query"),))
BODIES = (Body("application/json", files=frozenset({"drawing", "a"})),)
GROUPS = (ArgumentGroup((("drawing",), ("engraving", "engraving_font"))),)
SPEC = OperationSpec("make", "make", "/toys", "post", "/paths/~1toys/post", {}, (), {}, {}, {}, "")


def test_leaves_out_defaults_and_sorts_sets() -> None:
    assert source(BODIES) == "(Body(media_type='application/json', files=frozenset({'a', 'drawing'})),)"


def test_prints_a_name_without_quotes() -> None:
    assert source({"a": GeneratedName("OPERATION")}) == "{'a': OPERATION}"


def test_lists_what_a_source_needs_imported() -> None:
    assert vocabulary([OPERATION, BODIES]) == {"Operation", "Parameter", "Body"}


def test_calls_refer_to_long_parts_of_earlier_ones() -> None:
    call: Call[object] = Call(OPERATION, bodies=BODIES, argument_groups=GROUPS)
    calls = OperationCalls(
        SPEC, OPERATION, BODIES, (CallConstant("A", "Toy", call), CallConstant("B", "Toy", call))
    )
    first, second = (source(constant.call) for constant in share_parts(calls).calls)
    assert "bodies=RAW.bodies, argument_groups=(ArgumentGroup(" in first
    assert "bodies=RAW.bodies, argument_groups=A.argument_groups" in second
