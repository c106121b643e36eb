"""Values of properties: many valid ones in one request, and invalid ones where a careless server trips.

The walk sends each value by itself, which takes hundreds of requests. Here a request holds as many properties
as its variant has, so a few requests show most of what single ones would; where such a request is refused,
single ones follow and name the property.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from eigen_contract.exchange import Finding
from eigen_contract.oracle import REFERENCES
from eigen_contract.scenarios.access import refused
from eigen_contract.scenarios.context import FORM, JSON, ScenarioContext
from eigen_contract.scenarios.walk import SMALL, right, smallest
from eigen_contract.shapes import items
from eigen_contract.spec import Body, Contract, Operation, Variant

LEFT_OUT = frozenset({*REFERENCES, "s3_output_path", "model", "image", "images", "voice_id"})
"""Properties that name something elsewhere, decide which job is asked for, or must name a saved voice."""
WRONG_TYPE: Mapping[str, Any] = {"string": 5, "number": "many", "integer": "many", "boolean": "perhaps"}
"""A value of another type, by the type that is declared."""
Place = tuple[Operation, Body, Variant]


def places(contract: Contract) -> Iterator[Place]:
    """Yield every variant of every body."""
    for operation in contract.operations:
        for body in operation.bodies.values():
            for variant in body.variants:
                yield operation, body, variant


def optional_values(contract: Contract, variant: Variant) -> dict[str, list[Any]]:
    """Return the valid values of each property that a request of little work does not need."""
    base = smallest(contract, variant)
    return {
        name: values
        for name, schema in variant.properties.items()
        if schema is not False
        and name not in LEFT_OUT | (base.keys() - SMALL.keys())
        and (values := [value for value in right(contract, variant, name) if value != {}])
    }


def optional_properties_are_taken(context: ScenarioContext) -> Iterator[Finding]:
    """A request may hold every property of its variant at once, and one that is not declared."""
    contract = context.oracle.contract
    for operation, body, variant in places(contract):
        base, optional = smallest(contract, variant), optional_values(contract, variant)
        optional["not_known_yet"] = ["1"]
        together = base | {name: values[0] for name, values in optional.items()}
        request = context.compose(body.media_type, together, operation)
        if context.oracle.judge(request).ruling == "refuse":
            continue  # no variant of another spec need take all of its properties at once
        if context.send(request).response.status != 200:
            for name, values in optional.items():
                single = context.compose(body.media_type, base | {name: values[0]}, operation)
                what = f"{variant.name}, sent as {body.media_type}, with {name} {values[0]!r}"
                check = "optional_properties_are_taken"
                yield from refused(context, context.send(single), check, {200}, what)


def nulls_and_wrong_types_are_refused(context: ScenarioContext) -> Iterator[Finding]:
    """In JSON, properties that are null or of another type are refused with 400, and do not make it fail."""
    contract = context.oracle.contract
    for operation, body, variant in places(contract):
        if body.media_type == JSON:
            base, optional = smallest(contract, variant), optional_values(contract, variant)
            kinds = {name: contract.follow(variant.properties[name])[0].get("type") for name in optional}
            required = base.keys() - optional.keys() - {"model"}
            nulls = base | dict.fromkeys(optional)
            wrong = base | {
                name: WRONG_TYPE[kind]
                for name, kind in kinds.items()
                if isinstance(kind, str) and kind in WRONG_TYPE
            }
            for what, value in (
                ("whose optional properties are null", nulls),
                ("whose optional properties are of another type", wrong),
                (f"whose {' and '.join(sorted(required))} is null", base | dict.fromkeys(required)),
            ):
                request = context.compose(JSON, value, operation)
                if context.oracle.judge(request).ruling != "refuse":
                    continue  # another spec may admit it
                exchange = context.send(request)
                check = "nulls_and_wrong_types_are_refused"
                yield from refused(context, exchange, check, {400}, f"{variant.name} {what}")


def bounds_are_enforced(context: ScenarioContext) -> Iterator[Finding]:
    """A number beyond its bounds is refused with 400 in JSON."""
    yield from beyond_refused(context, JSON)


def bounds_are_enforced_in_forms(context: ScenarioContext) -> Iterator[Finding]:
    """A number beyond its bounds, and a list that is too long, are refused with 400 in a form."""
    yield from beyond_refused(context, FORM)


def beyond_refused(context: ScenarioContext, media_type: str) -> Iterator[Finding]:
    """Yield a finding for each value beyond a bound that is not refused."""
    contract = context.oracle.contract
    for operation, body, variant in places(contract):
        if body.media_type != media_type:
            continue
        base = smallest(contract, variant)
        for name, schema in variant.properties.items():
            if schema is not False:
                for value in beyond(contract, variant, name):
                    request = context.compose(body.media_type, base | {name: value}, operation)
                    if context.oracle.judge(request).ruling != "refuse":
                        continue  # another spec may admit it
                    shown = f"{len(items(value))} items" if isinstance(value, list) else repr(value)
                    what = f"{variant.name}, sent as {body.media_type}, with {name} {shown}"
                    yield from refused(context, context.send(request), "bounds_are_enforced", {400}, what)


def beyond(contract: Contract, variant: Variant, name: str) -> Iterator[Any]:
    """Yield values beyond the bounds of a property; none if it has no bounds."""
    schema, _ = contract.follow(variant.properties[name])
    yield from (schema[bound] + step for bound, step in (("minimum", -1), ("maximum", 1)) if bound in schema)
    if "maxItems" in schema:
        item, *_ = right(contract, variant, name)[0]
        yield [item] * (schema["maxItems"] + 1)
