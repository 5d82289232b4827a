"""Sends generated requests to every operation of the API's own description, and counts the answers that are outside of it.

    pip install schemathesis==4.32.5
    python tests/conformance/run.py --server target/debug/mantik-server --calls 20000 [--database-url postgres://…]

Ends with status 1 when any answer was a failure of the server, or had a status, type, header or body that the
description does not know.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request
import json
import socket

CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]
PASSWORD = "correct horse battery staple"


def main() -> int:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory() as folder:
        storage = ["--data", folder]
        if arguments.database_url:
            storage += ["--database-url", arguments.database_url]
        token = prepare(arguments.server, storage)
        port = free_port()
        command = [arguments.server, "serve", "--port", str(port), *storage]
        with open(pathlib.Path(folder) / "server.log", "wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
            try:
                return conform(f"http://127.0.0.1:{port}", token, arguments)
            finally:
                server.terminate()


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", default="target/debug/mantik-server")
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--database-url")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[], help="the id of an operation; all when none is named")
    return parser.parse_args()


def prepare(server: str, storage: list[str]) -> str:
    """Makes an administrator, and a token of hers that may do what tokens may."""
    add = [server, "user", "add", "ann", "--email", "ann@example.org", "--admin", "--password-stdin", *storage]
    subprocess.run(add, input=PASSWORD, text=True, check=True, capture_output=True)
    scopes = [word for scope in ("read", "write", "mlflow", "runs:submit", "predict") for word in ("--scope", scope)]
    make = [server, "token", "create", "--user", "ann", "--name", "conformance", *scopes, *storage]
    return subprocess.run(make, text=True, check=True, capture_output=True).stdout.strip()


def conform(origin: str, token: str, arguments: argparse.Namespace) -> int:
    description = describe(origin)
    operations = sum(len(item) for item in description["paths"].values())
    examples = max(1, -(-arguments.calls // operations))
    print(f"{operations} operations, about {examples} calls each", flush=True)
    only = [word for name in arguments.only for word in ("--include-operation-id", name)]
    command = [
        "schemathesis", "run", f"{origin}/api/openapi.json",
        "--header", f"Authorization: Bearer {token}",
        "--checks", ",".join(CHECKS),
        "--phases", "fuzzing", "--mode", "all", "--max-examples", str(examples), "--seed", str(arguments.seed),
        # A stream of events never ends; a call would wait for the time limit.
        "--workers", "2", *only, "--exclude-operation-id", "stream_events", "--continue-on-failure", "--no-color", "--warnings", "off",
        "--suppress-health-check", "all", "--request-timeout", "30",
    ]
    command[0] = str(pathlib.Path(sys.executable).with_name("schemathesis"))
    folder = pathlib.Path(__file__).parent
    environment = os.environ | {"SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(folder)}
    return subprocess.run(command, check=False, env=environment).returncode


def describe(origin: str) -> dict:
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(f"{origin}/api/openapi.json", timeout=5) as answer:
                return json.load(answer)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
