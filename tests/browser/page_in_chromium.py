"""The page of a report in a real browser, from disk: it opens, filters, unfolds, and nothing complains.

Not named `test_*.py`: it needs Chromium and its driver, so the session `browser` alone runs it.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select

from eigen_contract.oracle import Oracle
from eigen_contract.report import Result, prepare, write
from eigen_contract.runner import Plan, run
from eigen_contract.spec import Contract
from eigen_contract.targets.reference import over
from eigen_reference.app import create_app
from eigen_reference.faults import FAULTS
from eigen_reference.faulty import FaultyApp

EVIL = '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>'


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with findings of several kinds, in which a server tries to take the page over."""
    folder = tmp_path_factory.mktemp("report")
    oracle = Oracle.of(Contract.load())
    with over(FaultyApp(create_app(), FAULTS["missing-field"])) as target:
        judgement = run(target, oracle, Plan(phases=frozenset({"examples", "scenarios"})))
    findings = list(judgement.findings)
    evil = [type(findings[0])("evil_check", EVIL, "#/paths", findings[0].exchange)]
    prepare(folder)
    write(folder, Result.of(oracle, judgement, [*findings, *evil]), "test-key")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    """Chromium without a window, which keeps what it complains of."""
    driver = shutil.which("chromedriver")
    assert driver, "there is no chromedriver on PATH; on Debian: apt install chromium chromium-driver"
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,1000"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = Chrome(options, Service(driver))
    yield opened
    opened.quit()


@pytest.fixture
def page(browser: Chrome, report: Path) -> Iterator[Chrome]:
    """The page, opened from disk; whatever the console says is a failure."""
    browser.get((report / "report.html").as_uri())
    yield browser
    assert console(browser) == []


def untyped(page: object) -> Any:
    """Lend out what Selenium types in part only."""
    return page


def console(browser: Chrome) -> list[Any]:
    logs: list[Any] = untyped(browser).get_log("browser")
    return logs


def shown(page: Chrome, selector: str) -> list[WebElement]:
    return [element for element in page.find_elements(By.CSS_SELECTOR, selector) if element.is_displayed()]


def test_it_opens_from_disk(page: Chrome) -> None:
    assert "findings" in page.find_element(By.TAG_NAME, "h1").text
    assert {heading.text for heading in shown(page, "h2")} == {"Summary", "Findings", "Coverage", "Ledger"}
    assert len(shown(page, ".finding")) > 2


def test_what_a_server_says_runs_nowhere(page: Chrome) -> None:
    assert page.title.endswith("eigen-contract against reference")
    assert shown(page, ".finding img, .finding script") == []


def test_a_finding_unfolds(page: Chrome) -> None:
    finding = shown(page, ".finding")[0]
    assert not finding.find_element(By.CSS_SELECTOR, ".command").is_displayed()
    finding.find_element(By.TAG_NAME, "summary").click()
    assert finding.find_element(By.CSS_SELECTOR, ".command").text.startswith("curl ")
    headings = [heading.text for heading in finding.find_elements(By.TAG_NAME, "h3")]
    assert headings[:3] == ["Request", "Response", "Send it again"]


def test_findings_are_filtered_by_check_and_by_text(page: Chrome) -> None:
    every = len(shown(page, ".finding"))
    Select(page.find_element(By.ID, "findings-check")).select_by_value("evil_check")
    assert [one.get_dom_attribute("data-check") for one in shown(page, ".finding")] == ["evil_check"]
    assert page.find_element(By.CSS_SELECTOR, "#findings output").text == f"1 of {every}"
    page.find_element(By.ID, "findings-text").send_keys("nothing holds this")
    assert shown(page, ".finding") == []


def test_coverage_is_filtered(page: Chrome) -> None:
    Select(page.find_element(By.ID, "coverage-variant")).select_by_value("ImageEdit")
    page.find_element(By.ID, "coverage-text").send_keys("image_file")
    rows = shown(page, "#coverage-items tr")
    assert rows
    assert all("image_file" in row.text and "ImageEdit" in row.text for row in rows)


def test_the_ledger_is_filtered(page: Chrome) -> None:
    Select(page.find_element(By.ID, "ledger-evidence")).select_by_value("assumed")
    Select(page.find_element(By.ID, "ledger-standing")).select_by_value("never touched")
    rows = shown(page, "#ledger-items tr")
    assert rows
    assert {row.find_element(By.TAG_NAME, "td").text for row in rows} == {"assumed"}


def test_all_findings_unfold_at_once(page: Chrome) -> None:
    button = page.find_element(By.CSS_SELECTOR, "[data-unfold]")
    button.click()
    assert button.text == "Fold all"
    assert len(shown(page, ".finding[open]")) == len(shown(page, ".finding"))


def test_a_link_to_a_finding_unfolds_it(page: Chrome, report: Path) -> None:
    page.get(f"{(report / 'report.html').as_uri()}#finding-2")
    page.refresh()
    assert page.find_element(By.ID, "finding-2").get_attribute("open") is not None


def test_the_theme_changes(page: Chrome) -> None:
    def ground() -> str:
        colour: str = untyped(page.find_element(By.TAG_NAME, "body")).value_of_css_property(
            "background-color"
        )
        return colour

    before = ground()
    page.find_element(By.ID, "theme").click()
    assert ground() != before


def test_everything_can_be_reached_by_its_name(page: Chrome) -> None:
    """Every control has a label, every table a caption, the language is said."""
    assert page.find_element(By.TAG_NAME, "html").get_dom_attribute("lang") == "en"
    assert all(one.accessible_name for one in shown(page, "input, select, button, [role=region]"))
    assert all(table.find_element(By.TAG_NAME, "caption").text for table in shown(page, "table"))


def test_a_narrow_window_does_not_scroll_sideways(page: Chrome) -> None:
    window = untyped(page)
    size = window.get_window_size()
    window.set_window_size(500, 900)
    page.find_element(By.CSS_SELECTOR, "[data-unfold]").click()
    width, inner = window.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    window.set_window_size(size["width"], size["height"])
    assert width <= inner


def test_a_complaint_of_the_console_would_be_seen(browser: Chrome, tmp_path: Path) -> None:
    """The fixture's last line is worth something: a page whose script fails leaves a trace."""
    (tmp_path / "bad.html").write_text("<!doctype html><script>nobody.knows()</script>", "utf-8")
    browser.get((tmp_path / "bad.html").as_uri())
    assert [entry["level"] for entry in console(browser)] == ["SEVERE"]
