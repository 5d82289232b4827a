"""Fills MLflow's own SQLite file with the runs that `mantik-server bench` makes, value by value, and a history of a million points.

Through its interface a hundred thousand runs would take hours. MLflow makes the tables; the indexes are those it makes, and
SQLite looks at what it holds afterwards, without which a search by a metric does not end.
"""

import json
import pathlib
import sqlite3
import subprocess
import sys
import time

LONG = "f" * 32
RUNS = """
INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time,
    source_version, lifecycle_stage, artifact_uri, experiment_id)
SELECT printf('%032x', n), printf('run-%07d', n), 'LOCAL', '', '', 'bench',
    CASE n % 20 WHEN 0 THEN 'FAILED' WHEN 1 THEN 'KILLED' ELSE 'FINISHED' END, :start + n * 60000,
    :start + (n + n % 50 + 1) * 60000, '', 'active', 'mlflow-artifacts:/filled', 0 FROM numbers"""
VALUE = "CAST((n * 48271 + k * 7919 + 1) * 16807 % 2147483647 AS DOUBLE) / 2147483647"
LATEST = f"""
INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
SELECT 'metric_' || k, {VALUE}, :start + n * 60000, 0, 0, printf('%032x', n) FROM numbers CROSS JOIN ten"""
PARAMETERS = """
INSERT INTO params (key, value, run_uuid)
SELECT 'parameter_' || k, CAST(n / CASE k WHEN 0 THEN 1 WHEN 1 THEN 10 WHEN 2 THEN 100 WHEN 3 THEN 1000 ELSE 10000 END % 10 AS TEXT),
    printf('%032x', n) FROM numbers CROSS JOIN ten WHERE k < 5"""
TAGS = "INSERT INTO tags (key, value, run_uuid) SELECT 'mlflow.runName', printf('run-%07d', n), printf('%032x', n) FROM numbers"
LONG_RUN = """
INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, lifecycle_stage,
    artifact_uri, experiment_id, source_version)
VALUES (:run, 'long', 'LOCAL', '', '', 'bench', 'FINISHED', 0, 'active', 'mlflow-artifacts:/filled', 0, '')"""
POINTS = """
INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
SELECT 'long', 1.0 / (1 + n / 1000.0) + (n * 48271 % 2147483647) / 21474836470.0, n * 1000, :run, n, 0 FROM numbers"""


def numbers(n: int, statement: str) -> str:
    head, rest = statement.split("\nSELECT", 1) if "\nSELECT" in statement else statement.split(" SELECT", 1)
    recursive = f"numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {n})"
    ten = "ten(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM ten WHERE k < 9)"
    return f"{head} WITH RECURSIVE {recursive}, {ten} SELECT{rest}"


def main() -> None:
    folder, n_runs, n_points = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    note = folder / "filled.json"
    if note.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "mlflow.db"
    file.unlink(missing_ok=True)
    upgrade = [sys.executable, "-m", "mlflow", "db", "upgrade", f"sqlite:///{file}"]
    subprocess.run(upgrade, check=True, capture_output=True)
    database = sqlite3.connect(file)
    database.execute("PRAGMA synchronous = OFF")
    now = int(time.time() * 1000)
    experiment = "INSERT OR IGNORE INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time)"
    database.execute(f"{experiment} VALUES (0, 'Default', 'mlflow-artifacts:/0', 'active', ?, ?)", (now, now))
    start = {"start": now - n_runs * 60_000}
    history = LATEST.replace("latest_metrics", "metrics")
    for statement in (RUNS, LATEST, history, PARAMETERS, TAGS):
        database.execute(numbers(n_runs, statement), start if ":start" in statement else {})
    database.execute(LONG_RUN, {"run": LONG})
    database.execute(numbers(n_points, POINTS), {"run": LONG})
    last = "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)"
    database.execute(f"{last} SELECT key, value, timestamp, step, is_nan, run_uuid FROM metrics WHERE run_uuid = ? AND step = ?", (LONG, n_points - 1))
    database.commit()
    database.execute("ANALYZE")
    database.commit()
    database.close()
    note.write_text(json.dumps({"runs": n_runs, "points": n_points}))


if __name__ == "__main__":
    main()
