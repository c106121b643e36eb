"""The checks: pure functions from one exchange to findings. They use no test framework and no HTTP client.

Each check takes a `CheckContext`, which parses an exchange at most once for all checks, and yields a finding
for each deviation. To add a check, write the function and list it here.
"""

from collections.abc import Callable, Iterator

from eigen_contract.checks import bodies, errors, events, following, headers, media, sizes, status
from eigen_contract.checks.context import CheckContext
from eigen_contract.exchange import Exchange, Finding
from eigen_contract.oracle import Oracle

__all__ = ["CHECKS", "Check", "CheckContext", "check_exchange", "run_checks"]

Check = Callable[[CheckContext], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    status.status_is_documented,
    status.the_server_did_not_fail,
    status.the_verdict_is_the_contracts,
    bodies.content_type_is_documented,
    bodies.json_matches_its_schema,
    bodies.text_is_text,
    following.content_type_follows_the_request,
    media.media_is_whole,
    media.base64_is_strict,
    media.output_format_is_honoured,
    media.wav_is_as_documented,
    sizes.size_is_honoured,
    events.stream_is_well_formed,
    errors.errors_have_a_message,
    errors.errors_keep_innards_to_themselves,
    errors.errors_keep_keys_to_themselves,
    headers.headers_are_well_formed,
    headers.declared_headers_match,
    headers.refusals_say_what_would_do,
)


def check_exchange(oracle: Oracle, exchange: Exchange) -> list[Finding]:
    """Run every check over one exchange."""
    return run_checks(CheckContext(oracle, exchange))


def run_checks(context: CheckContext) -> list[Finding]:
    """Run every check over one exchange that is parsed already, in part or not."""
    return [finding for check in CHECKS for finding in check(context)]
