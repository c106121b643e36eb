"""A small, explicit store of engine outputs: a contract suite sends the same request many times."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")
MOST_BYTES = 128 * 2**20
"""Default limit. A whole run of the suite makes half of that; with less, its next run would find nothing."""


class OutputCache:
    """Keep the outputs used last, as long as they weigh at most `most_bytes`.

    Safe to share between threads.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._held = 0
        self._outputs: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T], weigh: Callable[[T], int]) -> T:
        """Return the output for `key`, made by `make` if it is not held. `weigh` says its bytes.

        What `make` raises is raised, and not kept.
        """
        held: T | None = self._held_for(key)
        if held is not None:
            return held
        output = make()
        self._keep(key, output, weigh(output))
        return output

    def stream(self, key: Hashable, make: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
        """Yield the pieces for `key`, each as soon as it is made if they are not held.

        They are kept once the last is made. What `make` raises is raised between two pieces.
        """
        held: list[bytes] | None = self._held_for(key)
        if held is not None:
            yield from held
            return
        pieces: list[bytes] = []
        for piece in make():
            pieces.append(piece)
            yield piece
        self._keep(key, pieces, sum(map(len, pieces)))

    def _held_for(self, key: Hashable) -> Any:
        with self._lock:
            if key not in self._outputs:
                return None
            self._outputs.move_to_end(key)
            return self._outputs[key][0]

    def _keep(self, key: Hashable, output: object, weight: int) -> None:
        with self._lock:
            if key in self._outputs or weight > self._most_bytes:
                return
            self._outputs[key] = (output, weight)
            self._held += weight
            while self._held > self._most_bytes:
                _, (_, dropped) = self._outputs.popitem(last=False)
                self._held -= dropped
