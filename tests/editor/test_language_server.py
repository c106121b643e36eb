"""A language server that fails is an error at once, and leaves no process."""

import sys
from pathlib import Path

import pytest

from tests.editor import language_server
from tests.editor.language_server import LanguageServer, LanguageServerError

ENDS = "import sys; sys.stdin.buffer.readline(); sys.exit('no licence')"
IS_SILENT = "import sys; sys.stdin.buffer.read()"
REFUSES = """
import sys
length = int(sys.stdin.buffer.readline().split()[1])
sys.stdin.buffer.read(length + 2)
answer = b'{"jsonrpc": "2.0", "id": 1, "error": {"code": -32600, "message": "no such folder"}}'
sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n%s" % (len(answer), answer))
"""


@pytest.mark.parametrize(
    ("program", "message"),
    [
        (ENDS, "initialize: the server ended. no licence"),
        (IS_SILENT, "initialize: no answer within 0.5 seconds"),
        (REFUSES, "initialize: .*no such folder"),
    ],
)
def test_a_failing_server_is_an_error(
    program: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if program == IS_SILENT:
        monkeypatch.setattr(language_server, "TIMEOUT", 0.5)
    with pytest.raises(LanguageServerError, match=message):
        LanguageServer([sys.executable, "-c", program], tmp_path, {})
