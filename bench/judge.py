"""Measures the judge beside `schemathesis run`: cases a second, drawn anew and kept from an earlier run.

Both send what they send by default, to the same reference server, whose engines have done all of it once:
Schemathesis over loopback, the judge in this process. Schemathesis times itself, from when it has
started. Then it measures how long the judge takes to find planted faults.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from .bars import OURS, figures, load_rows
from .processes import ROOT, Failed
from .series import Effort, Series

SEED = 1
SPEC = ROOT / "openapi.yaml"
COUNTED = re.compile(r"(\d+) generated.* in ([\d.]+)s", re.DOTALL)


def main(effort: Effort) -> None:
    """Measure and print, each figure beside its bar. Raises Failed if the judge is not installed."""
    try:
        from eigen_contract.targets import Choice, open_target
    except ImportError as reason:
        raise Failed(f"the judge is not installed; run ./dev -s 'bench(judge)' ({reason})") from None
    rounds, cases = effort.choose(3, 1), effort.choose(2000, 200)
    theirs, cold, warm = list[float](), list[float](), list[float]()
    with (
        tempfile.TemporaryDirectory(prefix="bench-judge-") as folder,
        server() as url,
        open_target(Choice()) as target,
    ):
        stock(url)
        ours(target, Path(folder), cases, fresh=True)
        for _ in range(rounds):
            theirs.append(stock(url))
            cold.append(ours(target, Path(folder), cases, fresh=True))
            warm.append(ours(target, Path(folder), cases, fresh=False))
    print(f"cases a second, median (least to most) of {rounds}, side by side")
    for name, values in (("schemathesis run", theirs), ("judge, drawn anew", cold), ("judge, kept", warm)):
        print(f"  {name:<18} {spread(values)}")
    judge("judge.cold", [one / other for one, other in zip(cold, theirs, strict=True)])
    judge("judge.warm", [one / other for one, other in zip(warm, theirs, strict=True)])
    with tempfile.TemporaryDirectory(prefix="bench-mutants-") as folder:
        mutants(effort, Path(folder))


@contextmanager
def server() -> Generator[str]:
    """Start the reference server; yield its URL."""
    command = [sys.executable, "-m", "eigen_reference", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            if " at " not in line:
                raise Failed("the reference server did not start")
            yield line.rpartition(" at ")[2].strip()
        finally:
            process.terminate()


def stock(url: str) -> float:
    """Run Schemathesis with its default settings; return its cases a second."""
    with tempfile.TemporaryDirectory(prefix="bench-schemathesis-") as folder:
        key = "Authorization: Bearer test-key"
        command = ["schemathesis", "run", str(SPEC), "--url", url, "-H", key, "--seed", str(SEED)]
        done = subprocess.run(
            [str(Path(sys.executable).with_name(command[0])), *command[1:]],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    counted = COUNTED.search(done.stdout)
    if counted is None:
        raise Failed(f"schemathesis run counted nothing: {(done.stdout or done.stderr)[-200:]!r}")
    return int(counted[1]) / float(counted[2])


def ours(target: object, folder: Path, cases: int, *, fresh: bool) -> float:
    """Judge what is generated, of which `cases` are drawn by chance; return cases a second."""
    from eigen_contract.corpus import Corpus
    from eigen_contract.oracle import Oracle
    from eigen_contract.runner import Plan, run
    from eigen_contract.spec import Contract
    from eigen_contract.targets import Target

    assert isinstance(target, Target)
    plan = Plan(SEED, cases, phases=frozenset({"coverage", "fuzz"}))
    begin = perf_counter()
    judgement = run(target, Oracle.of(Contract.load(SPEC)), plan, corpus=Corpus(folder, fresh))
    seconds = perf_counter() - begin
    if judgement.findings:
        raise Failed(f"the reference server has findings: {judgement.findings[0]}")
    return judgement.exchanges / seconds


def mutants(effort: Effort, folder: Path) -> None:
    """Measure how long it takes to find faults of the server, and print it: there is no bar."""
    from mutants.running import outcomes
    from mutants.server.judging import generated

    count = effort.choose(60, 6)
    generated(folder)
    print(
        f"seconds to judge {count} faults of the server, seed {SEED}, one at a time, in a process of its own"
    )
    for name, corpus in (("drawn anew", None), ("kept", folder)):
        begin = perf_counter()
        found = [*outcomes("server", seed=SEED, count=count, workers=1, corpus=corpus)]
        seconds = perf_counter() - begin
        caught = sum(one.state == "caught" for one in found)
        slowest = max(one.seconds for one in found)
        print(f"  {name:<18} {seconds:.4g} ({caught} caught, the slowest in {slowest:.2g})")


def spread(values: list[float]) -> str:
    """Write a median with the least and the most."""
    return f"{median(values):.4g} ({min(values):.4g} to {max(values):.4g})"


def judge(name: str, values: list[float]) -> None:
    """Print a figure beside the bar of its row."""
    row = next(row for row in load_rows() if row.id == name)
    [figure] = figures([row], [Series(row.id, OURS, tuple(values))])
    print(f"  {row.title}: {spread(values)} {row.unit} (bar: {row.bar}){'' if figure.holds else ' MISSED'}")
