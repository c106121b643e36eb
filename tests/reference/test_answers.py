"""The five jobs and their companions, over HTTP."""

import base64
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from eigen_reference.app import create_app
from eigen_reference.engines.engines import Engines
from eigen_reference.engines.jobs import JobStore
from eigen_reference.engines.speech import Speaker
from tests.reference.decoders import frames_decoded, raster, wave
from tests.reference.executors import StepExecutor
from tests.reference.serving import RESULT, STATUS, UPLOAD, VIDEO_MODEL, Server, fault, picture


def events(body: bytes) -> list[dict[str, Any]]:
    blocks = body.decode().split("\n\n")
    assert blocks.pop() == ""
    return [json.loads(block.removeprefix("data: ")) for block in blocks]


def test_generates_a_picture(server: Server) -> None:
    response = server.json(model="YOUR_MODEL", prompt="A fluffy orange tabby cat in a sunlit garden")
    drawn = raster(picture(response))
    assert (drawn.width, drawn.height) == (1024, 1024)


@pytest.mark.parametrize(
    ("members", "size"),
    [
        ({"size": "640x480"}, (640, 480)),
        ({"width": 512, "height": 768}, (512, 768)),
        ({"size": "640x480", "width": 512}, (512, 480)),
        ({"size": "1x99999"}, (16, 2048)),
        ({"size": "large"}, (1024, 1024)),
    ],
)
def test_a_picture_has_the_size_asked_for(
    server: Server, members: dict[str, Any], size: tuple[int, int]
) -> None:
    drawn = raster(picture(server.json(model="m", prompt="p", **members)))
    assert (drawn.width, drawn.height) == size


@pytest.mark.parametrize(
    "members", [{"seed": 2}, {"seed": 1.5}, {"prompt": "q"}, {"negative_prompt": "n"}, {"guidance_scale": 9}]
)
def test_each_option_of_a_picture_shows(server: Server, members: dict[str, Any]) -> None:
    base = {"model": "m", "prompt": "p", "seed": 1, "width": 512, "height": 512}
    assert server.json(**base).content == server.json(**base).content
    assert picture(server.json(**{**base, **members})) != picture(server.json(**base))


def test_the_form_and_json_give_the_same_picture(server: Server) -> None:
    as_form = server.form(model="m", prompt="p", seed="7", width="512", height="512")
    assert as_form.content == server.json(model="m", prompt="p", seed=7, width=512, height=512).content


@pytest.mark.parametrize(
    ("model", "member"),
    [
        ("YOUR_MODEL", "image_base64"),
        ("qwen-image-edit-2511", "image_base64"),
        ("eigen-image", "edited_image_base64"),
    ],
)
@pytest.mark.parametrize("field", ["image_file", "image", "images"])
def test_edits_an_upload_and_answers_as_the_model_does(
    server: Server, png: bytes, model: str, member: str, field: str
) -> None:
    response = server.form(model=model, prompt="make it blue", files=[(field, png)])
    after = raster(picture(response, member))
    assert (after.width, after.height) == (96, 64)
    assert after.pixels != raster(png).pixels


def test_qwen_tells_a_time_that_is_the_same_again(server: Server, png: bytes) -> None:
    first, second = (server.form(model="m", prompt="p", files=[("image", png)]).json() for _ in range(2))
    assert first == second
    assert isinstance(first["use_lightning"], bool)
    assert first["processing_time_seconds"] > 0


@pytest.mark.parametrize(
    ("output_format", "media_type"),
    [
        ("png", "image/png"),
        ("jpg", "image/jpeg"),
        ("JPEG", "image/jpeg"),
        ("webp", "image/webp"),
        ("tiff", "image/png"),
    ],
)
def test_a_binary_response_is_the_picture_itself(
    server: Server, png: bytes, output_format: str, media_type: str
) -> None:
    response = server.form(
        model="m", prompt="p", binary_response="true", output_format=output_format, files=[("image", png)]
    )
    assert response.headers["content-type"] == media_type
    assert raster(response.content).width == 96


def test_edits_a_referenced_picture_without_fetching_it(server: Server) -> None:
    one, two = (server.json(model="m", prompt="p", image_path=f"https://a.test/{name}.png") for name in "ab")
    assert picture(one, "image_base64") != picture(two, "image_base64")


@pytest.mark.parametrize(
    "members",
    [
        {"prompt": "p", "image_path": "URL"},
        {"prompt": "p", "image_url": "URL"},
        {"text": "t", "voice_url": "URL"},
    ],
)
def test_connects_to_nobody_whatever_url_is_given(server: Server, members: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/media"
        named = {name: value.replace("URL", url) for name, value in members.items()}
        assert server.json(model="m", **named).status_code == 200
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_edits_the_picture_in_a_data_url(server: Server, png: bytes) -> None:
    url = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    assert raster(picture(server.json(model="m", prompt="p", image_path=url), "image_base64")).width == 96


def test_a_strength_knob_shows(server: Server, png: bytes) -> None:
    weak, strong = (
        server.form(model="m", prompt="p", rank=rank, files=[("image", png)]) for rank in ("1", "256")
    )
    assert weak.json()["image_base64"] != strong.json()["image_base64"]


@pytest.mark.parametrize("huge", ["1e308", "-1e308", "0", "-0.0", "9" * 300])
def test_takes_any_number_for_any_knob(server: Server, png: bytes, huge: str) -> None:
    knobs = [
        "rank",
        "lora_strength",
        "true_cfg_scale",
        "num_inference_steps",
        "downsizing_mp",
        "sample_steps",
    ]
    response = server.form(model="m", prompt="p", files=[("image", png)], **dict.fromkeys(knobs, huge))
    assert response.status_code == 200, response.text


def test_transcribes_in_each_form(server: Server, wav: bytes) -> None:
    whisper = server.form(
        model="whisper_v3_turbo", language="en", response_format="json", files=[("file", wav)]
    )
    plain = server.form(model="YOUR_MODEL", response_format="text", files=[("file", wav)])
    higgs = server.form(model="higgs_asr_3", language="English", files=[("file", wav)]).json()
    assert len({"quick", "brown", "fox", "lazy", "dog"} & set(whisper.json()["text"].split())) >= 4
    assert plain.headers["content-type"].startswith("text/plain")
    assert plain.text == whisper.json()["text"] == higgs["transcription"]
    assert higgs["language"] == "English"
    assert higgs["audio_duration"] == pytest.approx(len(wave(wav).samples) / 48_000, abs=0.01)


def test_speaks_a_file(server: Server) -> None:
    response = server.form(model="YOUR_MODEL", text="Hello.", voice="Linda")
    assert response.headers["content-type"] == "audio/wav"
    assert float(response.headers["x-credits-remaining"]) >= 0
    spoken = wave(response.content)
    assert (spoken.channels, spoken.rate, spoken.bits) == (1, 24_000, 16)


@pytest.mark.parametrize(
    "members",
    [
        {"voice": "Jack"},
        {"voice_id": "voice-1"},
        {"voice_url": "https://a.test/voice.wav"},
        {"voice_settings": {"speed": 1.5}},
        {"language_id": "de"},
        {"language": "Italian"},
        {"exaggeration": 2},
        {"seed": 4},
        {"instructions": "Whisper it"},
    ],
)
def test_each_option_of_speech_is_heard(server: Server, members: dict[str, Any]) -> None:
    plain, changed = (server.json(model="m", text="Hello.", **options) for options in ({}, members))
    assert plain.content != changed.content
    assert wave(changed.content).samples


def test_an_uploaded_voice_is_heard(server: Server, wav: bytes) -> None:
    plain = server.form(model="higgs2p5", text="Hello.")
    for field in ("voice_reference_file", "audio_prompt_file"):
        assert server.form(model="m", text="Hello.", files=[(field, wav)]).content != plain.content


@pytest.mark.parametrize(
    ("audio_format", "media_type", "magic"),
    [
        ("wav", "audio/wav", b"RIFF"),
        ("mp3", "audio/mpeg", b""),
        ("flac", "audio/flac", b"fLaC"),
        ("aac", "audio/aac", b"\xff\xf1"),
        ("opus", "audio/ogg", b"OggS"),
        ("unheard-of", "audio/wav", b"RIFF"),
    ],
)
def test_speech_comes_in_the_format_asked_for(
    server: Server, audio_format: str, media_type: str, magic: bytes
) -> None:
    response = server.json(model="qwen3-tts", text="Hello.", response_format=audio_format)
    assert response.headers["content-type"] == media_type
    assert response.content.startswith(magic)
    assert server.form(model="m", files=[("file", response.content)]).status_code == 200


def test_pcm_is_the_file_without_its_header(server: Server) -> None:
    pcm = server.json(model="qwen3-tts", text="Hello.", response_format="pcm")
    little = wave(server.json(model="qwen3-tts", text="Hello.").content).samples
    assert pcm.headers["content-type"] == "audio/pcm"
    assert pcm.content == little


def test_a_stream_carries_the_same_speech_as_the_file(server: Server) -> None:
    text = "One thing. Another thing."
    response = server.json(model="higgs2p5", text=text, stream=True)
    assert response.headers["content-type"].startswith("text/event-stream")
    received = events(response.content)
    chunks = [
        base64.b64decode(event["data"], validate=True) for event in received if event["type"] == "audio_chunk"
    ]
    assert [event["type"] for event in received[:2]] == ["start", "metadata"]
    assert received[1]["data"] == {"channels": 1, "sample_rate": 24_000, "format": "pcm_s16le"}
    assert received[-1] == {"type": "complete"}
    assert b"".join(chunks) == wave(server.json(model="higgs2p5", text=text).content).samples


def test_a_stream_that_fails_midway_says_so() -> None:
    engines = Engines()
    engines.speaker = Speaker(most_seconds=2)
    server = Server(create_app(engines=engines))
    received = events(
        server.json(model="m", text="Well. This goes on for quite a while.", stream=True).content
    )
    assert received[-2]["type"] == "audio_chunk"
    assert received[-1] == {"type": "error", "message": "text takes over 2 s to say"}


def test_saves_a_voice_under_an_id_of_its_own(server: Server, wav: bytes, png: bytes) -> None:
    first, again = (
        server.form(UPLOAD, model="higgs2p5", files=[("voice_reference_file", wav)]) for _ in range(2)
    )
    assert first.json()["voice_id"] == again.json()["voice_id"]
    refused = server.form(UPLOAD, model="higgs2p5", files=[("voice_reference_file", png)])
    assert (refused.status_code, fault(refused)["field"]) == (400, "voice_reference_file")


@pytest.fixture
def video_server() -> tuple[Server, StepExecutor]:
    executor = StepExecutor()
    return Server(create_app(engines=Engines(jobs=JobStore(executor=executor)))), executor


def test_videos_as_a_job(video_server: tuple[Server, StepExecutor], png: bytes) -> None:
    server, executor = video_server
    submitted = server.form(
        model=VIDEO_MODEL, prompt="it moves", frame_num="5", files=[("image", png)]
    ).json()
    query = {"jobId": submitted["task_id"], "model": VIDEO_MODEL}
    before = server.ask("GET", STATUS, params=query).json()
    early = server.ask("GET", RESULT, params=query)
    executor.step()
    after = server.ask("GET", STATUS, params=query).json()
    video = server.ask("GET", RESULT, params=query)
    assert submitted["task_status"] == before["status"] == "pending"
    assert (early.status_code, fault(early)["code"]) == (409, "job_pending")
    assert (after["status"], after["error"]) == ("completed", None)
    assert after["start_time"] <= after["end_time"]
    assert video.headers["content-type"] == "video/mp4"
    assert frames_decoded(video.content) == 5


@pytest.mark.parametrize(("frame_num", "frames"), [(0, 1), (-3, 1), (2.6, 3), (1e300, 257)])
def test_rounds_and_bounds_the_frames(
    video_server: tuple[Server, StepExecutor], frame_num: float, frames: int
) -> None:
    server, executor = video_server
    submitted = server.json(model="m", prompt="p", frame_num=frame_num).json()
    query = {"jobId": submitted["task_id"], "model": "m"}
    server.ask("GET", STATUS, params=query)
    executor.step()
    assert frames_decoded(server.ask("GET", RESULT, params=query).content) == frames


def test_a_job_of_another_model_is_not_shown(video_server: tuple[Server, StepExecutor]) -> None:
    server, _ = video_server
    job = server.json(model=VIDEO_MODEL, prompt="p", image_url="https://a.test/cat.png").json()["task_id"]
    assert server.ask("GET", STATUS, params={"jobId": job, "model": "other"}).status_code == 404


@pytest.mark.parametrize(
    ("model", "member"),
    [("YOUR_MODEL", "image_base64"), ("eigen-image", "edited_image_base64"), (VIDEO_MODEL, "task_id")],
)
def test_a_prompt_with_an_image_is_an_edit_unless_the_model_makes_videos(
    video_server: tuple[Server, StepExecutor], png: bytes, model: str, member: str
) -> None:
    server, _ = video_server
    assert member in server.form(model=model, prompt="p", files=[("image", png)]).json()


def test_a_missing_engine_is_a_503_that_names_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "PIL.py").write_text("raise ImportError('no wheel for this machine')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    response = Server(create_app()).json(model="m", prompt="p")
    assert (response.status_code, fault(response)["code"]) == (503, "engine_unavailable")
    assert "pillow" in fault(response)["message"]


def spoken(server: Server, text: str) -> bytes:
    return server.json(model="m", text=text, seed=99).content


def test_requests_at_the_same_time_do_not_mix(server: Server) -> None:
    texts = ["One.", "Two and a half.", "Three hundred and thirty three."] * 3
    alone = {text: spoken(server, text) for text in set(texts)}
    fresh = Server(create_app())
    with ThreadPoolExecutor(len(texts)) as pool:
        together = list(pool.map(partial(spoken, fresh), texts))
    assert together == [alone[text] for text in texts]
