"""What was written and what was acknowledged, kept outside of the server."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

Key = tuple[str, str]


@dataclass
class RunRecord:
    """A run as a writer knows it. `attempted` holds what was sent, `acknowledged` what was answered with success."""

    run_id: str
    experiment_id: str
    attempted: dict[Key, object] = field(default_factory=dict)
    acknowledged: set[Key] = field(default_factory=set)


class Ledger:
    """All runs that the server has acknowledged, safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs: list[RunRecord] = []

    def add(self, run_id: str, experiment_id: str) -> RunRecord:
        record = RunRecord(run_id, experiment_id)
        with self._lock:
            self._runs.append(record)
        return record

    def attempt(self, record: RunRecord, writes: dict[Key, object]) -> None:
        with self._lock:
            record.attempted.update(writes)

    def acknowledge(self, record: RunRecord, writes: dict[Key, object]) -> None:
        with self._lock:
            record.acknowledged.update(writes)

    def __iter__(self) -> Iterator[RunRecord]:
        return iter(list(self._runs))

    @property
    def acknowledged(self) -> int:
        """How many writes were acknowledged, the creation of each run among them."""
        return sum(len(record.acknowledged) + 1 for record in self._runs)
