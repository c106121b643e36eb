"""Says for which keyword alone a request is to be refused, and which variant it would otherwise have been."""

from attrs import frozen

from eigen_contract.checks.context import CheckContext
from eigen_contract.spec import Body, Variant
from eigen_contract.validate import Violation


@frozen
class Fault:
    """One violated keyword of a variant that a body would otherwise have been."""

    variant: Variant
    violation: Violation


def sole_faults(context: CheckContext) -> tuple[Fault, ...]:
    """Return the fault of each variant that a refused body misses by exactly one keyword."""
    verdict, operation = context.verdict, context.operation
    if verdict.ruling != "refuse" or verdict.wire is None or operation is None:
        return ()
    body = operation.bodies[verdict.wire.media_type]
    return tuple(fault for variant in body.variants for fault in faults_of(context, body, variant))


def faults_of(context: CheckContext, body: Body, variant: Variant) -> tuple[Fault, ...]:
    """Return the only fault of a body as a variant; none if it has several, or is read otherwise."""
    wire = context.verdict.wire
    if wire is None or wire.media_type != body.media_type:
        return ()
    found = context.oracle.validators.violations(variant.schema, variant.pointer, wire.instance)
    first, second = next(found, None), next(found, None)
    return (Fault(variant, first),) if first is not None and second is None else ()
