"""What of the contract a run has touched: each keyword of each field, each status, each media type.

A keyword is touched positively by a request that the contract accepts and that holds its field, and
negatively by one that is to be refused for the sake of that keyword alone. A request with several faults
touches nothing: which of them the server refused it for cannot be seen.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from attrs import define, field, frozen

from eigen_contract.attribution import Fault
from eigen_contract.checks import CheckContext
from eigen_contract.shapes import items, members
from eigen_contract.spec import Body, Contract, Document, Operation

KEYWORDS = (
    "type",
    "const",
    "enum",
    "oneOf",
    "anyOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
)
ABSENT = "false"
"""The keyword of a field that a variant does not have: the schema `false`."""
State = Literal["both", "positively", "negatively", "never"]


@frozen(order=True, cache_hash=True)
class Keyword:
    """One keyword: of which operation, media type, variant and field. The body itself is the field ``."""

    operation: str
    media_type: str
    variant: str
    field: str
    keyword: str


@frozen(order=True)
class Answer:
    """One kind of answer that the contract lists; the media type is empty where it lists none."""

    operation: str
    status: str
    media_type: str


@define
class Touch:
    """How often something was touched either way, and the statuses that came."""

    positive: int = 0
    negative: int = 0
    statuses: Counter[int] = field(factory=Counter[int])

    @property
    def state(self) -> State:
        if self.positive and self.negative:
            return "both"
        if self.positive:
            return "positively"
        return "negatively" if self.negative else "never"

    def add(self, other: "Touch") -> None:
        """Add what another run touched."""
        self.positive += other.positive
        self.negative += other.negative
        self.statuses.update(other.statuses)


def listed(contract: Contract) -> Iterator[Keyword]:
    """List every keyword of every request body, in the order of the spec."""
    for operation in contract.operations:
        for body in operation.bodies.values():
            for variant in body.variants:
                for name, keyword in dict.fromkeys(keywords(contract, variant.schema, "")):
                    yield Keyword(operation.id, body.media_type, variant.name, name, keyword)


def answers(contract: Contract) -> Iterator[Answer]:
    """List every kind of answer, in the order of the spec."""
    for operation in contract.operations:
        for status, response in operation.responses.items():
            for media_type in response.get("content", {}) or [""]:
                yield Answer(operation.id, status, media_type.lower())


def keywords(contract: Contract, schema: Document, name: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a schema with their keywords, through references, compositions and nesting."""
    node, _ = contract.follow(schema)
    for keyword in KEYWORDS:
        if keyword in node and (name or keyword != "type"):
            yield name, keyword
    for part in node.get("allOf", ()):
        yield from keywords(contract, part, name)
    for required in node.get("required", ()):
        yield within(name, required), "required"
    for member, declared in node.get("properties", {}).items():
        if declared is False:
            yield within(name, member), ABSENT
        else:
            yield from keywords(contract, declared, within(name, member))
    for choice in (*node.get("oneOf", ()), *node.get("anyOf", ())):
        if "properties" in contract.follow(choice)[0]:
            yield from keywords(contract, choice, name)
    if "items" in node:
        yield from keywords(contract, node["items"], f"{name}[]")


def within(name: str, member: str) -> str:
    return f"{name}.{member}" if name else member


def present(value: Any, name: str = "") -> Iterator[str]:
    """Yield the names of all fields that a value holds, the body itself included."""
    yield name
    for member, inner in members(value).items():
        yield from present(inner, within(name, member))
    for inner in items(value):
        yield from present(inner, f"{name}[]")


@define
class Coverage:
    """Counts what exchanges touch."""

    keywords: dict[Keyword, Touch]
    answers: Counter[Answer]
    _by_variant: dict[tuple[str, str, str], list[Keyword]]

    @classmethod
    def of(cls, contract: Contract) -> "Coverage":
        """Start with everything that a contract lists, and nothing of it touched."""
        by_variant: dict[tuple[str, str, str], list[Keyword]] = {}
        for one in listed(contract):
            by_variant.setdefault((one.operation, one.media_type, one.variant), []).append(one)
        touches = {one: Touch() for group in by_variant.values() for one in group}
        return cls(touches, Counter(dict.fromkeys(answers(contract), 0)), by_variant)

    def answer(self, context: CheckContext) -> Answer | None:
        """Return the kind of answer that an exchange got; None where there is no operation."""
        if context.operation is None:
            return None
        media_type = context.response.media_type if context.content is not None else ""
        return Answer(context.operation.id, str(context.response.status), media_type)

    def touched(
        self, context: CheckContext, faults: Iterable[Fault]
    ) -> tuple[tuple[Keyword, ...], tuple[Keyword, ...]]:
        """Return the keywords that an exchange touches positively and negatively.

        Args:
            faults: those by which its request misses variants.
        """
        operation = context.operation
        body = operation.bodies.get(context.request.media_type) if operation else None
        if operation is None or body is None or context.request.auth != "good":
            return (), ()
        refused = (missed(operation, body, fault) for fault in faults)
        negative = tuple(one for one in refused if one in self.keywords)
        return tuple(self._accepted(context, operation, body)), negative

    def _accepted(self, context: CheckContext, operation: Operation, body: Body) -> Iterator[Keyword]:
        held = frozenset(present(dict(context.members)))
        for variant in context.variants:
            for one in self._by_variant[operation.id, body.media_type, variant.name]:
                if (one.field in held) != (one.keyword == ABSENT):
                    yield one

    def count(
        self, answer: Answer | None, positive: Iterable[Keyword], negative: Iterable[Keyword], status: int
    ) -> None:
        """Count what an exchange touched."""
        if answer is not None:
            self.answers[answer] += 1
        for one in positive:
            touch = self.keywords[one]
            touch.positive += 1
            touch.statuses[status] += 1
        for one in negative:
            touch = self.keywords[one]
            touch.negative += 1
            touch.statuses[status] += 1

    def add(self, keywords: Mapping[Keyword, Touch], answers: Counter[Answer]) -> None:
        """Add what another run touched."""
        for one, touch in keywords.items():
            self.keywords[one].add(touch)
        self.answers.update(answers)

    def states(self) -> Counter[State]:
        """Count the keywords by how they were touched."""
        return Counter(touch.state for touch in self.keywords.values())


def missed(operation: Operation, body: Body, fault: Fault) -> Keyword:
    """Return the keyword that a fault speaks of."""
    place, _, keyword = fault.violation.keyword.rpartition("/")
    name = field_of(fault.violation.instance)
    if fault.violation.missing:
        name = within(name, fault.violation.missing)
    if place.endswith("/properties"):
        keyword = ABSENT
    return Keyword(operation.id, body.media_type, fault.variant.name, name, keyword)


def field_of(pointer: str) -> str:
    """Return the name of the field at a JSON pointer into a body."""
    name = ""
    for token in pointer.split("/")[1:]:
        name = f"{name}[]" if token.isdecimal() else within(name, token)
    return name
