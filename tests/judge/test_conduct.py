"""Faults that only several answers show are found by the scenario, or the check, that looks for them."""

import pytest

from eigen_contract.runner import PhaseResult, Run
from eigen_contract.scenarios import SCENARIOS
from eigen_contract.spec import Contract
from eigen_contract.targets.reference import over
from mutants.mutant import Mutant
from mutants.server import conduct
from mutants.server.judging import application, judge_parts
from mutants.server.rewriting import Planting

# Judges a server for every fault: minutes, where all else takes seconds.
pytestmark = pytest.mark.deep

SEEN_BY = {
    ("other-sound", "silent"): "speech_is_the_same_in_every_format",
    ("other-sound", "swapped-bytes"): "speech_is_the_same_in_every_format",
    ("other-sound", "8-bit"): "speech_is_the_same_in_every_format",
    ("other-sound", "8-khz"): "speech_is_the_same_in_every_format",
    ("other-sound", "stereo"): "speech_is_the_same_in_every_format",
    ("other-sound", "a stream, silent"): "a_stream_says_what_the_file_says",
    ("other-sound", "a stream, swapped-bytes"): "a_stream_says_what_the_file_says",
    ("other-sound", "reversed"): "a_stream_says_what_the_file_says",
    ("other-sound", "metadata/data/sample_rate"): "a_stream_says_what_the_file_says",
    ("other-sound", "metadata/data/channels"): "a_stream_says_what_the_file_says",
    "error-event": "a_stream_says_what_the_file_says",
    "another-job": "videos_are_made",
    "taken-back": "videos_are_made",
    "once-only": "videos_are_made",
    ("ignored-wish", "video/prompt"): "videos_follow_the_request",
    ("ignored-wish", "video/seed"): "videos_follow_the_request",
    ("ignored-wish", "video/image"): "videos_follow_the_request",
    ("ignored-voice", "voice"): "the_voice_matters",
    ("ignored-voice", "voice_id"): "saved_voices_speak",
    ("ignored-voice", "a recording"): "the_voice_matters",
    ("ignored-voice", "voice_settings/speed"): "the_pace_matters",
    "one-voice-id": "saved_voices_speak",
    "forgotten-voice": "saved_voices_speak",
    "other-words": "what_is_said_is_heard",
    "one-colour": "pictures_show_something",
    "ignored-wish": "the_source_matters",
    "other-default": "pictures_have_the_size_asked_for",
    "unstable": "same_seed_same_bytes",
    "lost-letters": "prompts_may_be_of_any_script",
    "choosy": "requests_are_taken_however_spelt",
    ("other-value", '401/www-authenticate is Basic realm="x"'): "bad_keys_are_refused",
    ("other-value", "405/allow is GET, POST, PUT, PATCH, DELETE"): "other_methods_are_refused",
    ("other-value", "200/x-credits-remaining is nan"): "the_pace_matters",
    "other-value": "the_prompt_matters",
    "open-door": "near_misses_of_keys_are_refused",
    "body-first": "bad_keys_are_refused",
    "repeated-key": "bad_keys_are_refused",
    "doubled-members": "the_prompt_matters",
}
"""The scenario during which each is seen, by operator, or by operator and place."""
SCENARIO_BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}
MUTANTS = list(conduct.conduct_faults(Contract.load()))


def found(planting: Planting, scenario: str) -> PhaseResult:
    """Run one scenario against a server with a fault."""
    shared, phase_result = judge_parts(), PhaseResult("scenarios")
    faulty = application(planting, shared.engines)
    with over(faulty) as target:
        Run(shared.oracle, target).scenario(phase_result, SCENARIO_BY_NAME[scenario])
    assert not faulty.broken
    return phase_result


@pytest.mark.parametrize("mutant", MUTANTS, ids=[f"{mutant.family} {mutant.name}" for mutant in MUTANTS])
def test_a_fault_of_conduct_is_seen(mutant: Mutant) -> None:
    key = (mutant.operator, mutant.pointer)
    assert found(mutant.plant, SEEN_BY.get(key) or SEEN_BY[mutant.operator]).findings


@pytest.mark.parametrize("scenario", sorted(set(SEEN_BY.values())))
def test_without_a_fault_the_scenario_is_clean(scenario: str) -> None:
    assert found(Planting(), scenario).findings == []
