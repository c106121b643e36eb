"""The generator as a list of steps. `build`, `check` and `explain` run it, or the beginning of it.

load -> normalize -> lint -> lower -> generate -> package -> compare
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from attrs import define, field

from . import drift
from .errors import GeneratorError, SeveralFaultsError
from .loading.document import Document
from .loading.notes import Note
from .loading.reading import load_document
from .lowering import lower
from .model.client_model import ClientModel
from .model.default_methods import add_default_methods
from .model.sdk import Sdk, read_sdk
from .model.sdk_names import SdkNames
from .normalization import normalize
from .rendering import packaging, project
from .rendering.contract_copy import copy_contract
from .rendering.smoke_calls import list_smoke_calls
from .validation.lint import lint, lint_and_prune
from .validation.pruning import RemovedPart, remove_faulty_parts


@define
class Work:
    """The values that the steps pass on, from the path of a spec to a client in `workshop`.

    `slips` are what was repaired before validation, `notes` what was lowered. With `keep_going`, what cannot
    be built is left out and listed in `refused`. With `is_strict`, a slip is an error and nothing is left
    out. `workshop` is None if nothing is to be written.
    """

    spec: Path
    out: Path
    workshop: Path | None
    document: Document | None = None
    lowered: Document | None = None
    sdk: Sdk | None = None
    client_model: ClientModel | None = None
    slips: list[Note] = field(factory=list)
    notes: list[Note] = field(factory=list)
    differences: list[str] = field(factory=list)
    keep_going: bool = False
    is_strict: bool = False
    refused: list[RemovedPart] = field(factory=list)
    names: SdkNames = field(factory=SdkNames)


def step_load(work: Work) -> None:
    """Read the spec, and remember the line of every value."""
    work.document = load_document(work.spec)


def step_normalize(work: Work) -> None:
    """Repair slips that change nothing on the wire; each is a note, or with `is_strict` an error."""
    assert work.document is not None
    # A contract that says what its SDK has is written for this generator, so a refused part is a mistake. In
    # any other document, a fault in one operation must not cost the others.
    work.keep_going = not work.is_strict and (work.keep_going or "x-sdk" not in work.document.data)
    document, work.slips = normalize(work.document)
    if work.is_strict and work.slips:
        raise SeveralFaultsError(
            [work.document.error(note.pointer, note.reason, note.change) for note in work.slips]
        )
    work.document = document


def step_lint(work: Work) -> None:
    """Refuse what is not OpenAPI, and an `x-sdk` that names what does not exist."""
    assert work.document is not None
    if work.keep_going:
        work.document, work.refused = lint_and_prune(work.document)
    else:
        lint(work.document)


def step_lower(work: Work) -> None:
    """Restate in memory what openapi-python-client cannot take."""
    assert work.document is not None
    with work.document.locating_errors():
        data, work.notes = lower(work.document.data)
    work.lowered = Document(work.document.path, data, work.document.lines, work.document.data)
    # After the operations that no client can have are removed, and with an operationId for each.
    work.sdk, method_notes = add_default_methods(read_sdk(work.document, work.names), work.lowered)
    work.notes += method_notes


def step_generate(work: Work) -> None:
    """Write the client's modules."""
    assert work.document is not None
    assert work.lowered is not None
    assert work.sdk is not None
    assert work.workshop is not None
    with work.lowered.locating_errors():
        work.client_model = project.render(work.document, work.lowered, work.sdk, work.workshop)


def step_package(work: Work) -> None:
    """Make the modules an installable project, and prove that it imports and calls each operation."""
    assert work.document is not None
    assert work.sdk is not None
    assert work.client_model is not None
    assert work.workshop is not None
    copy_contract(work.document, work.workshop, work.sdk)
    packaging.tidy(work.workshop, work.sdk, work.spec)
    packaging.copy_runtime(work.workshop, work.sdk)
    packaging.stamp(work.workshop, work.spec, work.names)
    packaging.smoke_test(work.workshop, work.sdk, list_smoke_calls(work.client_model))


def step_compare(work: Work) -> None:
    """List what differs from the client that is there."""
    assert work.workshop is not None
    work.differences = drift.differences(work.out, work.workshop)


STEPS: tuple[Callable[[Work], None], ...] = (
    step_load,
    step_normalize,
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
        if step is not step_lower:
            assert work.workshop is not None
            shutil.rmtree(work.workshop, ignore_errors=True)
            _run_without_faulty_parts(work, step_lower)


def _remove_refused_parts(work: Work, fault: GeneratorError) -> None:
    assert work.document is not None
    faults = fault.faults if isinstance(fault, SeveralFaultsError) else (fault,)
    work.document, removed_parts = remove_faulty_parts(work.document, faults)
    work.refused += removed_parts


def build(
    spec: Path,
    out: Path,
    *,
    keep_going: bool = False,
    is_strict: bool = False,
    names: SdkNames = SdkNames(),  # noqa: B008 - immutable
) -> Work:
    """Build the client of `spec` and replace `out` by it, or leave `out` as it is. Raises GeneratorError.

    With `keep_going`, which is the default for a document without `x-sdk`, operations that are refused are
    left out and listed in `refused`. With `is_strict`, the first fault or slip is an error. `names` come
    before those that the client in `out` was built with, and these before those of the contract.
    """
    out = out.resolve() if out.is_symlink() else out
    names = names.or_else(packaging.read_asked_names(out))
    with packaging.workshop(out) as workshop:
        work = run(Work(spec, out, workshop, keep_going=keep_going, is_strict=is_strict, names=names))
        packaging.swap(workshop, out)
    return work


def check(
    spec: Path,
    out: Path,
    *,
    is_strict: bool = False,
    names: SdkNames = SdkNames(),  # noqa: B008 - immutable
) -> Work:
    """Build the client of `spec` beside `out`, and list in `differences` how the two differ."""
    names = names.or_else(packaging.read_asked_names(out))
    with packaging.workshop(out) as workshop:
        return run(Work(spec, out, workshop, is_strict=is_strict, names=names))


def explain(spec: Path, *, is_strict: bool = False) -> Work:
    """Read and lower `spec`, and build nothing."""
    return run(Work(spec, Path(), None, is_strict=is_strict), last=step_lower)
