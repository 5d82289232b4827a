"""What a project needs before the client can work in it: code and data in git repositories that are served over HTTP."""

import http.server
import os
import pathlib
import subprocess
import threading

MLPROJECT = """\
name: wine
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
    command: "python train.py {alpha}"
  greet:
    parameters:
      name: string
    command: "echo hello {name} of $MLFLOW_RUN_ID"
"""

TRAIN = """\
import sys
import mlflow

print("training with", sys.argv[1])
with mlflow.start_run():
    mlflow.log_param("solver", "saga")
    mlflow.log_metric("accuracy", float(sys.argv[1]) + 0.25)
"""


class GitServer:
    """Serves bare repositories as hosts of git do."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        handler = type("Handler", (_Git,), {"folder": folder})
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.place = f"127.0.0.1:{self._server.server_address[1]}"
        self.origin = f"http://{self.place}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def add(self, name: str, files: dict[str, str]) -> str:
        """Makes a repository with one commit on `main`, and gives its address."""
        work = self._folder / f"{name}-work"
        for path, text in files.items():
            file = work / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        _git(work, "init", "--quiet", "--initial-branch", "main")
        _git(work, "add", ".")
        _git(work, "-c", "user.name=Ann", "-c", "user.email=ann@example.org", "commit", "--quiet", "-m", "First")
        bare = self._folder / f"{name}.git"
        _git(self._folder, "clone", "--quiet", "--bare", str(work), str(bare))
        _git(bare, "config", "uploadpack.allowFilter", "true")
        _git(bare, "config", "uploadpack.allowAnySHA1InWant", "true")
        return f"{self.origin}/{name}.git"

    def stop(self) -> None:
        self._server.shutdown()


class _Git(http.server.BaseHTTPRequestHandler):
    """Answers with what `git http-backend` says, which is a CGI program (RFC 3875)."""

    folder: pathlib.Path

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        variables = {
            "GIT_PROJECT_ROOT": str(self.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        words = ["git", "http-backend"]
        done = subprocess.run(words, input=body, env=os.environ | variables, capture_output=True, check=True)
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def _git(folder: pathlib.Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
