"""Finds which groups of findings follow from another group, so that a report shows one cause once.

Two findings can have one cause only if they are about the same exchange. Which check explains which is listed
in `STEPS`: a failure of the server explains everything else about its answer, for example, and a wrong media
type that the body does not decode as the right one. Where even one finding of a group is not explained, the
group stands for itself: it may be a fault of its own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import frozen

from eigen_contract.exchange import Finding
from eigen_contract.report.severity import STOCK
from eigen_contract.scenarios import SCENARIOS

CONTENT = frozenset(
    {
        "json_matches_its_schema",
        "text_is_text",
        "media_is_whole",
        "base64_is_strict",
        "output_format_is_honoured",
        "wav_is_as_documented",
        "size_is_honoured",
        "stream_is_well_formed",
    }
)
"""Checks of what stands in the body of a success."""
SCENARIO_NAMES = frozenset(scenario.name for scenario in SCENARIOS)
OF_MEDIA = frozenset({"output_format_is_honoured", "wav_is_as_documented", "size_is_honoured"})


@frozen
class Step:
    """Checks that are causes, and the checks whose findings about the same exchange follow from theirs."""

    causes: frozenset[str]
    effects: frozenset[str]
    explains_everything: bool = False

    def explains(self, effect: str) -> bool:
        if effect in self.causes:
            return False
        is_broad = effect.startswith(STOCK) or effect in SCENARIO_NAMES or effect == "examples_succeed"
        return self.explains_everything or is_broad or effect in self.effects


STEPS: tuple[Step, ...] = (
    Step(frozenset({"the_server_did_not_fail"}), frozenset(), explains_everything=True),
    Step(frozenset({"the_verdict_is_the_contracts"}), frozenset({"status_is_documented"})),
    Step(frozenset({"status_is_documented"}), frozenset()),
    Step(frozenset({"content_type_is_documented"}), CONTENT | {"content_type_follows_the_request"}),
    Step(frozenset({"content_type_follows_the_request"}), CONTENT),
    Step(frozenset({"json_matches_its_schema"}), frozenset({"base64_is_strict"})),
    Step(
        frozenset({"media_is_whole", "base64_is_strict", "text_is_text", "stream_is_well_formed"}), OF_MEDIA
    ),
)
"""From the deepest cause to the shallowest; a check is never explained by a later step than its own."""
DEPTHS: dict[str, int] = {check: depth for depth, step in enumerate(STEPS) for check in step.causes}


def causes_of(groups: Sequence[Sequence[Finding]]) -> Mapping[int, int]:
    """Return for each group that follows from another the index of that one, which follows from none.

    Args:
        groups: groups of findings; all findings of a group are of one check.
    """
    causes: dict[int, int] = {}
    at_exchange: dict[int, set[int]] = {}
    for index, findings in enumerate(groups):
        for finding in findings:
            at_exchange.setdefault(id(finding.exchange), set()).add(index)
    for index, findings in enumerate(groups):
        cause = cause_of(index, findings, groups, at_exchange)
        if cause is not None:
            causes[index] = cause
    return {index: root_of(index, causes) for index in causes}


def cause_of(
    index: int,
    findings: Sequence[Finding],
    groups: Sequence[Sequence[Finding]],
    at_exchange: Mapping[int, set[int]],
) -> int | None:
    """Return the group that explains the most findings of a group, if others explain all of them."""
    counted: Counter[int] = Counter()
    for finding in findings:
        if finding.exchange is None:
            return None
        near = at_exchange[id(finding.exchange)] - {index}
        explaining = [other for other in near if explains(groups[other][0].check, finding.check)]
        if not explaining:
            return None
        counted.update(explaining)
    # Of those that explain equally many, the deepest: the others follow from it themselves.
    return max(counted, key=lambda other: (counted[other], -DEPTHS[groups[other][0].check], -other))


def explains(cause: str, effect: str) -> bool:
    """Return whether a finding of one check may explain a finding of another about the same exchange."""
    depth = DEPTHS.get(cause)
    if depth is None or DEPTHS.get(effect, len(STEPS)) <= depth:
        return False
    return STEPS[depth].explains(effect)


def root_of(index: int, causes: Mapping[int, int]) -> int:
    """Follow the causes of a group to the one that follows from none; depths fall, so it ends."""
    while index in causes:
        index = causes[index]
    return index
