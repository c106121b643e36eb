"""What an answer must be: pure functions from one exchange to findings. No test framework, no HTTP client.

Every check takes a `CheckContext`, one exchange that is parsed at most once however many checks look at it,
and yields a finding for each departure. Adding a check means writing one and naming it here, with what it
applies to.
"""

from collections.abc import Callable, Iterator

from attrs import frozen

from eigen_contract.checks import (
    applicability,
    bodies,
    errors,
    events,
    following,
    headers,
    media,
    sizes,
    status,
)
from eigen_contract.checks.context import CheckContext
from eigen_contract.exchange import Exchange, Finding
from eigen_contract.oracle import Oracle

__all__ = ["CHECKS", "Check", "CheckContext", "check_exchange", "checks_for", "run_checks"]


@frozen
class Check:
    """A check, and which exchanges it applies to; it is run on no others."""

    run: Callable[[CheckContext], Iterator[Finding]]
    applies: Callable[[CheckContext], bool]

    @property
    def name(self) -> str:
        return self.run.__name__


CHECKS: tuple[Check, ...] = (
    Check(status.status_is_documented, applicability.always),
    Check(status.the_server_did_not_fail, applicability.always),
    Check(status.the_verdict_is_the_contracts, applicability.has_settled_verdict),
    Check(bodies.content_type_is_documented, applicability.has_documented_content),
    Check(bodies.json_matches_its_schema, applicability.is_documented_json),
    Check(bodies.text_is_text, applicability.is_plain_text),
    Check(following.content_type_follows_the_request, applicability.is_known_job),
    Check(media.media_is_whole, applicability.carries_media),
    Check(media.base64_is_strict, applicability.carries_base64),
    Check(media.output_format_is_honoured, applicability.is_edit_in_a_chosen_format),
    Check(media.wav_is_as_documented, applicability.is_wav),
    Check(sizes.size_is_honoured, applicability.is_generated_picture),
    Check(events.stream_is_well_formed, applicability.is_event_stream),
    Check(errors.errors_have_a_message, applicability.is_error_with_body),
    Check(errors.errors_keep_innards_to_themselves, applicability.is_error),
    Check(errors.errors_keep_keys_to_themselves, applicability.has_wrong_key),
    Check(headers.headers_are_well_formed, applicability.always),
    Check(headers.declared_headers_match, applicability.has_declared_headers),
    Check(headers.refusals_say_what_would_do, applicability.is_refusal_with_a_remedy),
)


def check_exchange(oracle: Oracle, exchange: Exchange) -> list[Finding]:
    """Run every check that applies over one exchange."""
    return run_checks(CheckContext(oracle, exchange))


def checks_for(context: CheckContext) -> tuple[Check, ...]:
    """Return the checks that apply to one exchange."""
    return tuple(check for check in CHECKS if check.applies(context))


def run_checks(context: CheckContext) -> list[Finding]:
    """Run every check that applies over one exchange that is parsed already, in part or not."""
    return [finding for check in checks_for(context) for finding in check.run(context)]
