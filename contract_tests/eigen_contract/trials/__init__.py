"""What takes more than one request to see: seeds, keys, methods, limits, jobs that take time.

A trial sends requests of its own and compares the answers. It is a function from a `Bench` to findings,
named here with the capability that a target needs for it. Every single answer goes through the checks as
well.
"""

from collections.abc import Callable, Iterator

from attrs import frozen

from eigen_contract.exchange import Finding
from eigen_contract.targets.target import Capability
from eigen_contract.trials import (
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
from eigen_contract.trials.bench import Bench

__all__ = ["TRIALS", "Bench", "Trial"]


@frozen
class Trial:
    """A trial, and what a target must allow for it."""

    run: Callable[[Bench], Iterator[Finding]]
    needs: Capability

    @property
    def name(self) -> str:
        return self.run.__name__


TRIALS: tuple[Trial, ...] = (
    Trial(access.bad_keys_are_refused, "refusals"),
    Trial(access.other_methods_are_refused, "refusals"),
    Trial(access.other_media_types_are_refused, "refusals"),
    Trial(access.broken_bodies_are_refused, "refusals"),
    Trial(access.large_bodies_are_refused, "trials"),
    Trial(access.usual_bodies_are_taken, "trials"),
    Trial(repeats.same_seed_same_bytes, "trials"),
    Trial(repeats.other_seed_other_bytes, "trials"),
    Trial(repeats.usual_seeds_work, "trials"),
    Trial(repeats.the_prompt_matters, "trials"),
    Trial(repeats.the_source_matters, "trials"),
    Trial(repeats.pictures_show_something, "trials"),
    Trial(effects.refused_requests_have_no_effect, "trials"),
    Trial(following.answers_take_the_form_asked_for, "trials"),
    Trial(following.models_answer_in_their_own_shape, "trials"),
    Trial(references.references_are_taken_in_every_encoding, "trials"),
    Trial(spellings.requests_are_taken_however_spelt, "trials"),
    Trial(unknowns.unknown_members_are_tolerated, "trials"),
    Trial(unknowns.scalars_are_read_by_their_declared_type, "trials"),
    Trial(unknowns.requests_of_no_job_are_refused, "refusals"),
    Trial(jobs.films_are_made, "trials"),
    Trial(jobs.films_follow_the_request, "trials"),
    Trial(jobs.unknown_jobs_are_not_found, "trials"),
    Trial(sounds.speech_is_the_same_in_every_format, "trials"),
    Trial(sounds.a_stream_says_what_the_file_says, "trials"),
    Trial(sounds.streams_begin_before_they_end, "trials"),
    Trial(voices.the_voice_matters, "trials"),
    Trial(voices.the_pace_matters, "trials"),
    Trial(voices.saved_voices_speak, "trials"),
    Trial(hearing.what_is_said_is_heard, "trials"),
    Trial(walk.members_are_read_one_by_one, "generated"),
)
