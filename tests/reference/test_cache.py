"""The store of engine outputs."""

from collections.abc import Iterator

import pytest

from eigen_reference.engines.cache import ENTRY_BYTES, OutputCache


def test_makes_an_output_once() -> None:
    cache, made = OutputCache(), iter([b"first", b"second"])
    assert [cache.get("key", lambda: next(made), len) for _ in range(2)] == [b"first", b"first"]


def test_drops_what_was_not_used_for_longest() -> None:
    cache = OutputCache(most_bytes=2 * (10 + ENTRY_BYTES))
    for key in ("a", "b", "a", "c"):
        cache.get(key, lambda: bytes(10), len)
    assert cache.get("a", lambda: b"again", len) == bytes(10)
    assert cache.get("b", lambda: b"again", len) == b"again"


def test_does_not_keep_what_is_too_large() -> None:
    cache = OutputCache(most_bytes=4 + ENTRY_BYTES)
    cache.get("key", lambda: bytes(5), len)
    assert cache.get("key", lambda: b"new", len) == b"new"


def test_does_not_keep_a_failure() -> None:
    def fail() -> bytes:
        raise ValueError("no")

    cache = OutputCache()
    with pytest.raises(ValueError, match="no"):
        cache.get("key", fail, len)
    assert cache.get("key", lambda: b"made", len) == b"made"


def test_hands_on_each_piece_as_it_is_made_and_keeps_them_once_whole() -> None:
    cache, made = OutputCache(), list[bytes]()

    def pieces() -> Iterator[bytes]:
        for piece in (b"one", b"two"):
            made.append(piece)
            yield piece

    first = cache.stream("key", pieces)
    assert (next(first), made) == (b"one", [b"one"])
    assert list(cache.stream("key", pieces)) == [b"one", b"two"]
    assert list(cache.stream("key", pieces)) == [b"one", b"two"]
    assert len(made) == 3


def test_does_not_keep_a_stream_that_fails() -> None:
    def cut_short() -> Iterator[bytes]:
        yield b"one"
        raise ValueError("no")

    cache = OutputCache()
    with pytest.raises(ValueError, match="no"):
        list(cache.stream("key", cut_short))
    assert list(cache.stream("key", lambda: iter([b"all"]))) == [b"all"]


def test_holds_no_more_than_it_may_however_long_the_questions_are() -> None:
    cache = OutputCache(most_bytes=10 * (100 + ENTRY_BYTES))
    for number in range(1_000):
        cache.get(f"{number}" + "a" * 10_000, lambda: bytes(100), len)
    assert cache.held_bytes == 10 * (100 + ENTRY_BYTES)
