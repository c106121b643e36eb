"""Finds the answers to the requests of one test on a tape."""

from collections.abc import Sequence

from attrs import define, field, frozen

from eigen_contract.exchange import Exchange, Request, Response
from eigen_contract.tape import Tape
from eigen_contract.tape.matching import fingerprint


@frozen
class TestLabel:
    """Names the exchanges that a test records, so that the tape says which test made which."""

    __test__ = False  # it is not a class of tests

    node_id: str

    def numbered(self, number: int) -> str:
        """Return the label of an exchange; `number` counts from 1."""
        return f"{self.node_id} {number}"

    def is_on(self, exchange: Exchange) -> bool:
        """Say whether the test recorded an exchange."""
        node_id, _, number = exchange.label.rpartition(" ")
        return node_id == self.node_id and number.isdecimal()


@define
class Playback:
    """Plays a tape to one test. Equal requests get their answers in turn, and the last one from then on.

    So a job that was pending twice and then done is pending twice and then done again.
    """

    tape: Tape
    label: TestLabel
    _answers: dict[str, list[Response]] = field(init=False)
    _played: dict[str, int] = field(factory=dict[str, int], init=False)

    def __attrs_post_init__(self) -> None:
        own = [exchange for exchange in self.tape.exchanges if self.label.is_on(exchange)]
        others = [exchange for exchange in self.tape.exchanges if not self.label.is_on(exchange)]
        # What the test itself recorded counts, and what others recorded where it recorded nothing.
        self._answers = {**by_form(others), **by_form(own)}

    @property
    def own(self) -> int:
        """How many exchanges of this test the tape has."""
        return sum(self.label.is_on(exchange) for exchange in self.tape.exchanges)

    def has(self, request: Request) -> bool:
        """Say whether there is an answer to a request."""
        return fingerprint(request) in self._answers

    def answer(self, request: Request) -> Response:
        """Return the next answer to a request.

        Raises:
            UnmatchedError: there is none. The message names the nearest request and what differs.
        """
        form = fingerprint(request)
        if form not in self._answers:
            return self.tape.answer(request)
        number = self._played.get(form, 0)
        self._played[form] = number + 1
        return self._answers[form][min(number, len(self._answers[form]) - 1)]


def by_form(exchanges: Sequence[Exchange]) -> dict[str, list[Response]]:
    """Return the answers to each request, in the order in which they came."""
    answers: dict[str, list[Response]] = {}
    for exchange in exchanges:
        answers.setdefault(fingerprint(exchange.request), []).append(exchange.response)
    return answers
