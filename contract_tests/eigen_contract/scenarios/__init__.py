"""What takes more than one request to see: seeds, keys, methods, limits, jobs that take time.

A scenario sends requests of its own and compares the answers. It is a function from a `ScenarioContext` to
findings, listed here with the capability that a target needs for it. Each answer goes through the checks too.
"""

from collections.abc import Callable, Iterator
from typing import Literal

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
    values,
    voices,
)
from eigen_contract.scenarios.context import ScenarioContext
from eigen_contract.targets.target import Capability

__all__ = ["SCENARIOS", "Scenario", "ScenarioContext"]


@frozen
class Scenario:
    """A scenario, what it sends, and what it can find."""

    run: Callable[[ScenarioContext], Iterator[Finding]]
    requests: int
    """How many requests it sends, where those before it have been sent."""
    finds: str
    sends: Literal["requests", "refusals"] = "requests"
    is_alone: bool = False
    """Whether nothing else may be sent at the same time: it looks at the time, or at the credits."""

    @property
    def name(self) -> str:
        return self.run.__name__

    @property
    def needs(self) -> Capability:
        return self.sends


SCENARIOS: tuple[Scenario, ...] = (
    Scenario(hearing.what_is_said_is_heard, 6, "speech or transcripts that are empty, canned or cut short"),
    Scenario(repeats.the_prompt_matters, 10, "a prompt or a text that is ignored, a canned answer"),
    Scenario(repeats.other_seed_other_bytes, 2, "a seed that is ignored"),
    Scenario(
        repeats.same_seed_same_bytes, 4, "a seed that does not give the same bytes again, the seed 0 too"
    ),
    Scenario(repeats.pictures_show_something, 0, "pictures of one colour"),
    Scenario(repeats.the_source_matters, 5, "an edit that ignores its source, or gives it back"),
    Scenario(following.pictures_have_the_size_asked_for, 5, "a size that is ignored, or another default"),
    Scenario(
        following.edits_take_the_form_asked_for, 5, "a picture format or binary_response that is ignored"
    ),
    Scenario(following.speech_takes_the_form_asked_for, 3, "stream ignored, in JSON or in a form"),
    Scenario(sounds.speech_is_the_same_in_every_format, 7, "a sound format that is ignored, or incomplete"),
    Scenario(sounds.a_stream_says_what_the_file_says, 1, "chunks that are lost, repeated or of other sound"),
    Scenario(sounds.streams_begin_before_they_end, 1, "a stream that is buffered to its end", is_alone=True),
    Scenario(jobs.videos_are_made, 10, "a job that never ends or forgets, frame_num ignored"),
    Scenario(jobs.videos_follow_the_request, 16, "another job's video; prompt, picture or seed ignored"),
    Scenario(voices.the_voice_matters, 8, "a voice, preset or recorded, that is ignored"),
    Scenario(voices.the_pace_matters, 4, "voice_settings that are ignored"),
    Scenario(voices.saved_voices_speak, 4, "a saved voice that is forgotten or ignored"),
    Scenario(voices.the_language_matters, 4, "the language of speech ignored"),
    Scenario(
        following.models_answer_in_their_own_shape, 5, "a result under another property than its model's"
    ),
    Scenario(hearing.transcripts_speak_of_the_recording, 2, "a length or a language of a transcript made up"),
    Scenario(spellings.requests_are_taken_however_spelt, 6, "a reader of JSON or forms that is too narrow"),
    Scenario(values.optional_properties_are_taken, 10, "a valid property that is refused"),
    Scenario(unknowns.texts_in_forms_stay_texts, 2, "a text of a form that is read as JSON"),
    Scenario(access.usual_bodies_are_taken, 2, "a limit so low that a photograph is refused"),
    Scenario(repeats.other_wishes_matter, 4, "negative_prompt, instructions or exaggeration ignored"),
    Scenario(access.bad_keys_are_refused, 14, "an operation that is open without a key", "refusals"),
    Scenario(values.nulls_and_wrong_types_are_refused, 12, "a failure at null or another type", "refusals"),
    Scenario(unknowns.requests_of_no_job_are_refused, 7, "a body of no job that is taken", "refusals"),
    Scenario(access.broken_bodies_are_refused, 7, "a malformed body that is taken, or a failure", "refusals"),
    Scenario(jobs.unknown_jobs_are_not_found, 2, "a job that never was, with a state or a video", "refusals"),
    Scenario(access.other_media_types_are_refused, 2, "another content type that is taken", "refusals"),
    Scenario(access.other_methods_are_refused, 4, "another method that is taken, Allow missing", "refusals"),
    Scenario(unknowns.scalars_are_read_by_their_declared_type, 4, "forms read too loosely", "refusals"),
    Scenario(access.near_misses_of_keys_are_refused, 4, "keys compared in part, or without case", "refusals"),
    Scenario(values.bounds_are_enforced, 6, "a bound that is not enforced in JSON", "refusals"),
    Scenario(access.large_bodies_are_refused, 1, "a body of 32 MiB that is taken, or a failure", "refusals"),
    Scenario(repeats.prompts_may_be_of_any_script, 4, "letters beyond ASCII that are lost"),
    Scenario(references.references_are_taken_in_every_encoding, 2, "a reference taken in one encoding alone"),
    Scenario(
        effects.refused_requests_have_no_effect, 12, "refusals that cost or change", "refusals", is_alone=True
    ),
    Scenario(values.bounds_are_enforced_in_forms, 7, "a bound that is not enforced in a form", "refusals"),
    Scenario(access.rare_methods_are_refused, 12, "PUT, DELETE or PATCH taken", "refusals"),
    Scenario(access.near_misses_are_refused_everywhere, 3, "a part of a key taken elsewhere", "refusals"),
    Scenario(access.rare_media_types_are_refused, 2, "XML or bytes of any kind taken", "refusals"),
    Scenario(unknowns.unknown_members_are_tolerated, 2, "an unknown property that is refused"),
    Scenario(repeats.usual_seeds_work, 24, "a seed that people use and that fails"),
)
"""Every scenario, those that find most of the planted faults for their requests first."""
