"""The script of docs/test-your-program-offline.md in a real browser, in a page of another origin.

Not named `test_*.py`: it needs Chromium and its driver, so the session `browser` alone runs it.
"""

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from eigen_reference.engines.pictures import draw
from eigen_reference.engines.values import Drawing
from tests.browser.chromium import console, headless, untyped
from tests.reference.sockets import serving

DOCUMENT = Path(__file__).parents[2] / "docs" / "test-your-program-offline.md"
PRINTED_URL = "http://127.0.0.1:8080"
PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>mine</title>
<link rel="icon" href="data:,"><input type="file" aria-label="picture">
<img alt="edited"><button>Send</button><p></p>
<script type="module">
document.querySelector("button").addEventListener("click", async () => {
  await send().catch((error) => { document.querySelector("p").textContent = `failed: ${error.message}`; });
});
async function send() {
%s
}
</script></html>
"""


class Silent(SimpleHTTPRequestHandler):
    """Serves files, and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Write no log."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    with headless() as opened:
        yield opened


@pytest.fixture
def origin(tmp_path: Path) -> Iterator[str]:
    """The origin of a page of one's own, whose files are in tmp_path."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(tmp_path))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def send(browser: Chrome, origin: str, port: int, folder: Path) -> tuple[int, str]:
    """Do as a reader does; return the width of the picture that is shown, and what the page complains of."""
    (script,) = re.findall(r"^```js\n(.*?)^```$", DOCUMENT.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert PRINTED_URL in script
    page = PAGE % script.replace(PRINTED_URL, f"http://127.0.0.1:{port}")
    (folder / "mine.html").write_text(page, "utf-8")
    (folder / "cat.png").write_bytes(draw(Drawing("a cat", width=96, height=64)))
    browser.get(f"{origin}/mine.html")
    browser.find_element(By.CSS_SELECTOR, "input").send_keys(str(folder / "cat.png"))
    browser.find_element(By.CSS_SELECTOR, "button").click()

    def outcome() -> tuple[int, str]:
        width: int = untyped(browser).execute_script("return document.querySelector('img').naturalWidth")
        return width, browser.find_element(By.CSS_SELECTOR, "p").text

    WebDriverWait(browser, 60).until(lambda _: any(outcome()))
    return outcome()


def test_a_page_sends_a_form_and_shows_the_answer(browser: Chrome, origin: str, tmp_path: Path) -> None:
    with serving(tmp_path, "--cors", origin) as process:
        assert send(browser, origin, process.port, tmp_path) == (96, "")
    assert console(browser) == []


def test_without_leave_the_browser_keeps_the_answer(browser: Chrome, origin: str, tmp_path: Path) -> None:
    with serving(tmp_path, "--cors", "http://localhost:3000") as process:
        assert send(browser, origin, process.port, tmp_path) == (0, "failed: Failed to fetch")
    assert any("CORS policy" in entry["message"] for entry in console(browser))
