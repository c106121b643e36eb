"""`python -m release.build [--tag vVERSION]`: both packages into dist/, used as their users would use them.

Exit status: 0 all of it holds, 2 something does not. The database of vulnerabilities may be out of reach:
then this says that the audit did not run.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .distributions import build_distributions, refuse_if_not_reproducible, write_checksums
from .environments import make_environment, serve
from .metadata import extras_of, refuse_faulty_wheel
from .repository import RefusedError
from .supply_chain import (
    ask_for_vulnerabilities,
    judge_audit,
    judge_licences,
    list_licences,
    write_bill_of_materials,
)

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
PROGRAM = Path(__file__).parent / "programs" / "call_all_jobs.py"


def main(arguments: list[str] | None = None) -> int:
    """Build and prove; print a line for each thing that holds."""
    parser = argparse.ArgumentParser("release.build", description=__doc__)
    parser.add_argument(
        "--tag", default="", help="what the client's version must be, as `v0.1.0`; any if empty"
    )
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    try:
        _build()
        refuse_other_version(options.tag, DIST)
        with tempfile.TemporaryDirectory(prefix="release-use-") as folder:
            _install_and_use(Path(folder))
        write_checksums(DIST)
    except RefusedError as reason:
        print(f"build: {reason}", file=sys.stderr)
        return 2
    print(f"build: {', '.join(sorted(path.name for path in DIST.iterdir()))}")
    print(f"build: {time.perf_counter() - started:.0f} s")
    return 0


def refuse_other_version(tag: str, dist: Path) -> None:
    """Raise RefusedError if a tag is given, and names another version than the client's wheel has."""
    version = next(dist.glob("eigen_generate-*.whl")).name.split("-")[1]
    if tag not in ("", f"v{version}"):
        raise RefusedError(
            f"the tag is {tag}, and the client has version {version}; `./dev -s release` sets it"
        )


def _build() -> None:
    names = build_distributions(ROOT, DIST)
    print(f"built      {', '.join(names)}", flush=True)
    refuse_if_not_reproducible(ROOT, DIST)
    print("the same   bytes in a second build, and of the wheels built from the sdists", flush=True)
    paths = [str(DIST / name) for name in names]
    done = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RefusedError(f"an index would refuse it: {done.stdout.strip()[-500:]}")
    for wheel in DIST.glob("*.whl"):
        refuse_faulty_wheel(wheel)
    print("metadata   complete; types, licence and nothing else in the wheels", flush=True)


def _install_and_use(folder: Path) -> None:
    """Install each package into an environment of its own, and use both where no sources are."""
    client_wheel, judge_wheel = (
        next(DIST.glob("eigen_generate-*.whl")),
        next(DIST.glob("eigen_contract-*.whl")),
    )
    working_folder = folder / "work"
    working_folder.mkdir()
    client = make_environment(folder / "client", working_folder, [str(client_wheel)])
    judge = make_environment(
        folder / "judge", working_folder, [f"eigen-contract[reference] @ {judge_wheel.as_uri()}"]
    )
    with serve(judge) as url:
        files = working_folder / "files"
        files.mkdir()
        done = client.run([client.python, "-I", PROGRAM, url, files])
        print(f"client     {done.strip()}", flush=True)
    report = judge.run(
        [judge.script("eigen-contract"), "run", "--target", "reference", "--phase", "examples"]
    )
    print(f"judge      {report.strip().splitlines()[-1]}", flush=True)
    if "cli" in extras_of(client_wheel):
        shell = make_environment(
            folder / "shell", working_folder, [f"eigen-generate[cli] @ {client_wheel.as_uri()}"]
        )
        shell.run([shell.script("eigen-generate"), "--help"])
        print("console    eigen-generate --help", flush=True)
    for name, environment in (("eigen-generate", client), ("eigen-contract", judge)):
        write_bill_of_materials(environment, DIST / f"{name}.cdx.json")
        for remark in judge_licences(list_licences(environment)):
            print(f"licence    {name}: {remark}")
        print(f"audit      {name}: {judge_audit(ask_for_vulnerabilities(environment))}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
