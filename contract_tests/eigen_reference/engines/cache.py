"""A small, explicit store of engine outputs: a contract suite sends the same request many times."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from .fingerprints import fingerprint

T = TypeVar("T")
MOST_BYTES = 128 * 2**20
"""Default limit. A whole run of the suite makes half of that; with less, its next run would find nothing."""
ENTRY_BYTES = 512
"""What an entry weighs beside its output: the fingerprint, the pair, and their places in the table."""


class OutputCache:
    """Keep the outputs used last, as long as they weigh at most `most_bytes`.

    Outputs are found by the fingerprint of what was asked, so that no prompt and no upload is kept. Safe to
    share between threads.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._held = 0
        self._outputs: OrderedDict[bytes, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def held_bytes(self) -> int:
        """What all entries weigh together."""
        return self._held

    def get(self, question: object, make: Callable[[], T], weigh: Callable[[T], int]) -> T:
        """Return the output for `question`, made by `make` if it is not held. `weigh` says its bytes.

        What `make` raises is raised, and not kept.
        """
        key = fingerprint(question)
        held: T | None = self._held_for(key)
        if held is not None:
            return held
        output = make()
        self._keep(key, output, weigh(output))
        return output

    def stream(self, question: object, make: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
        """Yield the pieces for `question`, each as soon as it is made if they are not held.

        They are kept once the last is made. What `make` raises is raised between two pieces.
        """
        key = fingerprint(question)
        held: list[bytes] | None = self._held_for(key)
        if held is not None:
            yield from held
            return
        pieces: list[bytes] = []
        for piece in make():
            pieces.append(piece)
            yield piece
        self._keep(key, pieces, sum(len(piece) + ENTRY_BYTES for piece in pieces))

    def _held_for(self, key: bytes) -> Any:
        with self._lock:
            if key not in self._outputs:
                return None
            self._outputs.move_to_end(key)
            return self._outputs[key][0]

    def _keep(self, key: bytes, output: object, output_bytes: int) -> None:
        weight = output_bytes + ENTRY_BYTES
        with self._lock:
            if key in self._outputs or weight > self._most_bytes:
                return
            self._outputs[key] = (output, weight)
            self._held += weight
            while self._held > self._most_bytes:
                _, (_, dropped) = self._outputs.popitem(last=False)
                self._held -= dropped
