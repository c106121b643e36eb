"""What the findings of a run keep in memory: equal bodies once, and no more than a limit of others."""

from eigen_contract.exchange import Exchange, Finding, Request, Response
from eigen_contract.retention import SMALL, Retention


def finding(body: bytes, exchange: Exchange | None = None) -> Finding:
    known = exchange or Exchange(Request("POST", "/", (), b"{}"), Response(200, (), body))
    return Finding("media_is_whole", "it is cut short", "#/paths", known)


def bodies(findings: list[Finding]) -> list[bytes]:
    return [kept.exchange.response.body for kept in findings if kept.exchange]


def test_equal_bodies_are_held_once() -> None:
    canned = [finding(bytes(5000)) for _ in range(3)]
    retention = Retention()
    first, *others = bodies(retention.keep(canned))
    assert retention.held == 5000
    assert all(body is first for body in others)


def test_beyond_the_limit_the_beginning_of_a_body_is_left() -> None:
    retention = Retention(limit=10_000)
    whole, cut, small = retention.keep([finding(b"a" * 9000), finding(b"b" * 9000), finding(b"c" * 100)])
    assert bodies([whole, cut, small]) == [b"a" * 9000, b"b" * SMALL, b"c" * 100]
    assert [kept.exchange.is_cut for kept in (whole, cut, small) if kept.exchange] == [False, True, False]


def test_findings_of_one_exchange_still_share_it() -> None:
    """A report tells by this which findings have one cause, also when they were kept one after the other."""
    retention = Retention(limit=0)
    exchange = finding(bytes(9000)).exchange
    first, second = retention.keep([finding(b"", exchange), finding(b"", exchange)])
    [third] = retention.keep([finding(b"", exchange)])
    assert first.exchange is second.exchange is third.exchange
    assert first.exchange is not exchange


def test_a_finding_without_an_exchange_stays_as_it_is() -> None:
    alone = Finding("deviations", "it is gone", "#/paths")
    assert Retention().keep([alone]) == [alone]
