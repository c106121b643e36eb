"""Short names for large values."""

import itertools

import pytest

from eigen_reference.engines.fingerprints import fingerprint
from eigen_reference.engines.values import Drawing, Edit, Source

DIFFERENT: list[tuple[object, ...]] = [
    (),
    ((),),
    ("",),
    (b"",),
    ("", ""),
    ("ab",),
    ("a", "b"),
    (b"ab",),
    ("s1:a",),
    (1,),
    ("1",),
    (1.5,),
    (True,),
    (None,),
    ("None",),
    (("a",), "b"),
    ("a", ("b",)),
    (Drawing("a", "b"),),
    (Drawing("ab"),),
    (Source("image", b"a"),),
    (Source("image", None, "a"),),
    (Edit((Source("image", b"ab"),), "p"),),
    (Edit((Source("image", b"a"), Source("image", b"b")), "p"),),
    ("\ud800",),
]


@pytest.mark.parametrize(("left", "right"), [*itertools.combinations(DIFFERENT, 2)])
def test_different_values_have_different_names(left: tuple[object, ...], right: tuple[object, ...]) -> None:
    assert fingerprint(*left) != fingerprint(*right)


@pytest.mark.parametrize(
    ("left", "right"),
    [(Drawing("a", seed=7), Drawing("a", seed=7.0)), (bytes(5), bytes(5)), (("a", 1), ("a", 1))],
)
def test_equal_values_have_equal_names(left: object, right: object) -> None:
    assert fingerprint(left) == fingerprint(right)


def test_a_name_is_short_whatever_is_named() -> None:
    assert len(fingerprint("a" * 10**7, bytes(10**7))) == 32


def test_what_has_no_name_is_an_error() -> None:
    with pytest.raises(TypeError, match="dict"):
        fingerprint({})
