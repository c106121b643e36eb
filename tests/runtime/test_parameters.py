"""Parameters and keys on the wire. The styles are the examples of OpenAPI 3.1, section 4.8.12.4."""

from typing import Literal

import httpx
import pytest

from generator.runtime.contract import Operation, Parameter, SecurityScheme
from generator.runtime.errors import ArgumentError
from generator.runtime.request.keys import with_secret
from generator.runtime.request.parameters import place_parameters
from generator.runtime.request.request import Headers, Request
from generator.runtime.settings.secrets import Secret
from generator.runtime.settings.timeouts import Timeout
from generator.runtime.unset import UNSET
from tests.runtime.calls import URL

COLORS = ["blue", "black", "brown"]
RGB = {"R": 100, "G": 200, "B": 150}


def path(value: object, location: Literal["path", "query"], style: str, explode: bool) -> str:
    template = "/x/{color}" if location == "path" else "/x"
    parameter = Parameter("color", location, style, explode, required=location == "path")
    operation = Operation("x", "GET", template, (parameter,))
    return place_parameters(operation, {"color": value}).url


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("form", True, "blue", "/x?color=blue"),
        ("form", True, "", "/x?color="),
        ("form", True, COLORS, "/x?color=blue&color=black&color=brown"),
        ("form", False, COLORS, "/x?color=blue,black,brown"),
        ("form", True, RGB, "/x?R=100&G=200&B=150"),
        ("form", False, RGB, "/x?color=R,100,G,200,B,150"),
        ("spaceDelimited", False, COLORS, "/x?color=blue%20black%20brown"),
        ("pipeDelimited", False, COLORS, "/x?color=blue%7Cblack%7Cbrown"),
        ("deepObject", True, RGB, "/x?color[R]=100&color[G]=200&color[B]=150"),
        ("deepObject", True, {"a": {"b": 1, "c": {"d": True}}}, "/x?color[a][b]=1&color[a][c][d]=true"),
        ("deepObject", True, {"a": ["x", "y&z"]}, "/x?color[a]=x&color[a]=y%26z"),
        ("deepObject", True, COLORS, "/x?color[]=blue&color[]=black&color[]=brown"),
        ("deepObject", True, [{"a": 1}], "/x?color[][a]=1"),
        ("deepObject", True, "blue", "/x?color=blue"),
        ("form", True, "a b&c=é", "/x?color=a%20b%26c%3D%C3%A9"),
        ("form", True, True, "/x?color=true"),
        ("form", True, 15, "/x?color=15"),
    ],
)
def test_query_styles(style: str, explode: bool, value: object, expected: str) -> None:
    assert path(value, "query", style, explode) == expected


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("simple", False, "blue", "/x/blue"),
        ("simple", False, "a/b c", "/x/a%2Fb%20c"),
        ("simple", False, COLORS, "/x/blue,black,brown"),
        ("simple", False, RGB, "/x/R,100,G,200,B,150"),
        ("simple", True, RGB, "/x/R=100,G=200,B=150"),
        ("label", False, "blue", "/x/.blue"),
        ("label", False, COLORS, "/x/.blue,black,brown"),
        ("label", True, COLORS, "/x/.blue.black.brown"),
        ("label", True, RGB, "/x/.R=100.G=200.B=150"),
        ("matrix", False, "blue", "/x/;color=blue"),
        ("matrix", False, COLORS, "/x/;color=blue,black,brown"),
        ("matrix", True, COLORS, "/x/;color=blue;color=black;color=brown"),
        ("matrix", False, RGB, "/x/;color=R,100,G,200,B,150"),
        ("matrix", True, RGB, "/x/;R=100;G=200;B=150"),
    ],
)
def test_path_styles(style: str, explode: bool, value: object, expected: str) -> None:
    assert path(value, "path", style, explode) == expected


@pytest.mark.parametrize("value", ["", ".", "..", None])
def test_refuses_a_path_parameter_that_changes_the_path(value: object) -> None:
    with pytest.raises(ArgumentError, match=r"^color: "):
        path(value, "path", "simple", False)


def test_a_value_with_braces_is_not_a_placeholder() -> None:
    parameters = (
        Parameter("a", "path", "simple", required=True),
        Parameter("b", "path", "simple", required=True),
    )
    operation = Operation("x", "GET", "/{a}/{b}", parameters)
    assert place_parameters(operation, {"a": "{b}", "b": "c"}).path == "/%7Bb%7D/c"


def test_writes_headers_and_cookies() -> None:
    parameters = (
        Parameter("X-A", "header", "simple", False),
        Parameter("c", "cookie"),
        Parameter("d", "cookie"),
    )
    operation = Operation("x", "GET", "/x", parameters)
    target = place_parameters(operation, {"X-A": [1, "b"], "c": "1;2", "d": None})
    assert tuple(target.headers.items()) == (("X-A", "1,b"), ("Cookie", "c=1%3B2"))
    for value in ("a\r\nX-Evil: 1", "é"):
        with pytest.raises(ArgumentError, match=r"^X-A: a header takes"):
            place_parameters(operation, {"X-A": value})


@pytest.mark.parametrize("values", [None, {}, {"page": None}, {"page": UNSET}])
def test_refuses_a_missing_required_parameter(values: dict[str, object] | None) -> None:
    operation = Operation("x", "GET", "/x", (Parameter("p", "query", key="page", required=True),))
    with pytest.raises(ArgumentError, match=r"^page: x needs it"):
        place_parameters(operation, values)


def test_refuses_an_unknown_parameter() -> None:
    with pytest.raises(ArgumentError, match=r"^b: x has no such parameter"):
        place_parameters(Operation("x", "GET", "/x"), {"b": 1})


@pytest.mark.parametrize(
    ("scheme", "headers", "query"),
    [
        (SecurityScheme("bearer"), (("Authorization", "Bearer k:1"),), ""),
        (SecurityScheme("basic"), (("Authorization", "Basic azox"),), ""),
        (SecurityScheme("apiKey", "X-Key"), (("X-Key", "k:1"),), ""),
        (SecurityScheme("apiKey", "key", "query"), (), "key=k%3A1"),
        (SecurityScheme("apiKey", "key", "cookie"), (("Cookie", "key=k:1"),), ""),
    ],
)
def test_puts_the_key_where_the_scheme_says(scheme: SecurityScheme, headers: Headers, query: str) -> None:
    request = asking(Operation("x", "GET", "/x", security=(scheme,)))
    assert with_secret(request, Secret("k:1")) == (URL + ("?" + query if query else ""), headers)
    assert "k:1" not in repr(request)


def test_adds_the_key_to_a_query_and_to_cookies() -> None:
    operation = Operation("x", "GET", "/x", security=(SecurityScheme("apiKey", "key", "query"),))
    assert with_secret(asking(operation, URL + "?a=1"), Secret("k"))[0] == URL + "?a=1&key=k"
    operation = operation._replace(security=(SecurityScheme("apiKey", "key", "cookie"),))
    cookies = (("Cookie", "a=1"), ("X-B", "2"))
    assert with_secret(asking(operation, URL, cookies), Secret("k"))[1] == (
        ("X-B", "2"),
        ("Cookie", "a=1; key=k"),
    )


def test_adds_no_key_if_the_operation_needs_none() -> None:
    assert with_secret(asking(Operation("x", "GET", "/x")), Secret("k")) == (URL, ())


def asking(operation: Operation, url: str = URL, headers: Headers = ()) -> Request:
    return Request(operation, url, headers, None, Timeout(), {})


def test_httpx_leaves_the_path_as_it_is() -> None:
    url = httpx.URL("https://x.example" + path("a/b é", "query", "form", True))
    assert url.raw_path == b"/x?color=a%2Fb%20%C3%A9"


@pytest.mark.parametrize(
    ("template", "url"),
    [
        ("/x#list", "/x?color=blue"),
        ("/x?mode=all", "/x?mode=all&color=blue"),
        ("/x?mode=all#list?no", "/x?mode=all&color=blue"),
    ],
)
def test_a_fragment_of_a_path_is_not_sent_and_its_query_is_kept(template: str, url: str) -> None:
    operation = Operation("x", "GET", template, (Parameter("color", "query"),))
    assert place_parameters(operation, {"color": "blue"}).url == url
    bare_url = place_parameters(Operation("x", "GET", template), None).url
    assert bare_url == url.replace("&color=blue", "").replace("?color=blue", "")


def test_reserved_characters_stay_where_the_contract_allows_them() -> None:
    parameter = Parameter("q", "query", allow_reserved=True)
    url = place_parameters(Operation("x", "GET", "/x", (parameter,)), {"q": "a/b?c:@;,!$'()*#&=+ é%"}).url
    # The last six would end the value, or mean something else in a query.
    assert url == "/x?q=a/b?c:@;,!$'()*%23%26%3D%2B%20%C3%A9%25"
