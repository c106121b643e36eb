"""A loopback server that costs little: it swallows what is sent, and gives JSON or, under /down/SIZE, a WAV.

`python -m bench.server` prints its URL when it is ready, and serves until it is ended.
"""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .answers import JSON, wav_header

_PIECE = 1 << 20


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # the head and a small body leave in one packet

    def do_POST(self) -> None:
        """Swallow, then answer."""
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            while size := int(self.rfile.readline().split(b";")[0], 16):
                self._swallow(size + 2)
            self.rfile.readline()
        else:
            self._swallow(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/down/"):
            self._give(int(self.path.split("/")[2]))
        else:
            self._answer("application/json", len(JSON))
            self.wfile.write(JSON)

    def _swallow(self, size: int) -> None:
        buffer = memoryview(bytearray(min(size, _PIECE)))
        while size > 0:
            got = self.rfile.readinto(buffer[: min(size, len(buffer))])
            if not got:
                raise ConnectionError("the client went away")
            size -= got

    def _answer(self, media_type: str, size: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(size))
        self.end_headers()

    def _give(self, size: int) -> None:
        self._answer("audio/wav", size)
        self.wfile.write(wav_header(size))
        left, zeros = size - 44, memoryview(bytes(_PIECE))
        while left > 0:
            left -= self.wfile.write(zeros[: min(left, _PIECE)])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Say nothing: writing would be measured."""


def main() -> None:
    """Serve until ended."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
