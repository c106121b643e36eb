"""Measures the judge beside `schemathesis run`: cases a second, drawn anew and kept from an earlier run.

Both send what they send by default, to the same reference server, whose engines have done all of it once:
Schemathesis over loopback, the judge in this process. Schemathesis times itself, from when it has
started.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
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
IDLE = 0.2
"""Share of one processor below which the machine is at rest."""
PATIENCE = 120.0
"""Seconds to wait for that."""


def main(effort: Effort) -> None:
    """Measure and print, each figure beside its bar. Raises Failed if the judge is not installed."""
    try:
        from eigen_contract.targets import Choice, open_target
    except ImportError as reason:
        raise Failed(f"the judge is not installed; run ./dev -s 'bench(judge)' ({reason})") from None
    rounds = effort.choose(3, 1)
    theirs, cold, warm = list[float](), list[float](), list[float]()
    with (
        tempfile.TemporaryDirectory(prefix="bench-judge-") as folder,
        server() as url,
        open_target(Choice()) as target,
    ):
        stock(url)
        ours(target, Path(folder), fresh=True)
        settle()
        for _ in range(rounds):
            theirs.append(stock(url))
            settle()
            cold.append(ours(target, Path(folder), fresh=True))
            settle()
            warm.append(ours(target, Path(folder), fresh=False))
            settle()
    print(f"cases a second, median (least to most) of {rounds}, side by side")
    for name, values in (("schemathesis run", theirs), ("judge, drawn anew", cold), ("judge, kept", warm)):
        print(f"  {name:<18} {spread(values)}")
    judge("judge.cold", [one / other for one, other in zip(cold, theirs, strict=True)])
    judge("judge.warm", [one / other for one, other in zip(warm, theirs, strict=True)])


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


def ours(target: object, folder: Path, *, fresh: bool) -> float:
    """Judge what is generated; return cases a second."""
    from eigen_contract.corpus import Corpus
    from eigen_contract.oracle import Oracle
    from eigen_contract.runner import Plan, run
    from eigen_contract.spec import Contract
    from eigen_contract.targets import Target

    assert isinstance(target, Target)
    plan = Plan(SEED, phases=frozenset({"coverage", "fuzz"}))
    begin = perf_counter()
    judgement = run(target, Oracle.of(Contract.load(SPEC)), plan, corpus=Corpus(folder, fresh))
    seconds = perf_counter() - begin
    if judgement.findings:
        raise Failed(f"the reference server has findings: {judgement.findings[0]}")
    return judgement.exchanges / seconds


def settle() -> None:
    """Wait until nothing runs: films that either server still makes would take from what comes next."""
    give_up = time.monotonic() + PATIENCE
    while True:
        before, begin = busy_seconds(), time.monotonic()
        time.sleep(0.25)
        if busy_seconds() - before < IDLE * (time.monotonic() - begin):
            return
        if time.monotonic() > give_up:
            raise Failed(f"the machine did not come to rest in {PATIENCE} s; end what else runs on it")


def busy_seconds() -> float:
    """Seconds that the machine's processors have worked, summed over them (Linux, proc_stat(5))."""
    user, nice, system, *_ = Path("/proc/stat").read_text(encoding="ascii").split()[1:]
    return (int(user) + int(nice) + int(system)) / os.sysconf("SC_CLK_TCK")


def spread(values: list[float]) -> str:
    """Write a median with the least and the most."""
    return f"{median(values):.4g} ({min(values):.4g} to {max(values):.4g})"


def judge(name: str, values: list[float]) -> None:
    """Print a figure beside the bar of its row."""
    row = next(row for row in load_rows() if row.id == name)
    [figure] = figures([row], [Series(row.id, OURS, tuple(values))])
    print(f"  {row.title}: {spread(values)} {row.unit} (bar: {row.bar}){'' if figure.holds else ' MISSED'}")
