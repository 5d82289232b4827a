"""A server on a folder that `mantik-server bench` has filled, and what is asked of it."""

import json
import pathlib
import socket
import subprocess
import time
import urllib.request

KEYS = ["data_version", "commit", "experiment", "model"]
METRICS = ["metrics.metric_0", "metrics.metric_1", "metrics.metric_2"]
_START_SECONDS = 60
_PAGE = 200


class Running:
    """A server that runs; to be stopped."""

    def __init__(self, program: str, folder: pathlib.Path, seeded: dict) -> None:
        self._token = seeded["token"]
        self._project = f"/api/projects/{seeded['projectId']}"
        self._experiment: str | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        command = [program, "serve", "--port", str(self._port), "--data", str(folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + _START_SECONDS
        while not self._is_ready():
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError("the server does not answer")
            time.sleep(0.01)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=40)

    def groups(self, within: list) -> list:
        """All groups within those."""
        found: list = []
        while True:
            query = {"columns": METRICS, "groupBy": KEYS}
            page = self._ask(
                f"{self._project}/runs/groups", {"query": query, "within": within, "offset": len(found), "limit": _PAGE}
            )
            found += page["groups"]
            if len(found) >= page["total"]:
                return found

    def extremes(self, within: list, metric: str) -> tuple:
        """The value of the best run of a group, when less is better, and when more is."""
        best = []
        for descending in (False, True):
            field = f"metrics.{metric}"
            query = {"columns": [field], "groupBy": KEYS, "sort": [{"field": field, "descending": descending}]}
            page = self._ask(f"{self._project}/runs/search", {"query": query, "within": within, "limit": 1})
            best.append(page["columns"][0]["values"]["numbers"][0])
        return tuple(best)

    def runs(self, n: int) -> list[str]:
        """The ids of the newest runs."""
        return self._ask(f"{self._project}/runs/search", {"query": {}, "limit": n})["runIds"]

    def log(self, run: str, metric: str, value: object) -> None:
        body = {"run_id": run.replace("-", ""), "key": metric, "value": value, "timestamp": 4_000_000_000_000, "step": 99}
        self._track("runs/log-metric", body)

    def delete(self, run: str) -> None:
        self._track("runs/delete", {"run_id": run.replace("-", "")})

    def create(self, name: str) -> str:
        """A run of which nothing but its experiment is known."""
        if self._experiment is None:
            self._experiment = self._track("experiments/create", {"name": "bare"})["experiment_id"]
        body = {"experiment_id": self._experiment, "run_name": name, "start_time": 4_000_000_000_000}
        return self._track("runs/create", body)["run"]["info"]["run_id"]

    def _track(self, call: str, body: dict) -> dict:
        return self._ask(f"/tracking/api/2.0/mlflow/{call}", body)

    def _ask(self, path: str, body: dict) -> dict:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        address = f"http://127.0.0.1:{self._port}{path}"
        request = urllib.request.Request(address, json.dumps(body).encode(), headers, method="POST")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"{}")

    def _is_ready(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self._port}/ready", timeout=1).read()
            return True
        except OSError:
            return False
