"""Groups of runs: each number that the server tells of a group, compared with SQL written by hand.

The groups are those of data version, commit, experiment and model, one within the other, with what their metrics amount
to. The server answers from memory; the SQL is run by Python over the database's file once the server has ended. Without
`--data` the script fills a folder of its own, and after the first answer changes runs, so that memory has to follow.
"""

import argparse
import json
import math
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

from server import Running

KEYS = ["data_version", "commit", "experiment", "model"]
COLUMNS = ["COALESCE(r.data_commit, r.data_branch)", "r.git_commit", "e.name", "m.name"]
METRICS = ["metric_0", "metric_1", "metric_2"]
#: The two sums are of the same numbers in another order.
NEAR = 1e-11


def main() -> int:
    arguments = parse()
    with tempfile.TemporaryDirectory() as own:
        folder = pathlib.Path(arguments.data or own)
        if arguments.data is None:
            fill = [arguments.server, "bench", "--runs", str(arguments.runs), "--points", "100", "--data", folder]
            subprocess.run(fill, check=True, stdout=subprocess.DEVNULL)
        told, best = ask(arguments.server, folder, has_changes=arguments.data is None)
        return compare(told, best, folder)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", required=True, help="the program mantik-server")
    parser.add_argument("--data", help="a folder that `mantik-server bench` has filled; it is left as it is")
    parser.add_argument("--runs", type=int, default=3_000, help="how many runs a folder of its own gets")
    return parser.parse_args()


def ask(program: str, folder: pathlib.Path, has_changes: bool) -> tuple[dict, dict]:
    """All groups of all levels by their titles, and of each of the last level the least and the greatest value."""
    seeded = json.loads((folder / "bench.json").read_text())
    server = Running(program, folder, seeded)
    try:
        begin = time.perf_counter()
        server.groups([])
        print(f"the first groups were answered in {(time.perf_counter() - begin) * 1000:.0f} ms")
        if has_changes:
            change(server)
        told: dict = {}
        walk(server, [], (), told)
        leaves = [titles for titles in told if len(titles) == len(KEYS)]
        best = {titles: server.extremes(told[titles]["within"], METRICS[0]) for titles in leaves}
        return told, best
    finally:
        server.stop()


def change(server: "Running") -> None:
    """Values that are no numbers or hard to add, runs without a value, and runs in the bin."""
    runs = server.runs(60)
    for place, run in enumerate(runs):
        match place % 6:
            case 0:
                server.log(run, METRICS[0], "NaN")
            case 1:
                server.log(run, METRICS[0], "Infinity")
            case 2:
                server.log(run, METRICS[1], "-Infinity")
            case 3:
                server.log(run, METRICS[2], 1e9 + place)
            case 4:
                server.log(run, METRICS[2], -0.0)
            case _:
                server.delete(run)
    for number in range(4):
        run = server.create(f"bare {number}")
        if number % 2 == 0:
            server.log(run, METRICS[0], number)


def walk(server: "Running", within: list, titles: tuple, told: dict) -> None:
    for group in server.groups(within):
        path = [*within, group["key"]]
        own = (*titles, group["title"])
        told[own] = {"within": path, "runs": sum(group["runs"].values()), "aggregates": group["aggregates"]}
        if len(path) < len(KEYS):
            walk(server, path, own, told)


def computed(database: sqlite3.Connection, project: str, level: int) -> dict:
    """The groups of the first `level` keys: of each how many runs, and what each metric amounts to."""
    keys = ", ".join(f"{column} AS k{place}" for place, column in enumerate(COLUMNS[:level]))
    names = ", ".join(f"k{place}" for place in range(level))
    same = " AND ".join(f"s.k{place} IS a.k{place}" for place in range(level))
    base = f"""FROM runs r JOIN experiments e ON e.experiment_number = r.experiment_number
        LEFT JOIN model_repositories m ON m.model_repository_id = r.model_repository_id"""
    where = "WHERE r.project_id = :project AND r.lifecycle_stage = 'active'"
    values = {"project": bytes.fromhex(project.replace("-", ""))}
    counts = database.execute(f"SELECT {keys}, COUNT(*) {base} {where} GROUP BY {names}", values)
    found = {row[:-1]: {"runs": row[-1]} for row in counts}
    for metric in METRICS:
        rows = database.execute(
            f"""WITH s AS (SELECT {keys}, v.value AS v {base} JOIN run_metrics v ON v.run_number = r.run_number
                JOIN run_keys n ON n.key_id = v.key_id AND n.family = 'metric' AND n.key = :metric {where}),
            f AS (SELECT * FROM s WHERE v IS NOT NULL AND ABS(v) < 9e999),
            a AS (SELECT {names}, AVG(v) AS mean FROM f GROUP BY {names})
            SELECT {", ".join(f"s.k{place}" for place in range(level))},
                COUNT(CASE WHEN ABS(s.v) < 9e999 THEN 1 END), COUNT(CASE WHEN ABS(s.v) < 9e999 THEN NULL ELSE 1 END),
                a.mean, MIN(CASE WHEN ABS(s.v) < 9e999 THEN s.v END), MAX(CASE WHEN ABS(s.v) < 9e999 THEN s.v END),
                SUM(CASE WHEN ABS(s.v) < 9e999 THEN (s.v - a.mean) * (s.v - a.mean) END)
            FROM s LEFT JOIN a ON {same} GROUP BY {", ".join(f"s.k{place}" for place in range(level))}""",
            {**values, "metric": metric},
        )
        for row in rows:
            found[row[:level]][metric] = row[level:]
    return found


def compare(told: dict, best: dict, folder: pathlib.Path) -> int:
    seeded = json.loads((folder / "bench.json").read_text())
    database = sqlite3.connect(f"file:{folder / 'mantik.sqlite'}?mode=ro", uri=True)
    faults, n_numbers = [], 0
    for level in range(1, len(KEYS) + 1):
        expected = computed(database, seeded["projectId"], level)
        own = {titles: group for titles, group in told.items() if len(titles) == level}
        if own.keys() != expected.keys():
            faults.append(f"the groups of {level} keys differ: {own.keys() ^ expected.keys()}")
            continue
        for titles, group in own.items():
            for name, told_number, number in numbers(group, expected[titles], best.get(titles)):
                n_numbers += 1
                if not near(told_number, number):
                    faults.append(f"{titles}: {name} is {told_number}, and by SQL {number}")
    for fault in faults[:20]:
        print(fault)
    verdict = f"{len(faults)} differ" if faults else "all as SQL computes them"
    print(f"{len(told)} groups, {n_numbers} numbers: {verdict}")
    return 1 if faults else 0


def numbers(group: dict, expected: dict, best: tuple | None):
    yield "the number of runs", group["runs"], expected["runs"]
    for aggregate in group["aggregates"]:
        metric = aggregate["field"].removeprefix("metrics.")
        count, n_not_finite, mean, least, greatest, squares = expected.get(metric, (0, 0, None, None, None, None))
        deviation = math.sqrt(squares / (count - 1)) if count > 1 else None
        for name, number in [
            ("count", count),
            ("nNotFinite", n_not_finite),
            ("mean", mean),
            ("standardDeviation", deviation),
            ("min", least),
            ("max", greatest),
        ]:
            yield f"{metric}.{name}", aggregate.get(name), number
        # A run whose value is infinite is the best of its group, and no number of the group.
        if best is not None and metric == METRICS[0] and n_not_finite == 0 and count > 0:
            yield f"{metric} of the best run, less being better", best[0], least
            yield f"{metric} of the best run, more being better", best[1], greatest


def near(told: float | None, expected: float | None) -> bool:
    if told is None or expected is None:
        return told is None and expected is None
    return math.isclose(told, expected, rel_tol=NEAR, abs_tol=1e-300)


if __name__ == "__main__":
    sys.exit(main())
