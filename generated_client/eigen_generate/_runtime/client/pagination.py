"""Going through the pages of a list: what to ask for next, and when to stop. No I/O."""

import re
from collections.abc import Mapping
from typing import Generic, NoReturn, TypeVar, cast
from urllib.parse import urljoin, urlsplit

from ..contract import Fields, Pages
from ..errors import ArgumentError
from ..models.codec import DecodeError, Decoder, decode_at
from ..models.objects import decoder_of
from ..response.json_pointer import resolve
from ..response.result_parsing import raise_unreadable
from ..response.results import RawResponse
from ..unset import UNSET

T = TypeVar("T")

# One link of the header Link and its parameters (RFC 8288, section 3).
_LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:"[^"]*"|[^\s",;]*))?)*)')
_RELATION = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))', re.IGNORECASE)


class Pagination(Generic[T]):
    """The state of going through one list.

    `fields` and `parameters` are the arguments of the next request, and `next_url` its URL if the server gave
    it. `max_items` is the number of items after which no more are taken. Raises ArgumentError for a number
    that is not positive.
    """

    def __init__(self, pages: Pages[T], fields: Fields, parameters: Fields, max_items: int | None) -> None:
        if max_items is not None and (type(max_items) is not int or max_items < 1):
            raise ArgumentError(f"max_items: {max_items!r} is not a positive number of items")
        self.fields: Fields = fields
        self.parameters: Fields = parameters
        self.next_url: str | None = None
        self.is_done: bool = False
        self._pages = pages
        self._items_left = max_items
        self._decode: Decoder = decoder_of(pages.item)
        self._position = self._start() if pages.style in ("page", "offset") else 0
        # What was asked for before: a server that sends it again would be asked without end.
        self._seen: set[str] = set()
        self._last_items: list[object] = []

    def _start(self) -> int:
        """Return the page or the offset of the first request: the caller's, or the one of the contract."""
        position = self._arguments.get(self._pages.parameter)
        if isinstance(position, int):
            return position
        return self._pages.first if self._pages.style == "page" else 0

    @property
    def _arguments(self) -> Fields:
        return self.fields if self._pages.in_body else self.parameters

    def take(self, raw: RawResponse, url: str) -> list[T]:
        """Return the items of a page, which was asked for at `url`, and prepare the request of the next one.

        Raises UnexpectedResponseError for a page without a list, for an item that does not fit, and for a
        server that leads to a page which was there before.
        """
        data = self._read_json(raw)
        items = resolve(data, self._pages.items)
        if items is None:
            items = []
        if not isinstance(items, list):
            self._refuse(raw, f"expected a list at {self._pages.items or 'the root'}")
        raw_items = cast("list[object]", items)
        decoded_items = self._decode_items(raw, raw_items)
        self._prepare_next(raw, data, raw_items, url)
        if self._items_left is not None:
            decoded_items = decoded_items[: self._items_left]
            self._items_left -= len(decoded_items)
            self.is_done = self.is_done or self._items_left == 0
        return decoded_items

    def _read_json(self, raw: RawResponse) -> object:
        if not raw.content:  # a list without anything may be a 204
            return [] if not self._pages.items else {}
        try:
            return cast("object", raw.json())
        except ValueError as error:
            self._refuse(raw, f"it is not JSON: {error}")

    def _decode_items(self, raw: RawResponse, items: list[object]) -> list[T]:
        try:
            return [decode_at(str(index), self._decode, item) for index, item in enumerate(items)]
        except DecodeError as error:
            self._refuse(raw, f"{self._pages.items}{error}")

    def _prepare_next(self, raw: RawResponse, data: object, items: list[object], url: str) -> None:
        if self._pages.more and resolve(data, self._pages.more) is not True:
            self.is_done = True
        elif self._pages.style == "link":
            self._follow_link(raw, url)
        elif self._pages.style == "cursor":
            self._follow_cursor(raw, data, items)
        else:
            self._count_on(raw, data, items)

    def _follow_link(self, raw: RawResponse, url: str) -> None:
        link = find_next_link(raw.headers)
        if link is None:
            self.is_done = True
            return
        next_url = urljoin(url, link)
        if urlsplit(next_url)[:2] != urlsplit(url)[:2]:  # the key must not go elsewhere
            self._refuse(raw, f"its next page is on another server: {urlsplit(next_url).netloc}")
        self._remember(raw, next_url)
        self.next_url = next_url

    def _follow_cursor(self, raw: RawResponse, data: object, items: list[object]) -> None:
        pages = self._pages
        if pages.last_item:
            cursor = resolve(items[-1], pages.last_item) if items else None
        else:
            cursor = resolve(data, pages.next)
        if cursor is UNSET or cursor is None or cursor == "":
            self.is_done = True
            return
        self._remember(raw, str(cursor))
        self._set_argument(cursor)

    def _count_on(self, raw: RawResponse, data: object, items: list[object]) -> None:
        pages = self._pages
        if not items:
            self.is_done = True
            return
        if items == self._last_items:
            self._refuse(raw, f"it holds the same items as the page before; is `{pages.parameter}` ignored?")
        self._last_items = items
        self._position += 1 if pages.style == "page" else len(items)
        total = resolve(data, pages.total) if pages.total else UNSET
        if isinstance(total, int):
            end = total + pages.first if pages.style == "page" else total
            self.is_done = self._position >= end
        self._set_argument(self._position)

    def _set_argument(self, value: object) -> None:
        arguments = {**self._arguments, self._pages.parameter: value}
        if self._pages.in_body:
            self.fields = arguments
        else:
            self.parameters = arguments

    def _remember(self, raw: RawResponse, place: str) -> None:
        """Remember the place of the next page. Raises UnexpectedResponseError if it was there before."""
        if place in self._seen:
            self._refuse(raw, f"it leads to a page that was there before: {place[:80]!r}")
        self._seen.add(place)

    def _refuse(self, raw: RawResponse, problem: str) -> NoReturn:
        raise_unreadable(self._pages.call.operation.route, raw, [problem])


def find_next_link(headers: Mapping[str, str]) -> str | None:
    """Return the target of the link with the relation `next` in the header Link; None if there is none."""
    for target, link_parameters in _LINK.findall(headers.get("link", "")):
        relation = _RELATION.search(link_parameters)
        if relation and "next" in (relation[1] or relation[2] or "").lower().split():
            return str(target)
    return None
