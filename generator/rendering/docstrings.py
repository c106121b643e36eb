"""Makes docstrings of what the contract says: meaning, limits, defaults, examples.

Labels of evidence are left out: they are for readers of the contract and of docs/evidence.md,
not for callers.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..loading.json_data import list_or_empty, render
from ..loading.schemas import EXTRA_RULES
from ..model.sdk import read_deprecation
from ..validation.keywords import RULE_KEYWORDS
from .deprecations import make_sentence

# What a limit means, by its keyword.
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
    "minProperties": "at least {} properties",
    "maxProperties": "at most {} properties",
    "minContains": "at least {} of the items that `contains` describes",
    "maxContains": "at most {} of the items that `contains` describes",
}
_SINGULARS = {"characters": "character", "items": "item", "properties": "property"}
# Leaves room for two levels of indentation in a line of 110 characters, the style of the built client.
_WIDTH = 96
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# No contract holds this character, and `textwrap` does not break a line at it.
_NO_BREAK = "\N{WORD JOINER}"


class Entry(NamedTuple):
    """A name of a section and its text. `directive` are the paragraphs of a directive below the text."""

    name: str
    text: str
    directive: Sequence[str] = ()


Section = tuple[str, Sequence[Entry | tuple[str, str]]]


def describe(schema: dict[str, Any], *, has_directive: bool = False) -> str:
    """Return one paragraph about a property: meaning, limits, the service's default, examples.

    It says that the property is deprecated, unless a directive of the docstring says that (`has_directive`).
    """
    sentences = [_end_sentence(str(schema.get("description", "")).strip())]
    limits = ", ".join(_list_limits(schema))
    if limits:
        sentences.append(_end_sentence(limits[:1].upper() + limits[1:]))
    if schema.get("x-lowered-default") is not None:
        sentences.append(f"Default: {render(schema['x-lowered-default'])}.")
    examples = _list_unmentioned_examples(schema, sentences[0])
    if examples:
        sentences.append(f"For example {', '.join(examples)}.")
    deprecation = read_deprecation(schema)
    if deprecation is not None and not (has_directive and deprecation.since):
        sentences.append(make_sentence(deprecation))
    return " ".join(sentence for sentence in sentences if sentence)


def _list_limits(schema: dict[str, Any]) -> list[str]:
    limits = [_format_limit(text, schema[keyword]) for keyword, text in _LIMITS.items() if keyword in schema]
    return [*limits, "without repeats"] if schema.get("uniqueItems") else limits


def _list_unmentioned_examples(schema: dict[str, Any], description: str) -> list[str]:
    """Return the examples of a schema that are not in its `description`."""
    examples = list_or_empty(schema.get("examples"))
    return [render(example) for example in examples if _quote_example(example) not in description]


def _quote_example(example: Any) -> str:
    """Return a value as a description names it."""
    return f"`{example if isinstance(example, str) else render(example)}`"


def _format_limit(template: str, limit: Any) -> str:
    words = template.format(limit).split(" ")
    if limit == 1:
        words[-1] = _SINGULARS.get(words[-1], words[-1])
    return " ".join(words)


def _end_sentence(text: str) -> str:
    return text if not text or text[-1] in ".!?:" else f"{text}."


def describe_rules(schema: dict[str, Any]) -> list[str]:
    """Return sentences about rules that no type can express.

    These are properties that need each other, and keywords that are quoted from the contract.
    """
    sentences: list[str] = []
    for group in schema.get("x-lowered-groups", ()):
        choices = ", ".join(" with ".join(f"`{name}`" for name in names) for names in group["choices"])
        quantity = "Exactly" if group["kind"] == "oneOf" else "At least"
        sentences.append(f"{quantity} one of these is needed: {choices}.")
    for name, needed_names in schema.get("dependentRequired", {}).items():
        needed = ", ".join(f"`{needed_name}`" for needed_name in needed_names)
        sentences.append(f"`{name}` is only taken with {needed}.")
    stated = [{keyword: schema[keyword]} for keyword in RULE_KEYWORDS if keyword in schema]
    rules = [
        f"`{keyword}: {render(value)}`"
        for rule in [*stated, *schema.get(EXTRA_RULES, ())]
        for keyword, value in rule.items()
    ]
    return [*sentences, f"It must satisfy {', '.join(rules)}."] if rules else sentences


def make_docstring(
    summary: str, paragraphs: list[str], sections: list[Section], directive: Sequence[str] = ()
) -> str:
    """Return the text of a docstring, safe inside triple quotes: summary, directive, paragraphs, sections.

    A section has a title and entries; entries without text are left out.
    """
    lines = [*textwrap.wrap(_join_words(summary), _WIDTH), *_wrap_directive(directive, "")]
    for paragraph in paragraphs:
        lines += ["", *textwrap.wrap(_join_words(paragraph), _WIDTH)]
    for title, entries in sections:
        whole_entries = [
            entry if isinstance(entry, Entry) else Entry(entry[0], entry[1]) for entry in entries
        ]
        entry_lines = [line for entry in whole_entries for line in _wrap_entry(entry)]
        if entry_lines:
            lines += ["", f"{title}:", *entry_lines]
    return make_safe("\n".join(lines))


def _wrap_directive(directive: Sequence[str], indent: str) -> Iterator[str]:
    """Yield the lines of a directive, whose paragraphs stand below its first line and deeper."""
    if not directive:
        return
    first_line, *paragraphs = directive
    yield from ("", f"{indent}{_join_words(first_line)}")
    for paragraph in paragraphs:
        deeper = f"{indent}    "
        yield from textwrap.wrap(
            _join_words(paragraph), _WIDTH, initial_indent=deeper, subsequent_indent=deeper
        )


def _wrap_entry(entry: Entry) -> list[str]:
    name, text, directive = entry
    if not text.strip() and not directive:
        return []
    # Editors read a line that ends in a colon as a heading. So a colon and the next word stay on one line.
    unbroken = f"{name}: {_join_words(text)}".replace(": ", f":{_NO_BREAK}")
    lines = textwrap.wrap(
        unbroken, _WIDTH, initial_indent="    ", subsequent_indent="        ", break_long_words=False
    )
    return [*(line.replace(_NO_BREAK, " ") for line in lines), *_wrap_directive(directive, " " * 8)]


def _join_words(text: str) -> str:
    return " ".join(text.split())


def quote(text: str) -> str:
    """Return a docstring with its quotes; after several lines, the closing quotes have their own line."""
    return f'"""{text}\n"""' if "\n" in text else f'"""{text}"""'


def make_safe(text: str) -> str:
    """Return `text` escaped for triple quotes: nothing in it ends the string or is an escape sequence.

    Control characters are removed: a NUL is a syntax error, and others change what a terminal shows.
    """
    text = _CONTROL_CHARACTERS.sub("", text).replace("\\", "\\\\")
    beginning = text.rstrip('"')
    return beginning.replace('"""', '\\"\\"\\"') + '\\"' * (len(text) - len(beginning))


def make_safe_line(text: object) -> str:
    """Return a text of the contract as one line that can stand between triple quotes."""
    return make_safe(_join_words(str(text)))
