"""What takes more than one request to see: seeds, keys, methods, limits, jobs that take time.

A scenario sends requests of its own and compares the answers. It is a function from a `ScenarioContext` to
findings, listed here with the capability that a target needs for it. Each answer goes through the checks too.
"""

from collections.abc import Callable, Iterator

from attrs import frozen

from eigen_contract.exchange import Finding
from eigen_contract.scenarios import (
    access,
    effects,
    following,
    hearing,
    jobs,
    references,
    repeats,
    sounds,
    spellings,
    unknowns,
    voices,
    walk,
)
from eigen_contract.scenarios.context import ScenarioContext
from eigen_contract.targets.target import Capability

__all__ = ["SCENARIOS", "Scenario", "ScenarioContext"]


@frozen
class Scenario:
    """A scenario, and what a target must allow for it."""

    run: Callable[[ScenarioContext], Iterator[Finding]]
    needs: Capability

    @property
    def name(self) -> str:
        return self.run.__name__


SCENARIOS: tuple[Scenario, ...] = (
    Scenario(access.bad_keys_are_refused, "refusals"),
    Scenario(access.other_methods_are_refused, "refusals"),
    Scenario(access.other_media_types_are_refused, "refusals"),
    Scenario(access.broken_bodies_are_refused, "refusals"),
    Scenario(access.large_bodies_are_refused, "scenarios"),
    Scenario(access.usual_bodies_are_taken, "scenarios"),
    Scenario(repeats.same_seed_same_bytes, "scenarios"),
    Scenario(repeats.other_seed_other_bytes, "scenarios"),
    Scenario(repeats.usual_seeds_work, "scenarios"),
    Scenario(repeats.the_prompt_matters, "scenarios"),
    Scenario(repeats.the_source_matters, "scenarios"),
    Scenario(repeats.pictures_show_something, "scenarios"),
    Scenario(effects.refused_requests_have_no_effect, "scenarios"),
    Scenario(following.answers_take_the_form_asked_for, "scenarios"),
    Scenario(following.models_answer_in_their_own_shape, "scenarios"),
    Scenario(references.references_are_taken_in_every_encoding, "scenarios"),
    Scenario(spellings.requests_are_taken_however_spelt, "scenarios"),
    Scenario(unknowns.unknown_members_are_tolerated, "scenarios"),
    Scenario(unknowns.scalars_are_read_by_their_declared_type, "scenarios"),
    Scenario(unknowns.requests_of_no_job_are_refused, "refusals"),
    Scenario(jobs.videos_are_made, "scenarios"),
    Scenario(jobs.videos_follow_the_request, "scenarios"),
    Scenario(jobs.unknown_jobs_are_not_found, "scenarios"),
    Scenario(sounds.speech_is_the_same_in_every_format, "scenarios"),
    Scenario(sounds.a_stream_says_what_the_file_says, "scenarios"),
    Scenario(sounds.streams_begin_before_they_end, "scenarios"),
    Scenario(voices.the_voice_matters, "scenarios"),
    Scenario(voices.the_pace_matters, "scenarios"),
    Scenario(voices.saved_voices_speak, "scenarios"),
    Scenario(hearing.what_is_said_is_heard, "scenarios"),
    Scenario(walk.members_are_read_one_by_one, "generated"),
)
