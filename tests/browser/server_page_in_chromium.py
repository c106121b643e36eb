"""The page of the reference server in a real browser: every job is sent, shown, played; nothing complains.

Not named `test_*.py`: it needs Chromium and its driver, so the session `browser` alone runs it. It leaves
screenshots of both widths in build/server-page/, to be looked at.
"""

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from eigen_reference.engines.engines import Engines
from eigen_reference.engines.values import Drawing, Utterance
from tests.browser.chromium import beyond_the_window, console, headless, screen_of, untyped
from tests.reference.sockets import ENVIRONMENT, Process, serving

SECONDS = 60
SHOTS = Path(__file__).parents[2] / "build" / "server-page"
KEY_OF_MY_OWN = "test-key-of-my-own"
JOBS = [
    "images.generate",
    "images.edit",
    "audio.transcribe",
    "audio.speak",
    "videos.generate",
    "videos.status",
    "videos.result",
    "audio.upload_voice",
]
CONTRAST = """
const luminance = (text) => {
  const [r, g, b] = text.match(/[\\d.]+/g).map(Number)
    .map((it) => it / 255).map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (node) => {
  for (let at = node; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!/, 0\\)$/.test(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
};
return [...document.querySelectorAll("body *")]
  .filter((node) => [...node.childNodes].some((it) => it.nodeType === 3 && it.data.trim()))
  .filter((node) => node.checkVisibility() && !["SCRIPT", "NOSCRIPT", "OPTION"].includes(node.tagName))
  .filter((node) => !node.closest(".skip, [disabled]"))
  .map((node) => {
    const [light, dark] = [getComputedStyle(node).color, ground(node)].map(luminance).sort((a, b) => b - a);
    return [(light + 0.05) / (dark + 0.05), `${node.tagName} ${node.textContent.slice(0, 40)}`];
  })
  .filter(([ratio]) => ratio < 4.5);
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    with headless() as opened:
        yield opened


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with serving(tmp_path_factory.mktemp("server"), "--allow-faults") as process:
        yield process
        assert process.stop()[0] == 0
        assert process.log.read_text() == ""


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture and a recording, in files whose names have to be quoted."""
    folder = tmp_path_factory.mktemp("my 'media'")
    engines = Engines()
    (folder / 'a "red" house.png').write_bytes(engines.draw(Drawing("a red house", width=320, height=200)))
    spoken = engines.speak(Utterance("The quick brown fox jumped over the lazy dog."))
    (folder / "it's said.wav").write_bytes(engines.encode(spoken, "wav"))
    engines.close()
    return folder


@pytest.fixture
def page(browser: Chrome, server: Process) -> Iterator[Chrome]:
    """The page, newly opened; whatever the console says and the test does not take from it is a failure."""
    open_page(browser, server)
    yield browser
    assert console(browser) == []
    assert {urlsplit(url).netloc for url in requested(browser)} == {urlsplit(url_of(server)).netloc}


def open_page(browser: Chrome, server: Process) -> None:
    """Open the page, and forget what another one has asked for or complained of before."""
    browser.get("about:blank")
    console(browser)
    requested(browser)
    browser.get(url_of(server))
    wait_for(browser, lambda: browser.find_elements(By.CSS_SELECTOR, "#jobs a"))


def url_of(server: Process) -> str:
    return f"http://127.0.0.1:{server.port}/"


def requested(browser: Chrome) -> list[str]:
    """Return the URLs that were asked for over a network since the last question."""
    events = [json.loads(entry["message"])["message"] for entry in untyped(browser).get_log("performance")]
    sent: list[str] = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
    # The controls of a player bring pictures of their own, as `data:`.
    return [url for url in sent if urlsplit(url).scheme in ("http", "https", "ws", "wss")]


def wait_for(page: Chrome, ready: Callable[[], Any]) -> Any:
    return WebDriverWait(page, SECONDS).until(lambda _: ready())


def open_job(page: Chrome, name: str) -> None:
    page.find_element(By.LINK_TEXT, name).click()
    wait_for(page, lambda: page.find_element(By.CSS_SELECTOR, "#jobs [aria-current]").text == name)
    for details in page.find_elements(By.CSS_SELECTOR, "form details:not([open]) > summary"):
        details.click()


def field(page: Chrome, name: str) -> WebElement:
    return page.find_element(By.ID, f"field-{name}")


def fill(page: Chrome, **values: str) -> None:
    for name, value in values.items():
        control = field(page, name)
        if control.tag_name == "select":
            Select(control).select_by_visible_text(value)
        else:
            if control.get_dom_attribute("type") != "file":
                control.clear()
            control.send_keys(value)


def value_of(page: Chrome, name: str) -> str:
    value: str = untyped(field(page, name)).get_property("value")
    return value


def send(page: Chrome) -> str:
    """Press the button; return what stands in the status once the answer is complete."""
    page.find_element(By.CSS_SELECTOR, "button.send").click()
    wait_for(page, lambda: page.find_element(By.CSS_SELECTOR, "button.send").is_enabled())
    return page.find_element(By.CSS_SELECTOR, ".answer > .status").text


def answer(page: Chrome, selector: str) -> WebElement:
    return page.find_element(By.CSS_SELECTOR, f".answer {selector}")


def plays(page: Chrome, selector: str) -> float:
    """Return the seconds of a medium, once the browser itself has decoded some of it."""
    medium = answer(page, selector)
    wait_for(page, lambda: untyped(page).execute_script("return arguments[0].readyState >= 2", medium))
    seconds: float = untyped(page).execute_script("return arguments[0].duration", medium)
    return seconds


def command(page: Chrome, language: str) -> str:
    return page.find_element(By.CSS_SELECTOR, f"[data-language={language}]").text


def run(page: Chrome, server: Process, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run both commands as they are shown, in the folder of the files, with the variables that are named."""
    variables = {"EIGENAI_BASE_URL": url_of(server).rstrip("/"), "EIGENAI_API_KEY": "test-key"}
    environment = {**ENVIRONMENT, **variables}
    subprocess.run(
        ["sh", "-ec", command(page, "curl").replace("curl ", "curl --fail-with-body ", 1)],
        cwd=folder,
        env=environment,
        check=True,
        timeout=SECONDS,
    )
    return subprocess.run(
        [sys.executable, "-c", command(page, "Python")],
        cwd=folder,
        env=environment,
        check=True,
        timeout=SECONDS,
        capture_output=True,
        text=True,
    )


def test_it_says_what_it_is_and_where(page: Chrome, server: Process) -> None:
    assert page.find_element(By.TAG_NAME, "h1").text == "Reference server"
    assert page.find_element(By.ID, "url").text == url_of(server).rstrip("/")
    assert page.find_element(By.ID, "key").text == "test-key"
    assert [link.text for link in page.find_elements(By.CSS_SELECTOR, "#jobs a")] == JOBS


def test_a_picture_is_drawn_and_shown(page: Chrome, server: Process, tmp_path: Path) -> None:
    open_job(page, "images.generate")
    fill(page, prompt='it\'s a "cat" at $HOME\nin a `garden`', width="640", height="512", seed="7")
    assert send(page).startswith("200 OK · application/json · ")
    image = answer(page, "img")
    wait_for(page, lambda: untyped(page).execute_script("return arguments[0].naturalWidth", image) == 640)
    assert "640 \u00d7 512, image/png" in answer(page, "figcaption").text
    assert '"turbo_image_base64"' in answer(page, "pre").text
    assert "$EIGENAI_API_KEY" in command(page, "curl")
    assert "test-key" not in command(page, "curl") + command(page, "Python")
    done = run(page, server, tmp_path)
    (saved,) = tmp_path.glob("images-generate.*")
    assert saved.name in done.stdout
    shown = json.loads((tmp_path / "answer").read_bytes())["turbo_image_base64"]
    assert image.get_dom_attribute("src")
    assert saved.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(shown) > 1000


def test_a_picture_is_edited_from_an_upload(page: Chrome, server: Process, media: Path) -> None:
    open_job(page, "images.edit")
    assert value_of(page, "image_path")
    fill(page, image_file=str(media / 'a "red" house.png'), binary_response="true", prompt="make it blue")
    assert value_of(page, "image_path") == ""
    assert send(page).startswith("200 OK · image/png")
    image = answer(page, "img")
    wait_for(page, lambda: untyped(page).execute_script("return arguments[0].naturalWidth", image) == 320)
    run(page, server, media)
    assert (media / "images-edit.png").read_bytes() == (media / "answer").read_bytes()


def test_several_pictures_go_as_a_list(page: Chrome, server: Process, media: Path) -> None:
    open_job(page, "images.edit")
    picture = media / 'a "red" house.png'
    fill(page, images=f"{picture}\n{picture}")
    assert send(page).startswith("200 OK")
    assert command(page, "curl").count("-F 'images=") == 2
    assert command(page, "Python").count("Path(") == 2
    run(page, server, media)


def test_a_recording_is_transcribed(page: Chrome, server: Process, media: Path) -> None:
    open_job(page, "audio.transcribe")
    fill(page, file=str(media / "it's said.wav"), response_format="text")
    assert send(page).startswith("200 OK · text/plain")
    heard = answer(page, "pre").text
    assert len({"quick", "brown", "fox", "lazy", "dog"} & set(heard.split())) >= 4
    assert run(page, server, media).stdout.strip() == heard


def test_a_text_is_spoken_and_can_be_played(page: Chrome, server: Process, tmp_path: Path) -> None:
    open_job(page, "audio.speak")
    fill(page, text="One, two, three.")
    assert send(page).startswith("200 OK · audio/wav")
    assert 0.5 < plays(page, "audio") < 10
    assert '"voice_settings":{"speed":1.1}' in command(page, "curl")
    assert 'voice_settings={"speed": 1.1}' in command(page, "Python")
    run(page, server, tmp_path)
    assert (tmp_path / "audio-speak.wav").read_bytes() == (tmp_path / "answer").read_bytes()


def test_bare_samples_can_be_played(page: Chrome) -> None:
    open_job(page, "audio.speak")
    fill(page, text="One, two, three.", response_format="pcm")
    assert send(page).startswith("200 OK · audio/pcm")
    assert 0.5 < plays(page, "audio") < 10


def test_a_stream_is_shown_event_by_event_and_can_be_played(
    page: Chrome, server: Process, tmp_path: Path
) -> None:
    open_job(page, "audio.speak")
    fill(page, text="The first words come before the last ones.", stream="true")
    assert send(page).startswith("200 OK · text/event-stream")
    events = [item.text for item in page.find_elements(By.CSS_SELECTOR, ".answer ol li")]
    kinds = [json.loads(event)["type"] for event in events]
    assert (kinds[:2], kinds[-1]) == (["start", "metadata"], "complete")
    assert set(kinds[2:-1]) == {"audio_chunk"}
    assert 0.5 < plays(page, "audio") < 10
    run(page, server, tmp_path)
    assert (tmp_path / "audio-speak.wav").read_bytes().startswith(b"RIFF")


def test_a_video_is_waited_for_and_can_be_played(page: Chrome, server: Process, tmp_path: Path) -> None:
    open_job(page, "videos.generate")
    fill(page, frame_num="17")
    assert send(page).startswith("200 OK · application/json")
    assert "is completed" in answer(page, ".answer .status").text
    assert 0.5 < plays(page, "video") < 2
    run(page, server, tmp_path)
    assert (tmp_path / "videos-generate.mp4").is_file()
    job = json.loads((tmp_path / "answer").read_bytes())["task_id"]
    open_job(page, "videos.status")
    fill(page, jobId=job, model="wan2p2-i2v-14b-turbo")
    assert send(page).startswith("200 OK")
    assert f"jobId={job}&model=wan2p2" in command(page, "curl")
    run(page, server, tmp_path)


def test_a_voice_is_saved(page: Chrome, server: Process, media: Path) -> None:
    open_job(page, "audio.upload_voice")
    fill(page, voice_reference_file=str(media / "it's said.wav"))
    assert send(page).startswith("200 OK")
    voice = json.loads(answer(page, "pre").text)["voice_id"]
    assert voice in run(page, server, media).stdout


def test_a_refusal_is_shown_at_the_field(page: Chrome) -> None:
    open_job(page, "images.generate")
    fill(page, width="7")
    assert send(page).startswith("400 Bad Request")
    assert "at least 512" in page.find_element(By.ID, "field-width-wrong").text
    assert field(page, "width").get_dom_attribute("aria-invalid") == "true"
    fill(page, width="no number")
    assert send(page).startswith("400 Bad Request")
    assert '"no number"' in command(page, "curl")
    assert [entry["level"] for entry in console(page)] == ["SEVERE", "SEVERE"]  # Chromium notes each 400


def test_faults_are_shown_as_what_they_are(page: Chrome) -> None:
    open_job(page, "images.generate")
    fault = page.find_element(By.ID, "fault")
    shown: dict[str, str] = {}
    for text in ("status=429; retry-after=2", "html", "truncate=100", "reset"):
        fault.clear()
        fault.send_keys(text)
        shown[text] = send(page)
        if text == "html":
            assert "<!DOCTYPE html>" in answer(page, "pre").text
    assert shown["status=429; retry-after=2"].startswith("429 Too Many Requests · application/json")
    assert shown["html"].startswith("502 Bad Gateway · text/html")
    assert shown["truncate=100"].endswith("and then the answer broke off")
    assert shown["reset"].startswith("No answer came: ")
    assert "X-Eigen-Fault: reset" in command(page, "curl")
    fault.clear()
    assert send(page).startswith("200 OK")
    assert len(console(page)) == 4  # one for each fault


def test_work_is_cancelled(page: Chrome) -> None:
    open_job(page, "images.generate")
    page.find_element(By.ID, "fault").send_keys("delay=30")
    page.find_element(By.CSS_SELECTOR, "button.send").click()
    wait_for(page, lambda: page.find_element(By.XPATH, "//button[text()='Cancel']").is_displayed())
    page.find_element(By.XPATH, "//button[text()='Cancel']").click()
    wait_for(page, lambda: page.find_element(By.CSS_SELECTOR, "button.send").is_enabled())
    assert page.find_element(By.CSS_SELECTOR, ".answer > .status").text.startswith("Cancelled")


def test_the_journal_shows_what_is_sent_and_never_the_key(page: Chrome) -> None:
    page.find_element(By.ID, "journal-clear").click()
    wait_for(page, lambda: not page.find_elements(By.CSS_SELECTOR, "#journal-entries li"))
    open_job(page, "images.generate")
    fill(page, prompt='<img src=x onerror="document.title=1"> a cat')
    send(page)
    wait_for(page, lambda: page.find_elements(By.CSS_SELECTOR, "#journal-entries .status.good"))
    (entry,) = page.find_elements(By.CSS_SELECTOR, "#journal-entries li")
    assert "POST /api/v1/generate" in entry.text
    assert "generate, eigen-image" in entry.text
    entry.find_element(By.TAG_NAME, "summary").click()
    assert "a cat" in entry.text
    assert "test-key" not in page.find_element(By.ID, "journal").text
    assert page.title == "Eigen reference server"


def test_the_journal_follows_other_programs(page: Chrome, server: Process) -> None:
    server.post({"model": "eigen-image", "prompt": "from elsewhere", "width": 512, "height": 512})
    wait_for(
        page,
        lambda: "from elsewhere" in untyped(page.find_element(By.ID, "journal")).get_property("textContent"),
    )


def test_everything_has_a_name_and_can_be_reached_by_keyboard(page: Chrome) -> None:
    assert page.find_element(By.TAG_NAME, "html").get_dom_attribute("lang") == "en"
    for name in JOBS:
        open_job(page, name)
        controls = page.find_elements(By.CSS_SELECTOR, "input, select, textarea, button, a")
        assert all(control.accessible_name for control in controls if control.is_displayed())
        ids = untyped(page).execute_script("return [...document.querySelectorAll('[id]')].map((it) => it.id)")
        assert len(ids) == len(set(ids))
    page.find_element(By.LINK_TEXT, "images.generate").send_keys(Keys.ENTER)
    field(page, "prompt").send_keys(Keys.TAB)
    assert page.switch_to.active_element.tag_name == "summary"  # of the further fields
    field(page, "model").send_keys(Keys.ENTER)
    wait_for(page, lambda: page.find_elements(By.CSS_SELECTOR, ".answer img"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(scheme: str, page: Chrome) -> None:
    media = [{"name": "prefers-color-scheme", "value": scheme}]
    untyped(page).execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    open_job(page, "images.generate")
    fill(page, width="7")
    send(page)
    wait_for(page, lambda: page.find_elements(By.CSS_SELECTOR, "#journal-entries li"))
    assert untyped(page).execute_script(CONTRAST) == []
    untyped(page).execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert len(console(page)) == 1  # Chromium notes the 400


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("name", JOBS)
def test_nothing_is_out_of_sight(width: int, name: str, page: Chrome, media: Path) -> None:
    open_job(page, name)
    if name == "images.generate":
        fill(page, prompt="a house " + "without_any_place_to_break_this_word" * 10)
        send(page)
        wait_for(page, lambda: page.find_elements(By.CSS_SELECTOR, ".answer img"))
    if name == "audio.transcribe":
        fill(page, file=str(media / "it's said.wav"))
        send(page)
    assert beyond_the_window(page, width) == []
    SHOTS.mkdir(parents=True, exist_ok=True)
    with screen_of(page, width):
        picture = untyped(page).execute_cdp_cmd(
            "Page.captureScreenshot", {"captureBeyondViewport": True, "format": "png"}
        )
    (SHOTS / f"{name}-{width}.png").write_bytes(base64.b64decode(picture["data"]))


def test_another_key_is_asked_for_and_shown_nowhere(browser: Chrome, tmp_path: Path) -> None:
    with serving(tmp_path, "--allow-faults", "--api-key", KEY_OF_MY_OWN) as process:
        open_page(browser, process)
        assert KEY_OF_MY_OWN not in browser.page_source
        assert "Enter the key" in browser.find_element(By.ID, "journal-note").text
        open_job(browser, "images.generate")
        assert send(browser).startswith("401 Unauthorized")
        assert len(console(browser)) == 1
        key = browser.find_element(By.ID, "key-input")
        assert key.accessible_name == "Key"
        key.send_keys(KEY_OF_MY_OWN, Keys.ENTER)
        assert send(browser).startswith("200 OK")
        wait_for(browser, lambda: browser.find_elements(By.CSS_SELECTOR, "#journal-entries li"))
        assert KEY_OF_MY_OWN not in browser.page_source
        assert untyped(browser).execute_script("return [localStorage.length, sessionStorage.length]") == [
            0,
            0,
        ]
        assert console(browser) == []
        assert process.stop()[0] == 0
        assert KEY_OF_MY_OWN not in process.log.read_text()


def test_without_a_journal_it_says_how_to_get_one(browser: Chrome, tmp_path: Path) -> None:
    with serving(tmp_path) as process:
        open_page(browser, process)
        assert "--allow-faults" in browser.find_element(By.ID, "journal-note").text
        open_job(browser, "images.generate")
        assert not browser.find_elements(By.ID, "fault")
        assert send(browser).startswith("200 OK")
        asked = {urlsplit(url).path for url in requested(browser)}
        assert "/_reference/requests" not in asked
        assert console(browser) == []
