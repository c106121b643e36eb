"""The version that follows from changes (https://semver.org, and its usual reading before 1.0.0)."""

from collections.abc import Iterable

from ..errors import GeneratorError
from .change import Change, Severity


def next_version(version: str, changes: Iterable[Change]) -> str:
    """The next version.

    From 1.0.0 on breaking changes raise the first number, additive ones the second, words the third. Before
    it breaking changes raise the second, all else the third. Nothing changed: the same version. Raises
    GeneratorError for what is no version.
    """
    severities = {change.severity for change in changes}
    if not severities:
        return version
    major, minor, patch = _numbers(version)
    if Severity.BREAKING in severities:
        return f"{major + 1}.0.0" if major else f"0.{minor + 1}.0"
    if Severity.ADDITIVE in severities and major:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def next_patch(version: str) -> str:
    """The version of a release that changes nothing that callers see, such as a fix of the runtime."""
    major, minor, patch = _numbers(version)
    return f"{major}.{minor}.{patch + 1}"


def _numbers(version: str) -> tuple[int, int, int]:
    try:
        major, minor, patch = map(int, version.split("."))
    except ValueError:
        raise GeneratorError(
            f"`{version}` is no version", pointer="/x-sdk/version", hint="write three numbers, such as 0.1.0"
        ) from None
    return major, minor, patch
