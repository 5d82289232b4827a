"""Compares what the server has with what it acknowledged."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path

from client import Client, Refused
from ledger import RunRecord


def differences(client: Client, records: Iterable[RunRecord]) -> tuple[list[str], list[str]]:
    """The acknowledged writes that are lost or altered, and the stored ones that nobody attempted."""
    lost: list[str] = []
    phantoms: list[str] = []
    for record in records:
        try:
            data = client.get("runs/get", run_id=record.run_id)["run"]["data"]
        except Refused as refusal:
            lost += [f"run {record.run_id}: {refusal}", *(f"{record.run_id} {key}" for key in record.acknowledged)]
            continue
        stored = _stored(data)
        stored |= _artifacts(client, record)
        lost += [
            f"{record.run_id} {key}"
            for key in record.acknowledged
            if key not in stored or stored[key] != record.attempted[key]
        ]
        phantoms += [
            f"{record.run_id} {key}" for key in stored if key not in record.attempted or stored[key] != record.attempted[key]
        ]
    return lost, phantoms


def _stored(data: dict[str, list[dict[str, object]]]) -> dict[tuple[str, str], object]:
    metrics = {("metric", item["key"]): item["value"] for item in data.get("metrics", [])}
    parameters = {("parameter", item["key"]): item["value"] for item in data.get("params", [])}
    own_tags = [item for item in data.get("tags", []) if not item["key"].startswith("mlflow.")]
    return metrics | parameters | {("tag", item["key"]): item["value"] for item in own_tags}


def _artifacts(client: Client, record: RunRecord) -> dict[tuple[str, str], object]:
    """The artifacts that were acknowledged, and those that are listed."""
    listed = client.get("artifacts/list", run_id=record.run_id, path="files").get("files", [])
    paths = {str(item["path"]) for item in listed}
    paths |= {path for kind, path in record.acknowledged if kind == "artifact"}
    found: dict[tuple[str, str], object] = {}
    for path in paths:
        try:
            found["artifact", path] = client.artifact(record.experiment_id, record.run_id, path)
        except Refused:
            continue
    return found


def integrity(folder: Path) -> str:
    """What SQLite says of a copy of the database, taken while no server runs: `ok` when it is sound."""
    with tempfile.TemporaryDirectory() as copy:
        for file in folder.glob("*.sqlite*"):
            shutil.copy(file, copy)
        answers = []
        for file in Path(copy).glob("*.sqlite"):
            connection = sqlite3.connect(file)
            answers += [row[0] for row in connection.execute("PRAGMA integrity_check")]
            answers += [f"broken reference in {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
            connection.close()
        return "; ".join(dict.fromkeys(answers)) or "there is no database"
