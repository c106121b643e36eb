"""Docstrings from what the contract says: meaning, limits, defaults, evidence."""

import re
import textwrap
from typing import Any

from ..loading.json_data import render
from ..validation.keywords import RULE_KEYWORDS

_LIMITS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "pattern": "matching {}",
    "minProperties": "at least {} members",
    "maxProperties": "at most {} members",
    "minContains": "at least {} of the items that `contains` describes",
    "maxContains": "at most {} of the items that `contains` describes",
}
_WIDTH = 96
# The label that goes without saying.
PAGE = "page"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def describe(schema: dict[str, Any], *, evidence: bool = True) -> str:
    """One paragraph about a member: meaning, limits, the service's default, examples, how we know."""
    sentences = [_sentence(str(schema.get("description", "")).strip())]
    limits = [_limit(text, schema[key]) for key, text in _LIMITS.items() if key in schema]
    limits += ["without repeats"] if schema.get("uniqueItems") else []
    if limits:
        sentences.append(_sentence(", ".join(limits)[:1].upper() + ", ".join(limits)[1:]))
    if schema.get("x-lowered-default") is not None:
        sentences.append(f"Default: {render(schema['x-lowered-default'])}.")
    examples = (
        [render(one) for one in schema.get("examples", ()) if _plainly(one) not in sentences[0]]
        if isinstance(schema.get("examples"), list)
        else []
    )
    if examples:
        sentences.append(f"For example {', '.join(examples)}.")
    if schema.get("deprecated"):
        sentences.append("Deprecated.")
    if evidence and label(schema) != PAGE:
        sentences.append(f"Evidence: {label(schema)}.")
    return " ".join(sentence for sentence in sentences if sentence)


def _plainly(example: Any) -> str:
    """How a description would name a value."""
    return f"`{example if isinstance(example, str) else render(example)}`"


def label(schema: dict[str, Any]) -> str:
    """How we know of a member."""
    return str(schema.get("x-evidence", PAGE))


def _limit(text: str, value: Any) -> str:
    found = text.format(value)
    return found.removesuffix("s") if value == 1 and found.endswith("s") else found


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".!?:" else f"{text}."


def groups(schema: dict[str, Any]) -> list[str]:
    """Sentences on what no type can say: members that need each other, rules in the contract's words."""
    found: list[str] = []
    for group in schema.get("x-lowered-groups", ()):
        names = ", ".join(" with ".join(f"`{name}`" for name in members) for members in group["members"])
        found.append(
            f"{'Exactly' if group['kind'] == 'oneOf' else 'At least'} one of these is needed: {names}."
        )
    for name, needed in schema.get("dependentRequired", {}).items():
        found.append(f"`{name}` is only taken with {', '.join(f'`{other}`' for other in needed)}.")
    rules = [f"`{keyword}: {render(schema[keyword])}`" for keyword in RULE_KEYWORDS if keyword in schema]
    return [*found, f"It must satisfy {', '.join(rules)}."] if rules else found


# A character that no contract holds, and no white space to `textwrap`.
_NO_BREAK = "\N{WORD JOINER}"


def docstring(summary: str, paragraphs: list[str], sections: list[tuple[str, list[tuple[str, str]]]]) -> str:
    """A docstring's text, safe inside triple quotes: summary, paragraphs, then sections of named entries."""
    lines = [*textwrap.wrap(" ".join(summary.split()), _WIDTH)]
    for paragraph in paragraphs:
        lines += ["", *textwrap.wrap(" ".join(paragraph.split()), _WIDTH)]
    for title, entries in sections:
        told = [(name, " ".join(text.split())) for name, text in entries if text.strip()]
        if told:
            lines += ["", f"{title}:"]
            for name, text in told:
                # Editors take a line that ends in a colon for a heading, and join it to the entry before it.
                # So a colon and the next word stay on one line.
                entry = f"{name}: {text}".replace(": ", f":{_NO_BREAK}")
                wrapped = textwrap.wrap(
                    entry, _WIDTH, initial_indent="    ", subsequent_indent="        ", break_long_words=False
                )
                lines += [line.replace(_NO_BREAK, " ") for line in wrapped]
    return safe("\n".join(lines))


def quoted(text: str) -> str:
    """A docstring with its quotes; those that end a long one stand on a line of their own."""
    return f'"""{text}\n"""' if "\n" in text else f'"""{text}"""'


def safe(text: str) -> str:
    """`text` so that it can stand between triple quotes: nothing in it ends the string or escapes.

    Control characters go: a source may hold no NUL, and others would have their way with a reader's terminal.
    """
    text = _CONTROLS.sub("", text).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return text[:-1] + '\\"' if text.endswith('"') else text
