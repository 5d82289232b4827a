"""The server under test, and requests that no client makes."""

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.request

SERVER = os.environ.get("MANTIK_SERVER", "target/debug/mantik-server")
PASSWORD = "correct horse battery staple"
_START_SECONDS = 20


class Server:
    """A server on a free port with a folder of its own, and the user ann, whose token it has."""

    def __init__(self, *options: str) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.port = _free_port()
        self._run("user", "add", "ann", "--email", "ann@example.org", "--password-stdin", text=PASSWORD)
        self.token = self._run("token", "create", "--user", "ann", "--name", "test").strip()
        command = [SERVER, "serve", "--port", str(self.port), "--data", self._folder.name, *options]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + _START_SECONDS
        while not self._is_ready():
            if time.monotonic() > deadline:
                raise RuntimeError(f"the server does not answer within {_START_SECONDS} s")
            time.sleep(0.05)

    def ask(self, method: str, path: str, body: object = None, kind: str = "application/json", token: str = ""):
        """Sends a request as ann, and reads the JSON of the answer."""
        raw = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {token or self.token}", "Content-Type": kind}
        address = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(address, raw, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=40)
        self._folder.cleanup()

    def _run(self, *words: str, text: str | None = None) -> str:
        command = [SERVER, *words, "--data", self._folder.name]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout

    def _is_ready(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ready", timeout=1).read()
            return True
        except OSError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
