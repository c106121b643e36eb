"""`python -m release [--against REV] [--write]`: from what changed to a version, an entry and wheels.

All is made in a copy of the tree; with `--write` what changed is put into the tree when everything is there.
Without a tag and without `--against` it is the first release: of the version that the contract declares,
compared with nothing. Exit status: 0 done, 2 there is nothing to release, or it cannot be.
"""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from generator.diffing.diff import format_text
from generator.errors import GeneratorError

from . import changelog, project
from .distributions import build_distributions
from .plan import Plan, make_plan
from .repository import RefusedError, Repository

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Prepare a release of the tree at `root`."""
    options = _options(arguments)
    try:
        repository = Repository(root)
        repository.refuse_if_dirty()
        project.refuse_if_stale(root)
        plan = make_plan(repository, options.against or repository.last_tag())
        _print_plan(plan)
        _carry_out(repository, plan, write=options.write)
    except (RefusedError, GeneratorError) as reason:
        print(f"release: {reason}", file=sys.stderr)
        return 2
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="release", description=__doc__)
    parser.add_argument("--against", metavar="REV", help="what callers have now; the last tag if left out")
    parser.add_argument("--write", action="store_true", help="change the tree; without it nothing is changed")
    return parser.parse_args(arguments)


def _print_plan(plan: Plan) -> None:
    if plan.comparison is None:
        print("there is no tag of a version: this is the first release, compared with nothing")
        print("(to compare it with a commit that callers have: -- --against REV)")
        print(f"\nrelease {plan.version}")
        return
    print(f"since {plan.against}:\n\n{format_text(plan.comparison)}\n")
    if not plan.comparison.changes:
        print("the client itself differs all the same: a patch release")
    print(f"release {plan.version} (was {plan.comparison.version})\n\n{plan.entry}")


def _carry_out(repository: Repository, plan: Plan, *, write: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        tree = Path(folder)
        repository.export("HEAD", tree)
        project.set_version(tree / "openapi.yaml", plan.version)
        changelog.insert(tree / "CHANGELOG.md", plan.version, plan.entry, datetime.now(UTC).date())
        project.rebuild(tree)
        for name in build_distributions(tree, tree / project.WHEELS):
            print(f"{project.WHEELS}/{name}")
        project.put((project.WHEELS,), tree, repository.root)
        if write:
            project.put(project.RELEASED, tree, repository.root)
    if write:
        named = f"git commit -am 'Release {plan.version}' && git tag v{plan.version}"
        print(f"\nwritten; look at it, then: {named}")
    else:
        print("\nnothing was changed; `-- --write` does it")


if __name__ == "__main__":
    sys.exit(main())
