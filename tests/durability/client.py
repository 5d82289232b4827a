"""A small client of the MLflow REST API. It never tries twice: what was not answered is not known to be stored."""

import http.client
import json
import threading
from urllib.parse import quote, urlencode


class NotAnswered(Exception):
    """The server went away, or says that it cannot answer now."""


class Refused(Exception):
    """The server answered that it will not do it."""


class Client:
    """One connection for each thread."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._headers = {"Authorization": f"Bearer {token}"}
        self._connections = threading.local()

    def post(self, call: str, body: dict[str, object]) -> dict[str, object]:
        return json.loads(self._send("POST", f"mlflow/{call}", json.dumps(body).encode()) or b"{}")

    def get(self, call: str, **query: str) -> dict[str, object]:
        return json.loads(self._send("GET", f"mlflow/{call}?{urlencode(query)}"))

    def put_artifact(self, experiment_id: str, run_id: str, path: str, content: bytes) -> None:
        self._send("PUT", _artifact(experiment_id, run_id, path), content)

    def artifact(self, experiment_id: str, run_id: str, path: str) -> bytes:
        return self._send("GET", _artifact(experiment_id, run_id, path))

    def _send(self, method: str, path: str, body: bytes | None = None) -> bytes:
        headers = self._headers | ({"Content-Type": "application/json"} if body is not None else {})
        try:
            connection = self._connection()
            connection.request(method, f"/tracking/api/2.0/{path}", body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self._connections.current = None
            raise NotAnswered(str(error)) from error
        if answer.status >= 500:
            raise NotAnswered(f"{answer.status} {content[:200]!r}")
        if answer.status >= 400:
            raise Refused(f"{method} {path}: {answer.status} {content[:200]!r}")
        return content

    def _connection(self) -> http.client.HTTPConnection:
        connection = getattr(self._connections, "current", None)
        if connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
            self._connections.current = connection
        return connection


def _artifact(experiment_id: str, run_id: str, path: str) -> str:
    return f"mlflow-artifacts/artifacts/{experiment_id}/{run_id}/artifacts/{quote(path)}"
