"""Run the jobs and print the table: `./dev -s demo`. Exits 1 if a job failed, 2 if none could be tried."""

import argparse
import shutil
import sys
import time
from pathlib import Path

from demo.jobs import JOBS, Job, JobError
from demo.pictures import make_pictures
from demo.server import ServerError, reference_server
from eigen_generate import EigenGenerate, EigenGenerateError

FOLDER = Path("build/demo")


def main() -> int:
    """Do all jobs against a fresh reference server; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="demo", description="Does all five jobs against the reference server."
    )
    parser.add_argument(
        "--pictures", type=Path, metavar="DIR", help="write a small picture of each result there"
    )
    options = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    print(row("job", "request", "result", "bytes", "ms"))
    try:
        with (
            reference_server(FOLDER / "server.log") as base_url,
            EigenGenerate(api_key="test-key", base_url=base_url) as client,
        ):
            failed = [job.name for job in JOBS if not succeeds(job, client)]
    except ServerError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 2
    if options.pictures and not failed:
        make_pictures(FOLDER, options.pictures)
    if failed:
        print(f"demo: failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def succeeds(job: Job, client: EigenGenerate) -> bool:
    """Run one job, print its row, and say whether it succeeded."""
    result = FOLDER / job.result
    start = time.perf_counter()
    try:
        job.run(client, result)
    except (EigenGenerateError, JobError, OSError) as error:
        print(row(job.name, job.request, f"FAILED: {error}", "-", "-"))
        return False
    milliseconds = (time.perf_counter() - start) * 1000
    print(row(job.name, job.request, str(result), f"{result.stat().st_size:,}", f"{milliseconds:,.0f}"))
    return True


def row(job: str, request: str, result: str, size: str, milliseconds: str) -> str:
    """Lay out one row of the table."""
    return f"{job:25} {request:38} {result:28} {size:>10} {milliseconds:>7}"


if __name__ == "__main__":
    sys.exit(main())
