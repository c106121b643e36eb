"""Keeps a server at work: `python -m bench.server_work PORT VIDEOS RECORDINGS`, until its input ends."""

import json
import random
import sys
import threading

from .server_load import KEY, PATH, exchange, riff

MODEL = "wan2p2-i2v-14b-turbo"
JSON = {"Authorization": KEY, "Content-Type": "application/json"}
FORM = {"Authorization": KEY, "Content-Type": "multipart/form-data; boundary=B"}


class Work:
    """Video jobs and transcriptions of one server. `is_begun` is set when the first video is being made."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.is_begun = threading.Event()
        self.is_over = threading.Event()
        self.failures: list[str] = []

    def make_videos(self, number: int) -> None:
        """Order one video after the other, and wait for each."""
        turn = 0
        while not self.is_over.is_set():
            turn += 1
            body = {"model": MODEL, "prompt": f"video {number} {turn}", "frame_num": 257}
            status, answer = exchange(self._port, "POST", PATH, json.dumps(body).encode(), JSON)
            if status != 200:
                self.failures.append(f"a video was answered with {status}")
                return
            self._await_video(str(json.loads(answer)["task_id"]))

    def _await_video(self, job: str) -> None:
        query = f"{PATH}/status?jobId={job}&model={MODEL}"
        state = "pending"
        while state in ("pending", "processing") and not self.is_over.wait(0.5):
            state = json.loads(exchange(self._port, "GET", query, None, {"Authorization": KEY})[1])["status"]
            if state == "processing":
                self.is_begun.set()

    def transcribe(self, number: int) -> None:
        """Have one recording transcribed after the other."""
        turn = 0
        while not self.is_over.is_set():
            turn += 1
            noise = random.Random(1_000 * number + turn).randbytes(32_000 * 5)
            status, _ = exchange(self._port, "POST", PATH, recording_form(noise), FORM)
            if status not in (200, 429):
                self.failures.append(f"a transcription was answered with {status}")
                return
            # Who is told to come later does: a program that asks again at once would be the load itself.
            self.is_over.wait(2 if status == 429 else 0)


def recording_form(samples: bytes) -> bytes:
    """Return a form that asks for a transcription."""
    return (
        b'--B\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper_v3_turbo\r\n'
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'
        + riff(samples)
        + b"\r\n--B--\r\n"
    )


def main() -> int:
    """Begin, say so, and work until the input ends. Return 1 if anything failed."""
    port, videos, recordings = map(int, sys.argv[1:])
    work = Work(port)
    kinds = [*[work.make_videos] * videos, *[work.transcribe] * recordings]
    threads = [threading.Thread(target=kind, args=(number,)) for number, kind in enumerate(kinds)]
    for thread in threads:
        thread.start()
    work.is_begun.wait(120)
    print("working", flush=True)
    sys.stdin.read()
    work.is_over.set()
    for thread in threads:
        thread.join()
    print("\n".join(work.failures), file=sys.stderr)
    return 1 if work.failures else 0


if __name__ == "__main__":
    sys.exit(main())
