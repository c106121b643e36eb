"""The page of a report in a real browser, from disk: it opens, filters, unfolds, and nothing complains.

Not named `test_*.py`: it needs Chromium and its driver, so the session `browser` alone runs it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from eigen_contract.exchange import Finding
from eigen_contract.oracle import Oracle
from eigen_contract.report import Result, load_earlier, prepare, write
from eigen_contract.runner import Plan, run
from eigen_contract.spec import Contract
from eigen_contract.tape import Tape
from eigen_contract.targets.reference import over
from eigen_contract.targets.which import find_recordings
from eigen_reference.app import create_app
from eigen_reference.faults import FAULTS
from eigen_reference.faulty import FaultyApp
from tests.browser.chromium import beyond_the_window, console, headless, untyped

UNFOLD = """
for (let node = arguments[0]; node; node = node.parentElement) {
  if (node.tagName === "DETAILS") node.open = true;
}
"""
EVIL = '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>'


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with findings of several kinds, in which a server tries to take the page over."""
    folder = tmp_path_factory.mktemp("report")
    oracle = Oracle.of(Contract.load())
    with over(FaultyApp(create_app(), FAULTS["missing-field"])) as target:
        judgement = run(target, oracle, Plan(phases=frozenset({"examples"})))
    findings = [*judgement.findings, *planted()]
    evil = Finding("evil_check", EVIL, "#/paths", findings[0].exchange)
    prepare(folder)
    write(folder, Result.of(oracle, judgement, findings[:1]), "test-key")
    result = Result.of(oracle, judgement, [*findings, evil], earlier=load_earlier(folder))
    write(folder, result, "test-key")
    return folder


def planted() -> list[Finding]:
    """Blame the answers of the tape, among which there is every kind of medium."""
    exchanges = [exchange for exchange in Tape.load(find_recordings()).exchanges if exchange.response.body]
    pairs = [("media_is_whole", exchange) for exchange in exchanges]
    pairs += [("size_is_honoured", exchange) for exchange in exchanges]
    return [
        Finding(check, f"wrong {check}", f"#/{index}", exchange)
        for index, (check, exchange) in enumerate(pairs)
    ]


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    with headless() as opened:
        yield opened


@pytest.fixture
def page(browser: Chrome, report: Path) -> Iterator[Chrome]:
    """The page, opened from disk; whatever the console says is a failure."""
    browser.get((report / "report.html").as_uri())
    yield browser
    assert console(browser) == []


def shown(page: Chrome, selector: str) -> list[WebElement]:
    return [element for element in page.find_elements(By.CSS_SELECTOR, selector) if element.is_displayed()]


def test_it_opens_from_disk(page: Chrome) -> None:
    assert "findings" in page.find_element(By.TAG_NAME, "h1").text
    headings = [heading.text for heading in shown(page, "h2")]
    assert headings == ["Summary", "Findings", "Changes", "Judged", "Latency", "Coverage", "Ledger"]
    assert len(shown(page, ".finding")) > 2


def test_what_a_server_says_runs_nowhere(page: Chrome) -> None:
    assert page.title.endswith("eigen-contract against reference")
    assert page.find_elements(By.CSS_SELECTOR, "[onerror], .finding script") == []
    sources = [image.get_dom_attribute("src") or "" for image in page.find_elements(By.TAG_NAME, "img")]
    assert sources
    assert all(source.startswith("data:image/") for source in sources)


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


@pytest.mark.parametrize("kind", ["img", "audio", "video"])
def test_media_of_bodies_are_shown_and_can_be_played(kind: str, page: Chrome) -> None:
    """Unfolded, each is decoded by the browser itself, from the page alone."""
    media = page.find_elements(By.CSS_SELECTOR, f".finding figure {kind}")
    assert media
    wait = WebDriverWait(page, 20)
    ready = "arguments[0].scrollIntoView(); return arguments[0].naturalWidth || arguments[0].readyState >= 2"
    for medium in media[:3]:
        untyped(page).execute_script(UNFOLD, medium)
        wait.until(lambda browser: untyped(browser).execute_script(ready, medium))  # noqa: B023  # called at once


def test_what_follows_from_a_cause_stands_in_it(page: Chrome) -> None:
    effect = page.find_element(By.CSS_SELECTOR, ".finding .finding.effect")
    untyped(page).execute_script(UNFOLD, effect)
    assert effect.find_element(By.CSS_SELECTOR, ".check").text == "size_is_honoured"


def test_changes_lead_to_their_findings(page: Chrome) -> None:
    states = [mark.text for mark in shown(page, "#changes .mark")]
    assert {"new", "still there"} <= set(states)
    page.find_element(By.CSS_SELECTOR, "#changes a").click()
    assert shown(page, ".finding[open]")


@pytest.mark.parametrize("width", [1280, 375])
def test_no_column_is_out_of_sight(width: int, page: Chrome) -> None:
    page.find_element(By.CSS_SELECTOR, "[data-unfold]").click()
    assert beyond_the_window(page, width) == []


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
