"""Tries every document: fetch, build, call, judge. Results are kept, so that a stopped run goes on."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
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
_LEFT_OUT = "generator: left out #/paths/"


@frozen
class Outcome:
    """What one generator made of a document, in numbers of operations, and of examples.

    `refusals` are lines that say what was left out, and why; `faults` what was sent or read in a wrong way.
    """

    built: int = 0
    typed: int = 0
    accepted: int = 0
    carried: int = 0
    unjudged: int = 0
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


def try_all() -> list[Result]:
    """Try every document of the list, two at a time; what an earlier run found of the same files is kept."""
    judge = fetch_judge()
    generator = _hash_generator()
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(_try_or_recall, list_sources(), repeat(judge), repeat(generator)))


def _hash_generator() -> str:
    digest = hashlib.sha256()
    for folder in (ROOT / "generator", Path(__file__).parents[1]):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".jinja", ".json"):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _try_or_recall(source: Source, judge: Path, generator: str) -> Result:
    kept = _RESULTS / f"{source.slug}.json"
    if kept.exists():
        found = json.loads(kept.read_text(encoding="utf-8"))
        if found["generator"] == generator:
            return read_result(found["result"])
    result = _try_document(source, judge)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps({"generator": generator, "result": asdict(result)}), encoding="utf-8")
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
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
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


def _try_client(kind: str, command: list[str], spec: Path, out: Path, judge: Path) -> Outcome:
    finished = run(command, seconds=_SECONDS)
    lines = [line.replace(f"{spec}", "") for line in (finished.stderr + finished.stdout).splitlines()]
    refusals = [line.removeprefix("generator: left out ") for line in lines if line.startswith(_LEFT_OUT)]
    packages = [path.parent for path in out.glob("*/__init__.py")]
    if not packages:
        problem = next((line for line in reversed(lines) if line.strip()), f"status {finished.returncode}")
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
    judged = [sys.executable, str(Path(__file__).with_name("wire_judge.py")), str(spec), str(trials)]
    environment = {**os.environ, "PYTHONPATH": str(judge), "PYTHONWARNINGS": "ignore"}
    verdicts_text = subprocess.run(
        judged, env=environment, capture_output=True, text=True, check=True, timeout=_SECONDS
    ).stdout
    return count_trials(trials, json.loads(verdicts_text), refusals)


def count_trials(trials: Path, verdicts: Mapping[str, str | None], refusals: list[str]) -> Outcome:
    """Return what the lines of `trial` and the verdicts by route add up to.

    An operation is carried if it is typed and accepted, and changes no example.
    """
    built = typed = accepted = carried = unjudged = examples = wrong_examples = 0
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
        examples += trial["request_examples"] + trial["response_examples"]
        wrong_examples += len(trial["wrong"])
        reasons = [*(f"no type: {place}" for place in trial["loose"]), *trial["wrong"]]
        if not is_accepted:
            reasons.append(trial["problem"] or verdict or "openapi-core cannot judge it")
        faults += [f"{trial['route']}: {reason}" for reason in reasons]
    return Outcome(
        built, typed, accepted, carried, unjudged, examples, examples - wrong_examples, refusals, faults
    )
