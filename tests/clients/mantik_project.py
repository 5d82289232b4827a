"""What a project needs before the client can work in it: code and data in git repositories that are served over HTTP."""

import functools
import http.server
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
    """Serves bare repositories as plain files, which git can clone."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        handler = functools.partial(_Quiet, directory=str(folder))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
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
        _git(bare, "update-server-info")
        return f"{self.origin}/{name}.git"

    def stop(self) -> None:
        self._server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


def _git(folder: pathlib.Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
