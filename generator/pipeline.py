"""The generator as a list of steps. `build`, `check` and `explain` run it, or the beginning of it.

load -> lint -> lower -> generate -> package -> compare
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from attrs import define, field

from . import drift
from .errors import GeneratorError, SeveralFaultsError
from .loading.document import Document
from .loading.reading import load_document
from .lowering import Note, lower
from .model.sdk import Sdk, read_sdk
from .rendering import packaging, project
from .rendering.contract_copy import copy_contract
from .validation.lint import lint, lint_and_prune
from .validation.pruning import RemovedPart, remove_faulty_parts


@define
class Work:
    """The values that the steps pass on, from the path of a spec to a client in `workshop`.

    With `keep_going`, what cannot be built is left out and listed in `refused`.
    """

    spec: Path
    out: Path
    workshop: Path
    document: Document | None = None
    lowered: Document | None = None
    sdk: Sdk | None = None
    notes: list[Note] = field(factory=list)
    differences: list[str] = field(factory=list)
    keep_going: bool = False
    refused: list[RemovedPart] = field(factory=list)


def step_load(work: Work) -> None:
    """Read the spec, and remember the line of every value."""
    work.document = load_document(work.spec)


def step_lint(work: Work) -> None:
    """Refuse what is not OpenAPI, and an `x-sdk` that names what does not exist."""
    assert work.document is not None
    if work.keep_going:
        work.document, work.refused = lint_and_prune(work.document)
    else:
        lint(work.document)
    work.sdk = read_sdk(work.document)


def step_lower(work: Work) -> None:
    """Restate in memory what openapi-python-client cannot take."""
    assert work.document is not None
    with work.document.locating_errors():
        data, work.notes = lower(work.document.data)
    work.lowered = Document(work.document.path, data, work.document.lines, work.document.data)


def step_generate(work: Work) -> None:
    """Write the client's modules."""
    assert work.document is not None
    assert work.lowered is not None
    assert work.sdk is not None
    with work.lowered.locating_errors():
        project.render(work.document, work.lowered, work.sdk, work.workshop)


def step_package(work: Work) -> None:
    """Make the modules an installable project, and prove that it imports."""
    assert work.document is not None
    assert work.sdk is not None
    copy_contract(work.document, work.workshop, work.sdk)
    packaging.tidy(work.workshop, work.sdk, work.spec)
    packaging.copy_runtime(work.workshop, work.sdk)
    packaging.stamp(work.workshop, work.spec)
    packaging.smoke_test(work.workshop, work.sdk)


def step_compare(work: Work) -> None:
    """List what differs from the client that is there."""
    work.differences = drift.differences(work.out, work.workshop)


STEPS: tuple[Callable[[Work], None], ...] = (
    step_load,
    step_lint,
    step_lower,
    step_generate,
    step_package,
    step_compare,
)


def run(work: Work, last: Callable[[Work], None] = step_compare) -> Work:
    """Run the steps up to `last`. Raises GeneratorError at the first fault."""
    for step in STEPS:
        if work.keep_going and step in (step_lower, step_generate):
            _run_without_faulty_parts(work, step)
        else:
            step(work)
        if step is last:
            break
    return work


def _run_without_faulty_parts(work: Work, step: Callable[[Work], None]) -> None:
    """Repeat a step until it succeeds; before each repetition, the parts that it refused are removed."""
    while True:
        try:
            return step(work)
        except GeneratorError as fault:
            _remove_refused_parts(work, fault)
        shutil.rmtree(work.workshop, ignore_errors=True)
        if step is not step_lower:
            _run_without_faulty_parts(work, step_lower)


def _remove_refused_parts(work: Work, fault: GeneratorError) -> None:
    assert work.document is not None
    faults = fault.faults if isinstance(fault, SeveralFaultsError) else (fault,)
    work.document, removed_parts = remove_faulty_parts(work.document, faults)
    work.refused += removed_parts


def build(spec: Path, out: Path, *, keep_going: bool = False) -> Work:
    """Build the client of `spec` and replace `out` by it, or leave `out` as it is.

    With `keep_going`, operations that are refused are left out and listed in `refused`. Raises
    GeneratorError.
    """
    out = out.resolve() if out.is_symlink() else out
    with packaging.workshop(out) as workshop:
        work = run(Work(spec, out, workshop, keep_going=keep_going))
        packaging.swap(workshop, out)
    return work


def check(spec: Path, out: Path) -> Work:
    """Build the client of `spec` beside `out`, and list in `differences` how the two differ."""
    with packaging.workshop(out) as workshop:
        return run(Work(spec, out, workshop))


def explain(spec: Path) -> Work:
    """Read and lower `spec`, and build nothing."""
    return run(Work(spec, Path(), Path()), last=step_lower)
