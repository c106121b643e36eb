"""The page docs/documents.md."""

import datetime as dt
import platform
import re
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version

from ..page import line, shorten
from .fetching import Source
from .run import Outcome, Result

# Whose fault it is where an operation is not carried, by what its line says; the first that fits counts.
_CAUSES = {
    "the trial found no value that the schema admits": r"no valid request was found|with 4 bytes of",
    "openapi-core does not read it": r"cannot judge|Missing required path|: \('\w+', '\w+'\)",
    "openapi-core asks a request for a required property that only answers have": r"is a required property",
    "the client or the document": r"",
}
# A page that lists every fault of every operation would not be read.
_MAX_FAULTS = 12


def render(results: Sequence[Result], untried: Sequence[Source]) -> str:
    """Return the whole page."""
    head = _HEAD.format(
        python=platform.python_version(),
        stock=version("openapi-python-client"),
        date=dt.datetime.now(tz=dt.UTC).date(),
        any_of=sum(result.ours.any_of for result in results),
    )
    parts = [head, make_table(results)]
    if untried:
        names = "\n".join(f"- {source.name}" for source in untried)
        parts.append(f"## Not run\n\nThe time was over before these documents were begun.\n\n{names}")
    parts += ["## Left out by ours", "\n".join(_list_refusals(results))]
    parts += ["## Not carried by ours", "\n".join(_list_faults(results))]
    parts += ["## Why openapi-python-client has fewer", "\n".join(_list_stock_refusals(results))]
    return "\n\n".join(parts) + "\n"


def make_table(results: Sequence[Result]) -> str:
    """Return a Markdown table with one row for each document, and the sums in its last line."""
    columns = ["document", "OpenAPI", "kB", "operations"]
    columns += [f"{name}: {column}" for name in ("ours", "stock") for column in _COLUMNS]
    lines = [line(columns), line(["---"] * len(columns))]
    for result in results:
        cells = [result.name, result.openapi, str(result.kilobytes), str(result.operations)]
        lines.append(line([*cells, *_make_cells(result.ours), *_make_cells(result.stock)]))
    operations = sum(result.operations for result in results)
    sums = [_add([result.ours for result in results]), _add([result.stock for result in results])]
    cells = [f"**{cell}**" for outcome in sums for cell in _make_cells(outcome)]
    lines.append(line([f"**{len(results)} documents**", "", "", f"**{operations}**", *cells]))
    shares = [f"{100 * outcome.carried / operations:.2f} %" for outcome in sums]
    lines += ["", f"Carried: {shares[0]} of the operations by ours, {shares[1]} by openapi-python-client."]
    return "\n".join(lines)


_COLUMNS = ("built", "typed", "accepted", "carried", "examples")


def _make_cells(outcome: Outcome) -> list[str]:
    counts = [outcome.built, outcome.typed, outcome.accepted, outcome.carried]
    return [*map(str, counts), f"{outcome.equal_examples} of {outcome.examples}"]


def _add(outcomes: Sequence[Outcome]) -> Outcome:
    return Outcome(
        built=sum(outcome.built for outcome in outcomes),
        typed=sum(outcome.typed for outcome in outcomes),
        accepted=sum(outcome.accepted for outcome in outcomes),
        carried=sum(outcome.carried for outcome in outcomes),
        unjudged=sum(outcome.unjudged for outcome in outcomes),
        any_of=sum(outcome.any_of for outcome in outcomes),
        examples=sum(outcome.examples for outcome in outcomes),
        equal_examples=sum(outcome.equal_examples for outcome in outcomes),
    )


def _list_refusals(results: Sequence[Result]) -> list[str]:
    lines = [
        f"- {result.name} `{shorten(refusal)}`" for result in results for refusal in result.ours.refusals
    ]
    return lines or ["Nothing."]


def _list_faults(results: Sequence[Result]) -> list[str]:
    every = [fault for result in results for fault in result.ours.faults]
    counts = Counter(
        next(cause for cause, pattern in _CAUSES.items() if re.search(pattern, fault)) for fault in every
    )
    lines = [f"By cause: {'; '.join(f'{cause}: {counts[cause]}' for cause in counts)}.\n"] if every else []
    for result in results:
        faults = result.ours.faults
        lines += [f"- {result.name} `{shorten(fault)}`" for fault in faults[:_MAX_FAULTS]]
        if len(faults) > _MAX_FAULTS:
            lines.append(f"- {result.name}: {len(faults) - _MAX_FAULTS} more")
    return lines or ["Nothing."]


def _list_stock_refusals(results: Sequence[Result]) -> list[str]:
    """Return for each document where the whole client is missing, why; else how many operations are."""
    lines: list[str] = []
    for result in results:
        whole = [refusal for refusal in result.stock.refusals if refusal.startswith("all: ")]
        kinds = Counter(fault.partition(": ")[2].partition(":")[0] for fault in result.stock.faults)
        missing = result.operations - result.stock.built
        if whole:
            lines.append(f"- {result.name} `{shorten(whole[0])}`")
        elif missing or kinds:
            reasons = [f"{missing} not built"] if missing else []
            reasons += [f"{count} of `{shorten(kind)}`" for kind, count in kinds.most_common(3)]
            lines.append(f"- {result.name}: {', '.join(reasons)}")
    return lines or ["It has not."]


_HEAD = """# Documents of others

What becomes of every operation of public OpenAPI documents, unedited as packages of npm and PyPI carry them.
Every number is a real run: a client is built, each of its operations is called once with a request that the
document admits, against a stub transport, and
[openapi-core](https://github.com/python-openapi/openapi-core) judges what was sent. Each request has all
parameters of the operation; its values are examples of the document, or the smallest that its schemas allow.

Written by `./dev -s constructs -- --documents` on {date} under Python {python}, beside openapi-python-client
{stock}.

- **built**: the client has the operation, and its module imports.
- **typed**: no parameter, body or answer is `Any` where the document has a schema that a type can state.
- **accepted**: openapi-core finds that the request is one of the document, and its answer is read.
- **carried**: typed and accepted, and no example is changed.
- **examples**: those of bodies and of successful answers in JSON that their own schemas admit; equal on the
  wire, and in hand. An example that its schema does not admit is left out.

Where every plain value fits several branches of a `oneOf`, no request is valid by the letter; sample and
judge then read it as `anyOf` ({any_of} operations of ours). openapi-core is given the documents without
header parameters called like Accept, which the standard ignores, and with nullable parameters as their other
branch.
"""
