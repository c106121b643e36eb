"""The index of what this project can do. `./dev --list` prints it, `./dev` runs the default sessions.

A session installs dependency groups of `pyproject.toml` and runs commands; it holds no logic of its own.
"""

import os
import shutil
from pathlib import Path

import nox

nox.needs_version = "==2026.10.20"
nox.options.default_venv_backend = "uv"
nox.options.reuse_venv = "yes"
nox.options.error_on_external_run = True

# What GitHub reads, by the schema that describes it.
GITHUB_FILES = {
    "github-workflows": [".github/workflows/*.yml"],
    "github-actions": [".github/actions/*/action.yml", "action.yml"],
    "github-issue-forms": [".github/ISSUE_TEMPLATE/[!c]*.yml"],
    "github-issue-config": [".github/ISSUE_TEMPLATE/config.yml"],
    "dependabot": [".github/dependabot.yml"],
}
PYPROJECT = nox.project.load_toml("pyproject.toml")


def install(session: nox.Session, *groups: str) -> None:
    """Install dependency groups, and both projects in place."""
    session.install(*nox.project.dependency_groups(PYPROJECT, "build", *groups))
    session.install("--no-build-isolation", "-e", "generated_client", "-e", "contract_tests")


def build_site(session: nox.Session) -> None:
    """Build the site of documents in build/site/; each warning is an error."""
    # Without `--quiet`, which would hide the warnings from `--strict` too. The variable silences the theme's
    # advice to try its successor, Zensical.
    session.run("mkdocs", "build", "--strict", env={"NO_MKDOCS_2_WARNING": "1"})


@nox.session
def lint(session: nox.Session) -> None:
    """Read without running: style, the arrows between the rooms, the contract's own validity, workflows."""
    install(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("lint-imports", "--no-logo")
    session.run("openapi-spec-validator", "openapi.yaml")
    session.run("zizmor", "--offline", "--quiet", ".github", "action.yml")
    for schema, patterns in GITHUB_FILES.items():
        files = [str(path) for pattern in patterns for path in sorted(Path().glob(pattern))]
        session.run("check-jsonschema", "--quiet", f"--builtin-schema=vendor.{schema}", *files)


@nox.session
def types(session: nox.Session) -> None:
    """Check every type with mypy and pyright, both strict, generated code included."""
    install(session, "types", "generator", "reference", "judge", "tests", "browser", "page", "examples")
    session.run("mypy")
    # What Windows has not, such as `fork` and `resource`, must not be used there.
    session.run("mypy", "--platform=win32", "contract_tests", "demo", "generator/runtime")
    session.run("basedpyright")


@nox.session
def drift(session: nox.Session) -> None:
    """Fail if the committed client is not what the contract makes of it."""
    install(session, "generator")
    session.run(
        "python",
        "-m",
        "generator",
        "check",
        "--strict",
        "--spec",
        "openapi.yaml",
        "--out",
        "generated_client",
    )


@nox.session
def tests(session: nox.Session) -> None:
    """Judge our own workings, but for what `deep` does (-- arguments of pytest)."""
    install(session, "tests", "generator", "reference", "judge", "page")
    session.run("pytest", "--numprocesses=2", "-m", "not deep", "tests", *session.posargs)


@nox.session(default=False)
def deep(session: nox.Session) -> None:
    """Judge what takes minutes: clients built from faulty specs, from each kind of change (-- of pytest)."""
    install(session, "tests", "generator", "reference", "judge", "page")
    session.run("pytest", "--numprocesses=2", "--hypothesis-seed=1", "-m", "deep", "tests", *session.posargs)


@nox.session(default=False)
def fuzz(session: nox.Session) -> None:
    """Damage what the reference server reads: JSON, forms, HTTP, each decoder (-- --hypothesis-seed=N)."""
    install(session, "tests", "generator", "reference", "judge")
    session.run("pytest", "-n2", "--hypothesis-profile=fuzz", "tests/reference/fuzzing.py", *session.posargs)


@nox.session(default=False)
def year(session: nox.Session) -> None:
    """Type the commands of docs/contract-change.md for a year of changes; build/year/ has what they show."""
    install(session, "tests", "generator", "reference", "judge", "page", "year")
    session.run("pytest", "tests/year/maintainer_year.py", *session.posargs)


@nox.session(default=False)
def pythons(session: nox.Session) -> None:
    """Judge runtime and client on each Python 3.11 to 3.14 that is here (-- --found, arguments of pytest).

    tests/runtime, tests/client and tests/faults run with the newest attrs and httpx on every interpreter, and
    with the lowest that the client allows on the oldest and the newest. Fails if there are fewer than two
    interpreters; with --found one suffices.
    """
    session.install(*nox.project.dependency_groups(PYPROJECT, "environments", "reference"))
    session.run("python", "-m", "pythons", *session.posargs)


@nox.session(default=False)
def contract(session: nox.Session) -> None:
    """Judge a server, and the client (-- --target reference|recorded|live:URL [--budget N])."""
    install(session, "tests", "reference", "judge")
    session.run("pytest", "--numprocesses=2", "contract_tests", *session.posargs)


@nox.session(name="contract(reference)")
def contract_reference(session: nox.Session) -> None:
    """Judge the reference server."""
    install(session, "tests", "reference", "judge")
    session.run("pytest", "--numprocesses=2", "contract_tests", "--target=reference", *session.posargs)


@nox.session(name="contract(recorded)")
def contract_recorded(session: nox.Session) -> None:
    """Judge the tape of the examples, and leave what needs no target to `contract(reference)`."""
    install(session, "tests", "judge")
    session.run("pytest", "contract_tests", "--target=recorded", "--only-target", *session.posargs)


@nox.session(default=False)
def demo(session: nox.Session) -> None:
    """Build the client, start the reference server, do all five jobs; results in build/demo/."""
    session.install(*nox.project.dependency_groups(PYPROJECT, "build", "generator", "reference"))
    session.run("python", "-m", "generator", "build", "--spec", "openapi.yaml", "--out", "build/client")
    session.install("--no-build-isolation", "--no-deps", "--reinstall", "./build/client", "./contract_tests")
    session.run("python", "-m", "demo", *session.posargs)


@nox.session(default=False)
def generate(session: nox.Session) -> None:
    """Build the client that is committed from openapi.yaml, and what else is made from it."""
    session.install(*nox.project.dependency_groups(PYPROJECT, "generator", "judge"))
    session.run(
        "python",
        "-m",
        "generator",
        "build",
        "--strict",
        "--spec",
        "openapi.yaml",
        "--out",
        "generated_client",
    )
    judge = {"PYTHONPATH": "contract_tests"}
    session.run("python", "-m", "eigen_contract", "evidence", "--out", "docs/evidence.md", env=judge)


@nox.session(default=False)
def docs(session: nox.Session) -> None:
    """Build the site of documents in build/site/, and type every block of each page (-- of pytest)."""
    install(session, "docs", "tests", "generator", "reference", "judge", "examples")
    build_site(session)
    pages = ["tests/documents/every_page.py", "tests/documents/built_site.py"]
    session.run("pytest", "--numprocesses=2", *pages, *session.posargs)


@nox.session(default=False)
def examples(session: nox.Session) -> None:
    """Run the programs of examples/ against the reference server (-- arguments of pytest)."""
    install(session, "tests", "reference", "judge", "examples")
    session.run("pytest", "tests/examples/run_examples.py", *session.posargs)


@nox.session(default=False)
def browser(session: nox.Session) -> None:
    """Try the pages of a report, the server and the documents in headless Chromium; needs its driver."""
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        session.error(
            "browser did not run: no chromium or chromedriver on the PATH; on Debian: "
            "apt install chromium chromium-driver"
        )
    install(session, "tests", "reference", "judge", "browser", "docs")
    build_site(session)
    names = ("page", "server_page", "offline_page", "site")
    files = [f"tests/browser/{name}_in_chromium.py" for name in names]
    session.run("pytest", *files, *session.posargs)


@nox.session(default=False)
def record(session: nox.Session) -> None:
    """Record the tape anew (-- --missing, --refresh NAME, --dry-run, --target live:URL --budget N)."""
    install(session, "reference", "judge")
    session.run("eigen-contract", "record", "--out", "contract_tests/recordings", *session.posargs)


@nox.session(default=False)
def tape(session: nox.Session) -> None:
    """Look at recorded answers (-- show | verify | diff OLD NEW | prune; show without arguments)."""
    install(session, "judge")
    session.run("eigen-contract", "tape", *(session.posargs or ["show"]))


@nox.session(default=False)
def mutants(session: nox.Session) -> None:
    """Plant faults, and say which are caught (-- --only server|client|spec --count N --seed S --clean)."""
    install(session, "tests", "generator", "reference", "judge")
    path = os.pathsep.join(["generated_client", "contract_tests"])
    session.run("python", "-m", "mutants", *session.posargs, env={"PYTHONPATH": path})


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Measure the client beside raw httpx and other SDKs (-- --rows import,call --quick)."""
    session.install(*nox.project.dependency_groups(PYPROJECT, "build", "bench"))
    session.install("--no-build-isolation", "--no-deps", "--reinstall", "./generated_client")
    session.run("python", "-m", "bench", *session.posargs)


@nox.session(name="bench(factory)", default=False)
def bench_factory(session: nox.Session) -> None:
    """Measure the factory beside the tool that it drives."""
    install(session, "generator")
    session.run("python", "-m", "bench", "--rows=factory")


@nox.session(name="bench(judge)", default=False)
def bench_judge(session: nox.Session) -> None:
    """Measure the judge beside `schemathesis run` (-- --quick)."""
    install(session, "reference", "judge")
    session.run("python", "-m", "bench", "--rows=judge", *session.posargs)


@nox.session(name="bench(server)", default=False)
def bench_server(session: nox.Session) -> None:
    """Measure the reference server: its start, its memory, and others while it works (-- --quick)."""
    install(session, "reference")
    session.run("python", "-m", "bench", "--rows=server", *session.posargs)


@nox.session(name="bench(batch)", default=False)
def bench_batch(session: nox.Session) -> None:
    """Measure batches beside a bare loop over httpx (-- --quick)."""
    session.install(*nox.project.dependency_groups(PYPROJECT, "build", "batch"))
    session.install("--no-build-isolation", "--no-deps", "--reinstall", "./generated_client")
    session.run("python", "-m", "bench", "--rows=batch", *session.posargs)


@nox.session(default=False)
def constructs(session: nox.Session) -> None:
    """Try every construct of OpenAPI with every generator (-- --documents --types --only TEXT).

    `--documents` tries whole documents in their place, and `--types` checks the types of the five largest.
    """
    session.install(*nox.project.dependency_groups(PYPROJECT, "generator", "constructs"))
    session.run("python", "-m", "constructs", *session.posargs)


@nox.session(default=False)
def build(session: nox.Session) -> None:
    """Put both packages into dist/, and install and use them where the sources are not (-- --tag v0.1.0)."""
    session.install(*nox.project.dependency_groups(PYPROJECT, "build", "environments", "packages"))
    session.run("python", "-m", "release.build", *session.posargs)


@nox.session(default=False)
def release(session: nox.Session) -> None:
    """Say what a release would be, and build it (-- --against REV --write)."""
    session.install(*nox.project.dependency_groups(PYPROJECT, "build", "generator"))
    session.run("python", "-m", "release", *session.posargs)


@nox.session(default=False)
def page(session: nox.Session) -> None:
    """Say what a saved copy of the vendor's page has otherwise (-- SAVED_PAGE --since OLDER_COPY)."""
    session.install(*nox.project.dependency_groups(PYPROJECT, "page"))
    session.run("python", "-m", "page", *session.posargs)


@nox.session(default=False)
def change(session: nox.Session) -> None:
    """Print the comment that a change of the contract gets (-- --base REV --client DIR --tape DIR).

    Without arguments: what changed since the last commit, in client and tape as well.
    """
    session.install(*nox.project.dependency_groups(PYPROJECT, "generator"))
    arguments = session.posargs or ["--client", "generated_client", "--tape", "contract_tests/recordings"]
    session.run("python", "-m", "pull_request", *arguments)


@nox.session(default=False)
def opinions(session: nox.Session) -> None:
    """Ask Redocly what each kind of change means to callers; needs Node.js."""
    if not shutil.which("npx"):
        session.error("opinions needs Node.js, and there is no npx on the PATH; on Debian: apt install npm")
    session.install(*nox.project.dependency_groups(PYPROJECT, "generator", "tests"))
    session.run("pytest", "tests/diffing/redocly_opinions.py", *session.posargs)


@nox.session(default=False, venv_backend="none")
def redocly(session: nox.Session) -> None:
    """Ask a second opinion on the contract; needs Node.js."""
    if not shutil.which("npx"):
        session.error("redocly needs Node.js, and there is no npx on the PATH; on Debian: apt install npm")
    session.run("npx", "--yes", "@redocly/cli@2.77.0", "lint", "openapi.yaml", external=True)


@nox.session(default=False)
def steady(session: nox.Session) -> None:
    """Ask Steady, a mock made of the contract by others, what it thinks of the client; needs Node.js."""
    if not shutil.which("npx"):
        session.error("steady needs Node.js, and there is no npx on the PATH; on Debian: apt install npm")
    install(session, "tests", "judge")
    session.run("pytest", "contract_tests/steady_opinions.py", *session.posargs)
