"""The server under test."""

import http.client
import signal
import socket
import subprocess
import time
from pathlib import Path

START_SECONDS = 30


class Server:
    """Started and killed again and again, on the same data and port."""

    def __init__(self, program: Path, folder: Path, database_url: str | None) -> None:
        self.port = _free_port()
        self.folder = folder
        self._log = folder / "server.log"
        self._program = program.resolve()
        self._storage = ["--data", str(folder), *(["--database-url", database_url] if database_url else [])]
        self._process: subprocess.Popen[bytes] | None = None

    def make_token(self) -> str:
        """Makes somebody who may log, and a token of theirs."""
        self._run("user", "add", "writer", "--email", "writer@example.org", "--password-stdin", stdin="never used by hand\n")
        return self._run("token", "create", "--user", "writer", "--name", "durability", "--scope", "mlflow").strip()

    def start(self) -> None:
        command = [str(self._program), "serve", "--port", str(self.port), *self._storage]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if self._process.poll() is not None:
                raise RuntimeError(f"the server ended with status {self._process.returncode}\n{self._last_words()}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"the server did not become ready in {START_SECONDS} s\n{self._last_words()}")
            time.sleep(0.01)

    def kill(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _run(self, *words: str, stdin: str = "") -> str:
        command = [str(self._program), *words, *self._storage]
        return subprocess.run(command, input=stdin, stdout=subprocess.PIPE, text=True, check=True).stdout

    def _last_words(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-2000:]

    def _is_ready(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
            connection.request("GET", "/ready")
            return connection.getresponse().status < 300
        except (OSError, http.client.HTTPException):
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
