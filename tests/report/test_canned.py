"""A stand-in of canned answers is red for each of its faults by name, within a small budget."""

import struct
from pathlib import Path

import pytest

from eigen_contract.command_line import main
from eigen_contract.media import png
from tests.report.canned import Canned
from tests.report.judging import document, served

RECORDINGS = Path(__file__).parents[2] / "contract_tests" / "recordings"
SHOWN_BY_VALID_REQUESTS = {
    "the_prompt_matters",
    "other_seed_other_bytes",
    "size_is_honoured",
    "the_source_matters",
    "output_format_is_honoured",
    "what_is_said_is_heard",
    "the_voice_matters",
    "the_pace_matters",
    "the_language_matters",
    "saved_voices_speak",
    "speech_is_the_same_in_every_format",
    "models_answer_in_their_own_shape",
    "videos_are_made",
    "videos_follow_the_request",
}
SHOWN_BY_REFUSALS = {"the_server_did_not_fail", "the_verdict_is_the_contracts"}


def silent_wav(seconds: float = 1.0) -> bytes:
    data = bytes(2 * int(24_000 * seconds))
    fmt = struct.pack("<HHIIHH", 1, 1, 24_000, 48_000, 2, 16)
    chunks = b"fmt " + struct.pack("<I", len(fmt)) + fmt + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks


# Starlette leaves the files of a form open that it could not read to its end.
@pytest.mark.deep
@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("key")
def test_canned_answers_are_red_for_each_of_their_faults(tmp_path: Path) -> None:
    video, *_ = (path.read_bytes() for path in sorted((RECORDINGS / "bodies").glob("*.mp4")))
    canned = Canned(png(512, 512), silent_wav(), video)
    with served(canned.app) as host:
        arguments = ["run", "--target", f"live:http://{host}", "--budget", "200", "--report"]
        assert main([*arguments, str(tmp_path / "valid")]) == 1
        assert main([*arguments, str(tmp_path / "all"), "--allow-negative"]) == 1
    valid = {finding["check"] for finding in document(tmp_path / "valid")["findings"]}
    assert valid >= SHOWN_BY_VALID_REQUESTS
    everything = {finding["check"] for finding in document(tmp_path / "all")["findings"]}
    assert everything >= SHOWN_BY_VALID_REQUESTS | SHOWN_BY_REFUSALS
