"""The console script as a process, in a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Script:
    """Runs the script in `folder`; files land there."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(
                str(ROOT / name) for name in ("generated_client", "contract_tests")
            ),
            "EIGENAI_API_KEY": "test-key",
            "EIGENAI_BASE_URL": url,
        }

    def __call__(self, *words: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
        """Run it to its end."""
        return self.read_stdin(None, *words, **variables)

    def read_stdin(
        self, stdin: bytes | None, *words: str, **variables: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Run it to its end with these bytes on stdin; None is the stdin of the tests."""
        command = [sys.executable, "-m", "eigen_generate", *words]
        return subprocess.run(
            command,
            cwd=self.folder,
            env={**self.environment, **variables},
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
        )

    def start(self, *words: str, **variables: str) -> subprocess.Popen[bytes]:
        """Start it, with pipes for stdout and stderr; the caller waits for its end."""
        command = [sys.executable, "-m", "eigen_generate", *words]
        environment = {**self.environment, **variables}
        return subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
