"""What callers read about deprecated methods and arguments, in warnings, docstrings and `--help`."""

from ..model.methods import Method
from ..model.sdk import Deprecation
from ..names import identifier


def make_notice(subject: str, deprecation: Deprecation) -> str:
    """Return the text of a warning, such as `size is deprecated since 0.4.0: use width`."""
    since = f" since {deprecation.since}" if deprecation.since else ""
    replacement = f": use {_name_replacement(deprecation)}" if deprecation.replacement else ""
    note = f". {deprecation.note}" if deprecation.note else ""
    return f"{subject} is deprecated{since}{replacement}{note}"


def make_sentence(deprecation: Deprecation) -> str:
    """Return the deprecation as sentences of a paragraph."""
    since = f" since {deprecation.since}" if deprecation.since else ""
    replacement = f": use `{_name_replacement(deprecation)}`" if deprecation.replacement else ""
    return " ".join([f"Deprecated{since}{replacement}.", *([deprecation.note] if deprecation.note else [])])


def make_directive(deprecation: Deprecation) -> list[str]:
    """Return the paragraphs of the directive that Sphinx knows: a line with the version, then sentences.

    The directive needs a version (https://www.sphinx-doc.org, "deprecated"), so there is none without.
    """
    if not deprecation.since:
        return []
    replacement = [f"Use `{_name_replacement(deprecation)}`."] if deprecation.replacement else []
    note = [deprecation.note] if deprecation.note else []
    return [f".. deprecated:: {deprecation.since}", " ".join([*replacement, *note])]


def _name_replacement(deprecation: Deprecation) -> str:
    """Return the replacement as callers write it."""
    return ".".join(map(identifier, deprecation.replacement.split(".")))


def make_decorator(method: Method, name: str) -> str:
    """Return the decorator of a method that callers call `name`; empty if nothing of it is deprecated."""
    notices = [make_notice(name, method.deprecation)] if method.deprecation else []
    arguments = {
        argument.python_name: make_notice(f"{name}({argument.python_name}=)", argument.deprecation)
        for argument in method.arguments
        if argument.deprecation
    }
    if not notices and not arguments:
        return ""
    keywords = [f"{argument}={notice!r}" for argument, notice in arguments.items()]
    return f"@warn_of_deprecation({', '.join([*map(repr, notices), *keywords])})"
