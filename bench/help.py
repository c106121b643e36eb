"""Times `--help` against that of a program of two commands: `python -m bench.help`, where the extra `cli` is.

Not a section of the bench: rich, which the command line needs, slows `import httpx` of its other subjects.
"""

import sys
from statistics import median
from time import perf_counter

from .processes import ROOT, Failed, run

# The smallest program that is made with the same library.
_SMALLEST = '''
from cyclopts import App
app = App(name="two")
@app.command
def first(number: int, *, text: str = "a"):
    """Do the first thing."""
@app.command
def second(number: int, *, text: str = "b"):
    """Do the second thing."""
app()
'''
_OURS = f"import sys; sys.path.insert(0, {str(ROOT / 'generated_client')!r}); " + (
    "from eigen_generate.__main__ import main; main()"
)
_ROUNDS = 15
_RATIO_AT_MOST = 1.2


def main() -> int:
    """Print the medians in seconds and their ratio; return 1 if it is over the bar."""
    seconds: dict[str, list[float]] = {_SMALLEST: [], _OURS: []}
    try:
        for code in seconds:
            _time(code)  # compiles what is not compiled yet
        for _ in range(_ROUNDS):
            for code, values in seconds.items():
                values.append(_time(code))
    except Failed as reason:
        print(f"bench: cannot measure: {reason}", file=sys.stderr)
        return 2
    ratio = median(ours / smallest for ours, smallest in zip(seconds[_OURS], seconds[_SMALLEST], strict=True))
    print(f"two commands {median(seconds[_SMALLEST]):.3f} s, eigen-generate {median(seconds[_OURS]):.3f} s")
    print(f"ratio {ratio:.2f}, at most {_RATIO_AT_MOST}")
    return int(ratio > _RATIO_AT_MOST)


def _time(code: str) -> float:
    """Return the seconds that a fresh process takes for `--help`."""
    begin = perf_counter()
    run("-c", code, "--help")
    return perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
