"""Writes without end, and notes each acknowledgement."""

import random
import threading
import time

from client import Client, NotAnswered
from ledger import Key, Ledger, RunRecord

WRITES_PER_RUN = 30


class Writer(threading.Thread):
    """One client that logs one run after the other until it is told to stop."""

    def __init__(self, name: str, client: Client, ledger: Ledger, experiment_id: str, stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.failure: Exception | None = None
        self._client = client
        self._ledger = ledger
        self._experiment_id = experiment_id
        self._done = stop
        self._random = random.Random(name)

    def run(self) -> None:
        try:
            while not self._done.is_set():
                try:
                    self._log_run()
                except NotAnswered:
                    time.sleep(0.02)
        except Exception as error:  # shown by the main thread, which alone may end the program
            self.failure = error

    def _log_run(self) -> None:
        body = {"experiment_id": self._experiment_id, "run_name": self.name, "start_time": _now()}
        created = self._client.post("runs/create", body)
        record = self._ledger.add(created["run"]["info"]["run_id"], self._experiment_id)
        for number in range(WRITES_PER_RUN):
            if self._done.is_set():
                return
            self._random.choice([self._metric, self._batch, self._parameter, self._tag, self._artifact])(record, number)

    def _metric(self, record: RunRecord, number: int) -> None:
        value = self._random.random()
        with _Noted(self._ledger, record, {("metric", f"m{number}"): value}):
            body = {"run_id": record.run_id, "key": f"m{number}", "value": value, "step": 0, "timestamp": _now()}
            self._client.post("runs/log-metric", body)

    def _batch(self, record: RunRecord, number: int) -> None:
        values = {f"b{number}/{place}": self._random.random() for place in range(20)}
        with _Noted(self._ledger, record, {("metric", key): value for key, value in values.items()}):
            metrics = [{"key": key, "value": value, "step": 0, "timestamp": _now()} for key, value in values.items()]
            self._client.post("runs/log-batch", {"run_id": record.run_id, "metrics": metrics})

    def _parameter(self, record: RunRecord, number: int) -> None:
        value = str(self._random.random())
        with _Noted(self._ledger, record, {("parameter", f"p{number}"): value}):
            self._client.post("runs/log-parameter", {"run_id": record.run_id, "key": f"p{number}", "value": value})

    def _tag(self, record: RunRecord, number: int) -> None:
        value = str(self._random.random())
        with _Noted(self._ledger, record, {("tag", f"t{number}"): value}):
            self._client.post("runs/set-tag", {"run_id": record.run_id, "key": f"t{number}", "value": value})

    def _artifact(self, record: RunRecord, number: int) -> None:
        content = self._random.randbytes(self._random.choice([10, 5_000, 300_000]))
        path = f"files/{number}.bin"
        with _Noted(self._ledger, record, {("artifact", path): content}):
            self._client.put_artifact(record.experiment_id, record.run_id, path, content)


class _Noted:
    """Notes the writes as attempted before, and as acknowledged after, what is done inside."""

    def __init__(self, ledger: Ledger, record: RunRecord, writes: dict[Key, object]) -> None:
        self._ledger, self._record, self._writes = ledger, record, writes

    def __enter__(self) -> None:
        self._ledger.attempt(self._record, self._writes)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._ledger.acknowledge(self._record, self._writes)


def _now() -> int:
    return time.time_ns() // 1_000_000
