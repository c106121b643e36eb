"""Second ring: what the client of `pages.yaml` asks a real server for, page by page, and when it stops."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.__main__ import main
from tests.generator.projects import GOLDEN, Projects

# What a server answers: from the query and the JSON of the body to JSON and headers.
Answer = Callable[[dict[str, str], Any], tuple[Any, dict[str, str]]]


class Server:
    """A server whose `answer` a test sets; `asked` are the targets of its requests."""

    def __init__(self) -> None:
        self.answer: Answer = lambda _query, _body: ([], {})
        self.asked: list[str] = []
        self.bodies: list[Any] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                content = self.rfile.read(int(self.headers.get("content-length", 0)))
                server.asked.append(self.path)
                server.bodies.append(json.loads(content) if content else None)
                query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
                data, headers = server.answer(query, server.bodies[-1])
                body = json.dumps(data).encode()
                self.send_response(200)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815 - the name that the standard library calls

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base
                """Print nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def package(built: Projects) -> Any:
    return built.load("pages", "pages")


def go_through(package: Any, server: Server, method: str, **arguments: Any) -> list[Any]:
    """Return the items that both clients yield; both must ask for the same."""
    resource, name = method.split(".")
    server.asked, server.bodies = [], []
    with package.Pages(base_url=server.url, max_retries=0) as client:
        items = list(getattr(getattr(client, resource), name)(**arguments))
    asked, bodies = server.asked, server.bodies
    server.asked, server.bodies = [], []

    async def go_through_async() -> list[Any]:
        async with package.AsyncPages(base_url=server.url, max_retries=0) as client:
            return [item async for item in getattr(getattr(client, resource), name)(**arguments)]

    assert asyncio.run(go_through_async()) == items
    assert (server.asked, server.bodies) == (asked, bodies)
    return items


def linked(last: int, target: str = "/books?page={}") -> Answer:
    """Return pages of two books, with a link to each next page and others."""

    def answer(query: dict[str, str], _body: Any) -> tuple[Any, dict[str, str]]:
        number = int(query.get("page", 1))
        books = [{"title": f"{number}{letter}"} for letter in "ab"]
        link = f'<{target.format(number + 1)}>; title="a, b"; rel="last NEXT", </books?page=1>; rel=first'
        return books, {"Link": link} if number < last else {"Link": "</books?page=1>; rel=first"}

    return answer


def test_links_are_followed_to_the_page_without_one(package: Any, server: Server) -> None:
    server.answer = linked(3)
    books = go_through(package, server, "books.list_all", per_page=2)
    assert [book.title for book in books] == ["1a", "1b", "2a", "2b", "3a", "3b"]
    assert server.asked == ["/books?per_page=2", "/books?page=2", "/books?page=3"]


def test_no_page_is_asked_for_before_it_is_needed(package: Any, server: Server) -> None:
    server.answer = linked(3)
    with package.Pages(base_url=server.url) as client:
        books = client.books.list_all()
        assert server.asked == []
        assert [next(books).title, next(books).title] == ["1a", "1b"]
        assert len(server.asked) == 1


def test_a_maximum_ends_within_a_page(package: Any, server: Server) -> None:
    server.answer = linked(9)
    assert len(go_through(package, server, "books.list_all", max_items=3)) == 3
    assert server.asked == ["/books", "/books?page=2"]
    assert len(go_through(package, server, "books.list_all", max_items=2)) == 2
    with package.Pages(base_url=server.url) as client:
        for wrong in (0, -1, True, "3"):
            with pytest.raises(package.ArgumentError, match="max_items"):
                client.books.list_all(max_items=wrong)


@pytest.mark.parametrize(
    ("target", "complaint"),
    [
        ("/books?page=1", "leads to a page that was there before"),
        ("https://elsewhere.example.com/books?page={}", "on another server: elsewhere.example.com"),
        ("//elsewhere.example.com/books", "on another server: elsewhere.example.com"),
    ],
)
def test_a_link_in_a_circle_or_to_another_server_is_an_error(
    package: Any, server: Server, target: str, complaint: str
) -> None:
    server.answer = linked(9, target)
    with pytest.raises(package.UnexpectedResponseError, match=complaint):
        go_through(package, server, "books.list_all")
    assert len(server.asked) <= 2


def cursors(*pages: tuple[Any, Any]) -> Answer:
    """Return pages of names, each with the cursor of the next one; the cursor is the number of the page."""

    def answer(query: dict[str, str], _body: Any) -> tuple[Any, dict[str, str]]:
        names, cursor = pages[int(query.get("after", 0))]
        return {"data": names, "paging": {"next": cursor}}, {}

    return answer


@pytest.mark.parametrize("last", [None, ""])
def test_a_cursor_is_followed_until_there_is_none(package: Any, server: Server, last: str | None) -> None:
    server.answer = cursors((["a", "b"], "1"), ([], "2"), (None, "3"), (["c"], last))
    assert go_through(package, server, "authors.list_all") == ["a", "b", "c"]
    assert server.asked == ["/authors", "/authors?after=1", "/authors?after=2", "/authors?after=3"]


def test_a_cursor_that_comes_again_is_an_error_and_not_endless(package: Any, server: Server) -> None:
    server.answer = cursors((["a"], "1"), (["b"], "2"), (["c"], "1"))
    with package.Pages(base_url=server.url) as client:
        authors = client.authors.list_all()
        assert [next(authors), next(authors)] == ["a", "b"]
        with pytest.raises(package.UnexpectedResponseError, match="that was there before: '1'"):
            next(authors)


def test_the_last_item_may_be_the_cursor(package: Any, server: Server) -> None:
    def answer(query: dict[str, str], _body: Any) -> tuple[Any, dict[str, str]]:
        start = int(query.get("starting_after", 0))
        return {"data": [{"id": start + 1}, {"id": start + 2}], "has_more": start < 2}, {}

    server.answer = answer
    loans = go_through(package, server, "loans.find_each", max_items=7)
    assert [loan.id for loan in loans] == [1, 2, 3, 4]
    assert server.asked == ["/loans?max_items=7", "/loans?starting_after=2&max_items=7"]
    server.answer = lambda _query, _body: ({"data": [], "has_more": True}, {})
    assert go_through(package, server, "loans.find_each", max_items_in_all=7) == []


@pytest.mark.parametrize("total", [{"pages": 3}, {}])
def test_pages_are_counted_to_the_last_or_to_an_empty_one(
    package: Any, server: Server, total: dict[str, int]
) -> None:
    pages = [[1, 2], [3], [4], []]
    server.answer = lambda query, _body: ({"shelves": pages[int(query.get("page", 0))], **total}, {})
    assert go_through(package, server, "shelves.list_all") == [1, 2, 3, 4]
    assert len(server.asked) == (3 if total else 4)
    assert server.asked[:3] == ["/shelves", "/shelves?page=1", "/shelves?page=2"]
    assert go_through(package, server, "shelves.list_all", page=2) == [4]


def test_a_server_that_ignores_the_page_is_an_error_and_not_endless(package: Any, server: Server) -> None:
    server.answer = lambda _query, _body: ({"shelves": [1, 2]}, {})
    with pytest.raises(package.UnexpectedResponseError, match="is `page` ignored"):
        go_through(package, server, "shelves.list_all")


@pytest.mark.parametrize("total", [{"count": 5}, {}])
def test_an_offset_grows_by_what_came(package: Any, server: Server, total: dict[str, int]) -> None:
    shelves = [10, 11, 12, 13, 14]

    def answer(_query: dict[str, str], body: Any) -> tuple[Any, dict[str, str]]:
        start = body.get("from", 0)
        return {"shelves": shelves[start : start + 2], **total}, {}

    server.answer = answer
    assert go_through(package, server, "shelves.search_all", words=["x"]) == shelves
    offsets = [{"words": ["x"]}, {"words": ["x"], "from": 2}, {"words": ["x"], "from": 4}]
    assert server.bodies == (offsets if total else [*offsets, {"words": ["x"], "from": 5}])


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"shelves": 3}, "expected a list at /shelves"),
        ({}, "expected a list at /shelves"),
        ({"shelves": [1, "2"]}, "/shelves/1: expected an integer"),
    ],
)
def test_a_page_that_does_not_fit_is_an_error(
    package: Any, server: Server, data: Any, complaint: str
) -> None:
    server.answer = lambda _query, _body: (data, {})
    with pytest.raises(package.UnexpectedResponseError, match=complaint):
        go_through(package, server, "shelves.list_all")


def test_items_that_are_no_list_are_a_fault_of_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = tmp_path / "api.yaml"
    text = (GOLDEN / "pages.yaml").read_text(encoding="utf-8")
    spec.write_text(text.replace("items: /shelves, parameter: page", "items: /pages, parameter: page"))
    assert main(["build", "--strict", "--spec", str(spec), "--out", str(tmp_path / "client")]) == 2
    place = "#/paths/~1shelves/get/x-sdk/pagination/items"
    assert f"{place}: no success of JSON has a list at `/pages` (write the" in capsys.readouterr().err
