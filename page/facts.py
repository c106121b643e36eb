"""The facts that a description of a parameter carries: what a program can compare, and not its wording.

| fact | from such words as |
|---|---|
| `default` | default: 20; defaults to `png` |
| `minimum`, `maximum` | between 1 and 50; at least 1; up to 50; 0.0-2.0 |
| `max_length` | at most 500 characters |
| `max_size` | up to 25 MB |
| `values` | one of `a`, `b` or `c`; allowed values: a, b |
| `deprecated`, `use` | deprecated; use `name` instead |
| `conditional` | required if; only with; must be; ignored when |
| `mentions` | the name of another parameter, if it has an underscore |
| `numbers` | every number that none of the above takes, so that none is lost |
"""

import re

from .vendor_page import Fact

FACTS = frozenset(
    {
        *("default", "minimum", "maximum", "max_length", "max_size", "values"),
        *("deprecated", "use", "conditional", "mentions", "numbers"),
    }
)

_NUMBER = r"-?\d+(?:,\d{3})*(?:\.\d+)?"
_LITERAL = rf"`[^`]+`|\"[^\"]*\"|“[^”]*”|'[^']*'|{_NUMBER}|[A-Za-z0-9][\w./+-]*"
_DEFAULT = re.compile(rf"\bdefaults?(?:\s+value)?(?:\s+is|\s+to|\s*[:=])?\s*({_LITERAL})", re.IGNORECASE)
_LENGTH = re.compile(
    rf"\b(?:up to|at most|no more than|max(?:imum)?(?:\s+of)?:?)\s*({_NUMBER})\s*(?:characters|chars)\b|"
    rf"\b({_NUMBER})\s*(?:characters|chars)\s*(?:max(?:imum)?|or (?:less|fewer))\b|"
    rf"\bmax(?:imum)?\s+length(?:\s+(?:is|of))?:?\s*({_NUMBER})",
    re.IGNORECASE,
)
_SIZE = re.compile(rf"({_NUMBER})\s*([KMG]i?B)\b")
_RANGE = re.compile(
    rf"(?<![\w.])({_NUMBER})\s*(?:-|\u2013|—|\.\.\.?|…|\bto\b|\band\b)\s*({_NUMBER})(?![\w])",
    re.IGNORECASE,
)
_BOUNDS = {
    "minimum": re.compile(
        rf"(?:\bat least|\bmin(?:imum)?(?:\s+(?:is|of|value))?:?|>=|≥|\bno less than|\bfrom)\s*({_NUMBER})|"
        rf"({_NUMBER})\s*or (?:more|greater|higher|above)\b",
        re.IGNORECASE,
    ),
    "maximum": re.compile(
        rf"(?:\bat most|\bmax(?:imum)?(?:\s+(?:is|of|value))?:?|<=|≤|\bno more than|\bup to)\s*({_NUMBER})|"
        rf"({_NUMBER})\s*or (?:less|fewer|lower|below)\b",
        re.IGNORECASE,
    ),
}
_LIST = rf"(?:{_LITERAL})(?:\s*(?:,\s*(?:or|and)?|\||/|\bor\b|\band\b)\s*(?:{_LITERAL}))+"
_VALUES = re.compile(
    rf"\b(?:one of|either|(?:allowed|supported|possible|valid|accepted)(?:\s+(?:values|formats|options))?"
    rf"(?:\s+are)?|values|options|formats)\s*:?\s*({_LIST})",
    re.IGNORECASE,
)
_QUOTED_LIST = re.compile(
    r"(?:`[^`]+`|\"[^\"]+\")(?:\s*(?:,\s*(?:or|and)?|\||/|\bor\b)\s*(?:`[^`]+`|\"[^\"]+\"))+"
)
_SEPARATOR = re.compile(r"\s*(?:,(?:\s*(?:or|and)\b)?|\||/|\bor\b|\band\b)\s*", re.IGNORECASE)
_DEPRECATED = re.compile(r"\bdeprecated\b|\bno longer (?:used|supported)\b", re.IGNORECASE)
_REPLACEMENT = re.compile(
    r"\b(?:use|replaced by|in favou?r of|superseded by)\s+`?([A-Za-z_]\w*)", re.IGNORECASE
)
_CONDITION = re.compile(
    r"\b(?:required (?:if|when|unless|with|for)|(?:only|ignored|needed|valid) (?:if|when|with|for|unless)|"
    r"must (?:not )?be|mutually exclusive|cannot be (?:used|combined)|not (?:allowed|supported) with|"
    r"together with)\b",
    re.IGNORECASE,
)
# A word with an underscore is a name wherever it stands; `image` may be the picture and not the parameter.
_NAME = re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b")


def read_facts(description: str, own_name: str = "") -> dict[str, Fact]:
    """Return the facts of a description; `own_name` is the parameter's name, so no mention of another."""
    facts: dict[str, Fact] = {}
    # Each pattern takes its words away, so that a number is counted for one fact.
    rest = _take_literal(description, facts)
    rest = _take_limits(rest, facts)
    if _DEPRECATED.search(rest):
        facts["deprecated"] = True
        if replacement := _REPLACEMENT.search(rest):
            facts["use"] = replacement[1]
    if _CONDITION.search(rest):
        facts["conditional"] = True
    mentions = sorted(set(_NAME.findall(rest)) - {own_name, str(facts.get("use", ""))})
    if mentions:
        facts["mentions"] = tuple(mentions)
    numbers = sorted({number(text) for text in re.findall(rf"(?<![\w.-]){_NUMBER}(?![\w-])", rest)})
    if numbers:
        facts["numbers"] = tuple(numbers)
    return facts


def _take_literal(text: str, facts: dict[str, Fact]) -> str:
    """Take the default and the list of values out of the text."""
    if default := _DEFAULT.search(text):
        facts["default"] = literal(default[1])
        text = text[: default.start()] + ";" + text[default.end() :]
    if values := _VALUES.search(text) or _QUOTED_LIST.search(text):
        listed = values[1] if values.re is _VALUES else values[0]
        facts["values"] = tuple(sorted({_unquoted(item) for item in _SEPARATOR.split(listed) if item}))
        text = text[: values.start()] + ";" + text[values.end() :]
    return text


def _take_limits(text: str, facts: dict[str, Fact]) -> str:
    if length := _LENGTH.search(text):
        facts["max_length"] = next(number(group) for group in length.groups() if group)
        text = text[: length.start()] + ";" + text[length.end() :]
    if size := _SIZE.search(text):
        facts["max_size"] = f"{size[1]} {size[2]}"
        text = text[: size.start()] + ";" + text[size.end() :]
    if limits := _RANGE.search(text):
        facts["minimum"], facts["maximum"] = number(limits[1]), number(limits[2])
        text = text[: limits.start()] + ";" + text[limits.end() :]
    for name, pattern in _BOUNDS.items():
        if name not in facts and (bound := pattern.search(text)):
            facts[name] = number(bound[1] or bound[2])
            text = text[: bound.start()] + ";" + text[bound.end() :]
    return text


def number(text: str) -> float:
    """Return the number that a text such as `1,024` or `0.5` writes."""
    return float(text.replace(",", ""))


def literal(text: str) -> Fact:
    """Return the value that a page writes as its default: a number, true, false, null or a text."""
    bare = _unquoted(text)
    named: dict[str, Fact] = {"true": True, "false": False, "null": None, "none": None}
    if bare.casefold() in named:
        return named[bare.casefold()]
    return number(bare) if re.fullmatch(_NUMBER, bare) else bare


def _unquoted(text: str) -> str:
    return text.strip().strip("`\"'“”").rstrip(".")
