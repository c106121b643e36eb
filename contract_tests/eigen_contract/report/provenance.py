"""Says where a report comes from: which target, when, and by which versions of what."""

import platform
from datetime import UTC, datetime

from eigen_contract import __version__
from eigen_contract.report.result import Result


def versions(result: Result) -> dict[str, str]:
    """Return the versions of the judge, of Python and of the contract."""
    info = result.oracle.contract.document.get("info", {})
    return {
        "eigen-contract": __version__,
        "python": platform.python_version(),
        "contract": str(info.get("version", "unknown")),
        "openapi": str(result.oracle.contract.document.get("openapi", "unknown")),
    }


def recorded(result: Result) -> str:
    """Return when the run began, in UTC; when the report is made, if the run does not say."""
    started = result.judgement.started or datetime.now(UTC)
    return started.astimezone(UTC).isoformat(timespec="seconds")


def target_of(result: Result) -> str:
    """Return the target as a command line names it, with the URL of a live one."""
    judgement = result.judgement
    return f"{judgement.target}:{judgement.base_url}" if judgement.base_url else judgement.target


def seconds_of(result: Result) -> float:
    """Return how long the phases of the run took together."""
    return sum(phase_result.seconds for phase_result in result.judgement.phase_results)
