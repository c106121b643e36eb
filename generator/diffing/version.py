"""Derives the next version from changes (https://semver.org, and common practice before 1.0.0)."""

from collections.abc import Iterable

from ..errors import GeneratorError
from .change import Change, Severity


def next_version(version: str, changes: Iterable[Change]) -> str:
    """Return the version that follows from changes; the same version if there are none.

    From 1.0.0 on, breaking changes raise the major version, additive ones the minor, texts the patch. Before
    1.0.0, breaking changes raise the minor version, everything else the patch.

    Raises:
        GeneratorError: `version` is not three numbers.
    """
    severities = {change.severity for change in changes}
    if not severities:
        return version
    major, minor, patch = _parse_version(version)
    if Severity.BREAKING in severities:
        return f"{major + 1}.0.0" if major else f"0.{minor + 1}.0"
    if Severity.ADDITIVE in severities and major:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def next_patch(version: str) -> str:
    """Return the version of a release that changes nothing that callers see, such as a fix of the runtime."""
    major, minor, patch = _parse_version(version)
    return f"{major}.{minor}.{patch + 1}"


def is_at_least(version: str, minimum: str) -> bool:
    """Whether a version is `minimum` or a later one. Raises GeneratorError if it is not three numbers."""
    return _parse_version(version) >= _parse_version(minimum)


def _parse_version(version: str) -> tuple[int, int, int]:
    try:
        major, minor, patch = map(int, version.split("."))
    except ValueError:
        raise GeneratorError(
            f"`{version}` is not a version",
            pointer="/x-sdk/version",
            hint="write three numbers, such as 0.1.0",
        ) from None
    return major, minor, patch
