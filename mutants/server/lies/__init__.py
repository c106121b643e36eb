"""Servers that answer as if they had done the work: the faults of stand-ins, proxies and careless releases.

Each answers promptly, in the right form, and not what was asked for. `shown_by` says whether valid requests
alone show it, or only requests that are to be refused.
"""

from collections.abc import Iterator

from eigen_contract.spec import Contract
from mutants.mutant import Mutant
from mutants.server.lies.pictures import edit_lies, picture_lies
from mutants.server.lies.planting import Lie
from mutants.server.lies.refusals import key_lies, label_lies, refusal_lies
from mutants.server.lies.sounds import speech_lies, stream_lies, transcript_lies
from mutants.server.lies.videos import video_lies


def lie_faults(contract: Contract) -> Iterator[Mutant]:
    """Yield every lie as a fault of the pool."""
    del contract
    for lie in lies():
        yield Mutant("server", lie.family, "lie", lie.name, lie.planting)


def lies() -> Iterator[Lie]:
    """Yield every lie."""
    for family in (
        transcript_lies,
        speech_lies,
        stream_lies,
        picture_lies,
        edit_lies,
        video_lies,
        refusal_lies,
    ):
        yield from family()
    yield from key_lies()
    yield from label_lies()
