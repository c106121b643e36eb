"""Has Hypothesis draw from nothing but the seed.

By itself it mixes in constants from the source of whatever modules are loaded at the moment, except those of
installed packages: the same seed then draws other requests in a checkout than in an installation, and others
once an engine was imported. Here is an alternative backend, as Hypothesis's documentation calls it.
"""

from functools import cached_property

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider
from hypothesis.internal.constants_ast import Constants

NAME = "eigen-contract"


class SeedAlone(HypothesisProvider):
    """Hypothesis's own way to draw, which knows of no constants but those that it brings."""

    @cached_property
    def _local_constants(self) -> Constants:
        return Constants()


AVAILABLE_PROVIDERS[NAME] = f"{__name__}.{SeedAlone.__name__}"
