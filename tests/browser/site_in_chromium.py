"""The site of documents in a real browser: search, menus, dark mode, phones; no complaint, no other host.

Not named `test_*.py`: it needs Chromium, its driver and build/site/, so the session `browser` alone runs it.
"""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.chromium import console, headless, screen_of, untyped

SITE = Path(__file__).parents[2] / "build" / "site"
# Swagger UI is shown in a frame, from files that are no pages of their own.
IN_A_FRAME = ("swagger-", "assets/swagger-ui/")
NAMES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
PAGES = [name for name in NAMES if not name.startswith(IN_A_FRAME)]
WAIT_SECONDS = 20
PHONE = 375
# Wide code and tables scroll inside of themselves, so only the page itself must not.
SIDEWAYS = "return document.documentElement.scrollWidth - innerWidth"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    assert PAGES, "build/site/ is empty; run ./dev -s browser, which builds it"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(SITE))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def opened() -> Iterator[Chrome]:
    with headless() as browser:
        yield browser


@pytest.fixture
def browser(opened: Chrome, address: str) -> Iterator[Chrome]:
    """A browser without memory of the site; a complaint or a request to another host is a failure."""
    opened.get(address)
    untyped(opened).execute_script("localStorage.clear()")
    console(opened)
    requested_urls(opened)
    yield opened
    assert console(opened) == []
    assert hosts(requested_urls(opened)) <= {urlsplit(address).netloc}


def requested_urls(browser: Chrome) -> list[str]:
    """Return the URL of each request since it was last asked, whether it was answered or not."""
    entries = untyped(browser).get_log("performance")
    messages = [json.loads(entry["message"])["message"] for entry in entries]
    sent = [message for message in messages if message["method"] == "Network.requestWillBeSent"]
    return [message["params"]["request"]["url"] for message in sent]


def hosts(urls: list[str]) -> set[str]:
    """Return the hosts of the URLs; data and blobs of the page itself have none."""
    return {urlsplit(url).netloc for url in urls if urlsplit(url).scheme in ("http", "https", "ws", "wss")}


def shown(page: Chrome, selector: str) -> list[WebElement]:
    return [element for element in page.find_elements(By.CSS_SELECTOR, selector) if element.is_displayed()]


def wait_for(page: Chrome, selector: str) -> WebElement:
    return WebDriverWait(page, WAIT_SECONDS).until(lambda page: shown(page, selector))[0]


def ground(page: Chrome) -> str:
    colour: str = untyped(page.find_element(By.TAG_NAME, "body")).value_of_css_property("background-color")
    return colour


@pytest.mark.parametrize("width", [1280, PHONE])
def test_no_page_complains_or_scrolls_sideways(width: int, browser: Chrome, address: str) -> None:
    assert len(PAGES) > 40
    beyond: dict[str, int] = {}
    with screen_of(browser, width):
        for page in PAGES:
            browser.get(address + page)
            assert [heading.text for heading in shown(browser, "h1")], page
            if (pixels := untyped(browser).execute_script(SIDEWAYS)) > 0:
                beyond[page] = pixels
            assert (page, console(browser)) == (page, [])
    assert beyond == {}


def test_search_finds_a_parameter_and_leads_to_it(browser: Chrome, address: str) -> None:
    browser.get(address)
    wait_for(browser, ".md-search__input").send_keys("retry_unknown")
    result = wait_for(browser, ".md-search-result__link")
    target = result.get_attribute("href") or ""
    result.click()
    WebDriverWait(browser, WAIT_SECONDS).until(lambda page: page.current_url.split("?")[0] in target)
    assert "retry_unknown" in browser.find_element(By.TAG_NAME, "article").text


def test_search_says_when_nothing_is_found(browser: Chrome, address: str) -> None:
    browser.get(address)
    wait_for(browser, ".md-search__input").send_keys("zzyzxqq")
    wait = WebDriverWait(browser, WAIT_SECONDS)
    wait.until(lambda page: "No matching" in page.find_element(By.CLASS_NAME, "md-search-result__meta").text)


def test_the_tabs_lead_to_the_guides(browser: Chrome, address: str) -> None:
    browser.get(address)
    titles = [tab.text for tab in shown(browser, ".md-tabs__link")]
    assert titles == ["Home", "Guides", "Testing", "The contract", "Figures", "Reference"]
    shown(browser, ".md-tabs__link")[1].click()
    assert browser.find_element(By.TAG_NAME, "h1").text.startswith("Start in two minutes")
    next_page = wait_for(browser, ".md-footer__link--next")
    untyped(next_page).click()
    assert "picture" in browser.find_element(By.TAG_NAME, "h1").text


def test_a_phone_has_the_menu_in_a_drawer(browser: Chrome, address: str) -> None:
    wait = WebDriverWait(browser, WAIT_SECONDS)
    with screen_of(browser, PHONE):
        browser.get(address + "images.html")
        assert shown(browser, ".md-tabs__link") == []
        wait_for(browser, "label.md-header__button[for=__drawer]").click()
        [link] = wait.until(
            lambda page: [link for link in shown(page, ".md-nav__link") if link.text == "Speech"]
        )
        wait.until(lambda _: bool(untyped(link).location["x"] >= 0))
        link.click()
        wait.until(lambda page: "speech.html" in page.current_url)


def test_dark_mode_follows_the_system_and_can_be_chosen(browser: Chrome, address: str) -> None:
    def prefer(scheme: str) -> str:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        untyped(browser).execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        browser.get(address + "images.html")
        return ground(browser)

    light, dark = prefer("light"), prefer("dark")
    assert light != dark
    wait_for(browser, "label[title='Switch to light mode']").click()
    assert ground(browser) == light
    browser.get(address + "speech.html")
    assert ground(browser) == light, "the choice is gone on the next page"
    prefer("light")


@pytest.mark.parametrize("width", [1280, PHONE])
def test_the_endpoint_is_drawn_from_the_contract(width: int, browser: Chrome, address: str) -> None:
    with screen_of(browser, width):
        browser.get(address + "endpoint.html")
        frame = wait_for(browser, "iframe.swagger-ui-iframe")
        untyped(browser).execute_script("arguments[0].scrollIntoView()", frame)
        browser.switch_to.frame(frame)
        try:
            wait_for(browser, ".opblock-post")
            paths = [path.get_attribute("data-path") for path in shown(browser, ".opblock-summary-path")]
            assert {"/api/v1/generate", "/api/v1/generate/status"} <= set(paths)
            untyped(wait_for(browser, ".opblock-post .opblock-summary-control")).click()
            wait_for(browser, ".opblock-body")
            # The page shows; what it sent would cost money.
            assert shown(browser, ".try-out__btn, .authorize") == []
        finally:
            browser.switch_to.default_content()


def test_a_block_can_be_copied(browser: Chrome, address: str) -> None:
    browser.get(address + "start.html")
    buttons = browser.find_elements(By.CSS_SELECTOR, ".md-clipboard, .md-code__button")
    assert len(buttons) >= len(browser.find_elements(By.CSS_SELECTOR, "article pre > code")) > 4


def test_a_request_to_another_host_would_be_seen(opened: Chrome, address: str) -> None:
    """The fixture's last line is worth something: a page that asks another host leaves a trace."""
    opened.get(address)
    requested_urls(opened)
    untyped(opened).execute_script(
        "document.body.append(new Image()); fetch('http://other.test/').catch(() => 0)"
    )
    wait = WebDriverWait(opened, WAIT_SECONDS)
    assert wait.until(lambda page: "other.test" in hosts(requested_urls(page)))
    console(opened)
