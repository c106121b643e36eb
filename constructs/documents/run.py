"""Tries every document: fetch, build, call, judge. What a stopped run has built and found is kept."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from itertools import repeat
from pathlib import Path
from typing import Any

from attrs import asdict, field, frozen

from ..generators import ROOT, run
from .contract import read_document
from .fetching import FOLDER, Source, fetch, fetch_judge, list_sources

CLIENTS_FOLDER = FOLDER / "clients"
_RESULTS = FOLDER / "results"
# A document of 13 MB takes minutes on a busy machine.
_SECONDS = 900
# What results come from, besides the generators.
_TRIAL_FILES = (
    "../values.py",
    "clients.py",
    "contract.py",
    "files.py",
    "looseness.py",
    "restating.py",
    "samples.py",
    "trial.py",
    "wire_judge.py",
)
_LEFT_OUT = "generator: left out #/paths/"


@frozen
class Outcome:
    """What one generator made of a document, in numbers of operations, and of examples.

    `any_of` operations have a `oneOf` that
    no plain value fits once. `refusals` say what was left out, and why; `faults` what was sent or read in a
    wrong way.
    """

    built: int = 0
    typed: int = 0
    accepted: int = 0
    carried: int = 0
    unjudged: int = 0
    any_of: int = 0
    examples: int = 0
    equal_examples: int = 0
    refusals: list[str] = field(factory=list[str])
    faults: list[str] = field(factory=list[str])


@frozen
class Result:
    """What became of one document."""

    name: str
    openapi: str
    kilobytes: int
    operations: int
    ours: Outcome
    stock: Outcome


def try_all(deadline: float) -> tuple[list[Result], list[Source]]:
    """Try every document, the small ones first, two at a time; return the results, and what was not tried.

    What an earlier run found with the same files of the generators and of the trial is kept. No document is
    begun after the deadline, a time of `time.monotonic`.
    """
    judge = fetch_judge()
    sources = list_sources()
    by_size = sorted(sources, key=lambda source: fetch(source).stat().st_size)
    attempts = (by_size, repeat(judge), repeat(_hash_trial()), repeat(deadline))
    with ThreadPoolExecutor(2) as pool:
        results = dict(zip(by_size, pool.map(_try_or_recall, *attempts), strict=True))
    in_order = [results[source] for source in sources]
    untried = [source for source in sources if results[source] is None]
    return [result for result in in_order if result is not None], untried


def _hash_files(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.suffix in (".py", ".jinja", ".json"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _hash_generator() -> str:
    return _hash_files((ROOT / "generator").rglob("*"))


def _hash_trial() -> str:
    return _hash_generator() + _hash_files(Path(__file__).parent / name for name in _TRIAL_FILES)


def _try_or_recall(source: Source, judge: Path, trial_hash: str, deadline: float) -> Result | None:
    kept = _RESULTS / f"{source.slug}.json"
    if kept.exists():
        found = json.loads(kept.read_text(encoding="utf-8"))
        if found["hash"] == trial_hash:
            return read_result(found["result"])
    if time.monotonic() > deadline:
        return None
    result = _try_document(source, judge)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps({"hash": trial_hash, "result": asdict(result)}), encoding="utf-8")
    ours = result.ours
    print(f"{result.name}: {ours.carried} of {result.operations} operations", file=sys.stderr, flush=True)
    return result


def read_result(found: Mapping[str, Any]) -> Result:
    """Return a result as it was kept."""
    outcomes: dict[str, Any] = {kind: Outcome(**found[kind]) for kind in ("ours", "stock")}
    return Result(**{**found, **outcomes})


def _try_document(source: Source, judge: Path) -> Result:
    spec = fetch(source)
    data = read_document(spec)
    folder = CLIENTS_FOLDER / source.slug
    folder.mkdir(parents=True, exist_ok=True)
    methods = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
    operations = sum(method in item for item in data["paths"].values() for method in methods)
    ours = [sys.executable, "-m", "generator", "build", "--spec", str(spec), "--out", str(folder / "ours")]
    stock = ["openapi-python-client", "generate", "--path", str(spec), "--output-path", str(folder / "stock")]
    return Result(
        source.name,
        str(data["openapi"]),
        spec.stat().st_size // 1000,
        operations,
        _try_client("ours", ours, spec, folder / "ours", judge),
        _try_client("stock", stock, spec, folder / "stock", judge),
    )


def _build_or_recall(command: list[str], key: str, spec: Path, out: Path) -> list[str]:
    """Build a client, unless the same generator has built it already; return what the generator printed."""
    kept = out.with_suffix(".build.json")
    if kept.exists():
        found = json.loads(kept.read_text(encoding="utf-8"))
        if found["key"] == key:
            return list(found["lines"])
    shutil.rmtree(out, ignore_errors=True)
    finished = run(command, seconds=_SECONDS)
    printed = (finished.stderr + finished.stdout).replace(f"{spec}", "")
    lines = [*printed.splitlines(), f"status {finished.returncode}"]
    kept.write_text(json.dumps({"key": key, "lines": lines}), encoding="utf-8")
    return lines


def _try_client(kind: str, command: list[str], spec: Path, out: Path, judge: Path) -> Outcome:
    key = _hash_generator() if kind == "ours" else version("openapi-python-client")
    lines = _build_or_recall(command, key, spec, out)
    refusals = [line.removeprefix("generator: left out ") for line in lines if line.startswith(_LEFT_OUT)]
    packages = [path.parent for path in out.glob("*/__init__.py")]
    if not packages:
        problem = next((line for line in reversed(lines[:-1]) if line.strip()), lines[-1])
        return Outcome(refusals=[f"all: {problem}"])
    trials = out.with_suffix(".jsonl")
    modules = [
        sys.executable,
        "-m",
        "constructs.documents.trial",
        kind,
        packages[0].name,
        str(spec),
        str(trials),
    ]
    tried = run(modules, out, seconds=_SECONDS)
    if tried.returncode:
        problem = next((line for line in reversed(tried.stderr.splitlines()) if line.strip()), "")
        return Outcome(refusals=[*refusals, f"all: {problem}"])
    judged = [sys.executable, "-m", "constructs.documents.wire_judge", str(spec), str(trials)]
    modules_path = os.pathsep.join([str(judge), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": modules_path, "PYTHONWARNINGS": "ignore"}
    verdicts_text = subprocess.run(
        judged, env=environment, capture_output=True, text=True, check=True, timeout=_SECONDS
    ).stdout
    return count_trials(trials, json.loads(verdicts_text), refusals)


def count_trials(trials: Path, verdicts: Mapping[str, str | None], refusals: list[str]) -> Outcome:
    """Return what the lines of `trial` and the verdicts by route add up to.

    An operation is carried if it is typed and accepted, and changes no example.
    """
    built = typed = accepted = carried = unjudged = any_of = examples = wrong_examples = 0
    faults: list[str] = []
    for line in trials.read_text(encoding="utf-8").splitlines():
        trial = json.loads(line)
        if not trial["is_built"]:
            continue
        verdict = verdicts.get(trial["route"], trial["problem"] or "nothing was sent")
        built += 1
        typed += not trial["loose"]
        is_accepted = verdict == "" and not trial["problem"]
        accepted += is_accepted
        carried += is_accepted and not trial["loose"] and not trial["wrong"]
        unjudged += verdict is None
        any_of += trial["takes_any_of"]
        examples += trial["request_examples"] + trial["response_examples"]
        wrong_examples += len(trial["wrong"])
        reasons = [*(f"no type: {place}" for place in trial["loose"]), *trial["wrong"]]
        if not is_accepted:
            reasons.append(trial["problem"] or verdict or "openapi-core cannot judge it")
        faults += [f"{trial['route']}: {reason}" for reason in reasons]
    equal = examples - wrong_examples
    return Outcome(built, typed, accepted, carried, unjudged, any_of, examples, equal, refusals, faults)
