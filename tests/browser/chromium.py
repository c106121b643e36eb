"""Chromium without a window, and what every page is asked in it."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

BEYOND = """
const beyond = [...document.querySelectorAll("main *, header *, nav *, section *")]
  .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && node.checkVisibility())
  .map((node) => `${node.tagName} ${node.textContent.slice(0, 60)}`);
const {scrollWidth} = document.documentElement;
return scrollWidth > innerWidth ? [...beyond, `the page is ${scrollWidth} pixels wide`] : beyond;
"""


@contextmanager
def headless() -> Generator[Chrome]:
    """Open Chromium, which keeps what it complains of and what it requests."""
    driver = shutil.which("chromedriver")
    assert driver, "there is no chromedriver on PATH; on Debian: apt install chromium chromium-driver"
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,1000"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    opened = Chrome(options, Service(driver))
    try:
        yield opened
    finally:
        opened.quit()


def untyped(page: object) -> Any:
    """Lend out what Selenium types in part only."""
    return page


def console(browser: Chrome) -> list[Any]:
    """Return what the console has said since it was asked last."""
    logs: list[Any] = untyped(browser).get_log("browser")
    return logs


@contextmanager
def screen_of(page: Chrome, width: int) -> Generator[None]:
    """Show the page on a screen of that many pixels: of a phone if it is narrow."""
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    untyped(page).execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    try:
        yield
    finally:
        untyped(page).execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def beyond_the_window(page: Chrome, width: int) -> list[str]:
    """Return what a window of that width cannot show without scrolling sideways."""
    with screen_of(page, width):
        assert untyped(page).execute_script("return innerWidth") == width
        beyond: list[str] = untyped(page).execute_script(BEYOND)
    return beyond
