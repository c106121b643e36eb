"""What one call costs besides the network: every SDK over a network that is a function."""

import asyncio
import gc
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import process_time

from ..answers import PNG
from ..in_memory import network
from ..series import Effort, Series
from ..subject import AsyncCall, Call, Source, load_all

NOTE = (
    "One process; every SDK's own default client, with httpx's HTTPTransport (httpx2's for openai) replaced"
    " by a function that takes the body and answers all with the same bytes. Raw httpx is `client.post(...)`"
    " alone; the SDKs read the JSON too. Each round is a block of calls, in turn. The time is that of the"
    " processor, over all threads: what else the machine does is left out."
)

Key = tuple[str, str]


def measure(effort: Effort) -> Iterator[Series]:
    """Time blocks of calls, in turn, round by round."""
    rounds, calls = effort.choose(30, 5), effort.choose(50, 20)
    with tempfile.TemporaryDirectory() as folder, network():
        photo = make_photo(Path(folder))
        yield from _series(_sync(photo, rounds, calls))
        yield from _series(asyncio.run(_async(photo, rounds, calls)))


def make_photo(folder: Path) -> Source:
    """Write a picture of 10 kB and return it as a source."""
    photo = Source(folder / "in.png", PNG + bytes(10_000 - len(PNG)))
    photo.path.write_bytes(photo.held)
    return photo


def _sync(photo: Source, rounds: int, calls: int) -> Mapping[Key, list[float]]:
    work = {
        (f"call.{kind}.sync", one.name): call for one in load_all() for kind, call in one.calls(photo).items()
    }
    times: dict[Key, list[float]] = {key: [_block(call, calls)] for key, call in work.items()}
    _settle()
    for _ in range(rounds):
        for key, call in work.items():
            times[key].append(_block(call, calls))
    return times


def _block(call: Call, calls: int) -> float:
    begin = process_time()
    for _ in range(calls):
        call()
    return (process_time() - begin) / calls


async def _async(photo: Source, rounds: int, calls: int) -> Mapping[Key, list[float]]:
    work = {
        (f"call.{kind}.async", one.name): call
        for one in load_all()
        for kind, call in one.async_calls(photo).items()
    }
    times: dict[Key, list[float]] = {key: [await _async_block(call, calls)] for key, call in work.items()}
    _settle()
    for _ in range(rounds):
        for key, call in work.items():
            times[key].append(await _async_block(call, calls))
    return times


async def _async_block(call: AsyncCall, calls: int) -> float:
    begin = process_time()
    for _ in range(calls):
        await call()
    return (process_time() - begin) / calls


def _settle() -> None:
    """Keep the modules of all SDKs together from being searched for garbage in everyone's time."""
    gc.collect()
    gc.freeze()


def _series(times: Mapping[Key, list[float]]) -> Iterator[Series]:
    for (row, subject), values in times.items():
        yield Series(row, subject, tuple(values[1:]))  # the first block warmed up
