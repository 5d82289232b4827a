"""Kills the server at random moments while clients write, and counts the acknowledged writes that are lost.

    python3 tests/durability/kill.py --server target/release/mantik-server --kills 50

Needs Python 3.11 or newer and nothing else. Ends with status 1 when a write is lost, when something is stored that
nobody wrote, or when the database is damaged.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

from checker import differences, integrity
from client import Client
from ledger import Ledger
from server import Server
from writer import Writer


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", type=Path, required=True, help="the server's program")
    parser.add_argument("--kills", type=int, default=50, help="how often the server is killed")
    parser.add_argument("--writers", type=int, default=8, help="how many clients write at the same time")
    parser.add_argument("--longest", type=float, default=1.5, help="how long the server lives at most, in seconds")
    parser.add_argument("--seed", type=int, default=0, help="decides the moments")
    parser.add_argument("--database-url", help="an empty PostgreSQL database; SQLite otherwise")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="mantik-durability-") as folder:
        server = Server(options.server, Path(folder), options.database_url)
        try:
            return torment(server, options)
        finally:
            server.kill()


def torment(server: Server, options: argparse.Namespace) -> int:
    token = server.make_token()
    client = Client(server.port, token)
    server.start()
    experiment_id = str(client.post("experiments/create", {"name": "durability"})["experiment_id"])
    ledger = Ledger()
    stop = threading.Event()
    writers = [Writer(f"writer {n}", client, ledger, experiment_id, stop) for n in range(options.writers)]
    for writer in writers:
        writer.start()
    moments = random.Random(options.seed)
    problems: list[str] = []
    for kill in range(1, options.kills + 1):
        time.sleep(moments.uniform(0.05, options.longest))
        server.kill()
        problems += damage(server, options)
        server.start()
        print(f"kill {kill} of {options.kills}: {ledger.acknowledged} acknowledged writes", flush=True)
    stop.set()
    for writer in writers:
        writer.join()
        problems += [f"{writer.name}: {writer.failure!r}"] if writer.failure else []
    # The connection of `client` died with the first server.
    lost, phantoms = differences(Client(server.port, token), ledger)
    server.kill()
    problems += damage(server, options)
    return report(ledger.acknowledged, options.kills, lost, phantoms, problems)


def damage(server: Server, options: argparse.Namespace) -> list[str]:
    """What SQLite finds wrong; PostgreSQL looks after itself, and is not killed."""
    if options.database_url:
        return []
    answer = integrity(server.folder)
    return [] if answer == "ok" else [f"integrity check: {answer}"]


def report(acknowledged: int, kills: int, lost: list[str], phantoms: list[str], problems: list[str]) -> int:
    for line in [*(f"lost: {item}" for item in lost), *(f"nobody wrote: {item}" for item in phantoms), *problems][:50]:
        print(line)
    print(f"{len(lost)} lost of {acknowledged} acknowledged writes after {kills} kill -9")
    return 1 if lost or phantoms or problems else 0


if __name__ == "__main__":
    sys.exit(main())
