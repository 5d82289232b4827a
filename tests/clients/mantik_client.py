"""The published `mantik` client 0.5.11 against the server: a line for each call that it makes, and for each check.

Run it with a Python that has `mantik_requirements.txt`: python tests/clients/mantik_client.py
It starts the server that MANTIK_SERVER names (target/debug/mantik-server when it names none), and ends with status 1
when anything fails, or when one of the client's calls was not made.
"""

import datetime
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import traceback

from mantik_project import MLPROJECT, TRAIN, GitServer
from recorder import Recorder
from server import PASSWORD, Server

BIN = pathlib.Path(sys.executable).parent
CALLS = pathlib.Path(__file__).with_name("mantik_calls.txt")


class Suite:
    """A project, a home folder for the client, and what was found wrong."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.failures: list[str] = []
        self.git = GitServer(folder)
        self.server = Server("--local-executor", "--allow-egress", self.git.place)
        self.recorder = Recorder(self.server.port)
        self.user = self.server.ask("GET", "/api/session")["user"]["userId"]
        self.project = self.make("/api/projects", "projectId", {"name": "Wine"})
        self.experiment = self.make(
            f"{self.path}/experiments", "experimentRepositoryId", {"name": "Solvers"}
        )
        code = {"codeRepositoryName": "Wine models", "uri": self.git.add("code", {"wine/MLproject": MLPROJECT, "wine/train.py": TRAIN})}
        self.code = self.make(f"{self.path}/code", "codeRepositoryId", code)
        data = {"dataRepositoryName": "Wine", "uri": self.git.add("data", {"wine.csv": "a,b\n1,2\n"})}
        self.data = self.make(f"{self.path}/data", "dataRepositoryId", data)
        self.connection = self.connect()
        # The environment of a person who has configured the client; nothing of ours leaks in.
        self.environment = {
            "HOME": str(folder / "home"),
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "MANTIK_API_URL": f"{self.recorder.origin}/api",
            "MANTIK_USERNAME": "ann",
            "MANTIK_PASSWORD": PASSWORD,
            "MLFLOW_TRACKING_URI": f"{self.recorder.origin}/tracking",
            "MANTIK_PROJECT_ID": self.project,
            "MANTIK_EXPERIMENT_REPOSITORY_ID": self.experiment,
            "MANTIK_CODE_REPOSITORY_ID": self.code,
            "GIT_PYTHON_REFRESH": "quiet",
        }
        (folder / "home").mkdir()

    @property
    def path(self) -> str:
        return f"/api/projects/{self.project}"

    @property
    def tokens(self) -> pathlib.Path:
        return self.folder / "home/.mantik/tokens.json"

    def make(self, path: str, key: str, body: dict) -> str:
        return self.server.ask("POST", path, body)[key]

    def connect(self) -> str:
        """A connection; only a signed-in person may make one."""
        pair = self.server.ask("POST", "/api/mantik/tokens/create", {"username": "ann", "password": PASSWORD})
        body = {"connectionName": "Cluster", "connectionProvider": "GitLab", "authMethod": "TOKEN", "token": "glpat-secret"}
        path = f"/api/users/{self.user}/settings/connections"
        return self.server.ask("POST", path, body, token=pair["AccessToken"])["connectionId"]

    def mantik(self, *words: str) -> str:
        return self.run([str(BIN / "mantik"), *words])

    def script(self, text: str, **environment: str) -> str:
        return self.run([sys.executable, "-c", text], **environment)

    def run(self, command: list[str], **environment: str) -> str:
        done = subprocess.run(
            command, env=self.environment | environment, cwd=self.folder, capture_output=True, text=True, timeout=300
        )
        if done.returncode != 0:
            raise AssertionError(f"status {done.returncode}\n{done.stdout}\n{done.stderr[-4000:]}")
        return done.stdout

    def check(self, step) -> None:
        name = step.__name__.replace("_", " ")
        print(f"{name}", flush=True)
        try:
            step(self)
            print(f"  ok: {name}", flush=True)
        except Exception:  # noqa: BLE001 - whatever it is, the other steps are still worth a try
            self.failures.append(name)
            print(f"  FAILED: {name}\n{traceback.format_exc()}", flush=True)

    def stop(self) -> None:
        self.recorder.stop()
        self.git.stop()
        self.server.stop()


def init_creates_tokens(suite: Suite) -> None:
    printed = suite.mantik("init")
    token = json.loads(suite.tokens.read_text())["access_token"]
    assert f"export MLFLOW_TRACKING_TOKEN={token}" in printed, printed


def init_refreshes_an_old_token(suite: Suite) -> None:
    before = expire(suite)
    time.sleep(1.1)  # tokens that are made within one second are alike
    suite.mantik("init", "--no-export")
    after = json.loads(suite.tokens.read_text())
    assert after["access_token"] != before["access_token"]
    assert after["refresh_token"] == before["refresh_token"]


def init_starts_anew_when_the_refresh_token_is_refused(suite: Suite) -> None:
    before = expire(suite, refresh_token="not-a-token")
    suite.mantik("init")
    after = json.loads(suite.tokens.read_text())
    assert after["refresh_token"] != before["refresh_token"]


def expire(suite: Suite, **changes: str) -> dict:
    tokens = json.loads(suite.tokens.read_text()) | changes
    past = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=1)
    suite.tokens.write_text(json.dumps(tokens | {"expires_at": past.isoformat()}))
    return tokens


def runs_local_trains_and_keeps_books(suite: Suite) -> None:
    token = json.loads(suite.tokens.read_text())["access_token"]
    words = ["runs", "local", "wine/MLproject", "--name", "local", "--branch", "main", "-P", "alpha=0.5"]
    suite.run([str(BIN / "mantik"), *words], MLFLOW_TRACKING_TOKEN=token)
    run = only_run(suite, "local")
    assert run["status"] == "FINISHED", run
    data = suite.server.ask("GET", f"{suite.path}/runs/{run['runId']}/data")
    assert {"key": "solver", "value": "saga"} in data["parameters"], data
    assert any(metric["key"] == "accuracy" and metric["value"] == 0.75 for metric in data["metrics"]), data
    suite.run_id = run["runId"]


def only_run(suite: Suite, name: str) -> dict:
    runs = suite.server.ask("GET", f"{suite.path}/runs?pagelength=200")["runs"]
    found = [run for run in runs if run["name"].startswith(name)]
    assert len(found) == 1, runs
    return found[0]


NOTEBOOK = """
import mantik
import mantik.runs.notebook as notebook
import mantik.utils.mantik_api.run as api
mantik.init_tracking()
import os, mlflow
run = mantik.start_run(run_name="notebook")
mantik.log_param("alpha", 0.5)
mantik.log_metric("loss", 0.125)
mantik.log_text("as text", "notes/one.txt")
source = api.NoteBookSource(location="wine.ipynb", version="1" * 40, provider=api.ProviderType.JUPYTER)
api.update_notebook_source(project_id=notebook.project_id_ctx.get(), run_id=notebook.run_id_ctx.get(),
    token=os.environ["MLFLOW_TRACKING_TOKEN"], notebook_source=source)
mantik.end_run("FINISHED")
"""


def a_notebook_keeps_books(suite: Suite) -> None:
    token = json.loads(suite.tokens.read_text())["access_token"]
    suite.script(NOTEBOOK, MLFLOW_TRACKING_TOKEN=token)
    run = suite.server.ask("GET", f"{suite.path}/runs/{only_run(suite, 'notebook')['runId']}")
    assert run["status"] == "FINISHED", run
    assert run["notebookSource"]["location"] == "wine.ipynb", run
    assert run["infrastructure"]["cpuCores"] >= 1, run
    suite.notebook_run = run["runId"]


def init_in_a_job_describes_its_machine(suite: Suite) -> None:
    token = json.loads(suite.tokens.read_text())["access_token"]
    suite.script("import mantik; mantik.init()", MLFLOW_RUN_ID=suite.run_id.replace("-", ""), MLFLOW_TRACKING_TOKEN=token)
    run = suite.server.ask("GET", f"{suite.path}/runs/{suite.run_id}")
    assert run["infrastructure"]["hostname"], run


def artifacts_are_downloaded(suite: Suite) -> None:
    target = suite.folder / "artifacts"
    target.mkdir()
    suite.mantik("runs", "download-artifacts", "--run-id", suite.notebook_run, "--target-dir", str(target))
    assert (target / "notes/one.txt").read_text() == "as text"
    suite.mantik("runs", "download-artifacts", "--run-id", suite.notebook_run, "--target-dir", str(target), "--no-unzip")
    assert (target / f"{suite.notebook_run}.zip").read_bytes()[:2] == b"PK"


def runs_submit_is_accepted_and_stored(suite: Suite) -> None:
    config = suite.folder / "backend.yaml"
    config.write_text("UnicoreApiUrl: https://hpc.example.org/rest/core\nEnvironment:\n  Python: /venv\nResources:\n  Queue: devel\n  Nodes: 1\n")
    words = ["--name", "submitted", "--branch", "main", "--backend-config", str(config), "-P", "alpha=0.5"]
    words += ["--data-repository-id", suite.data, "--connection-id", suite.connection, "--compute-budget-account", "hai"]
    printed = suite.mantik("runs", "submit", "wine/MLproject", *words)
    assert "runId" in printed, printed
    run = only_run(suite, "submitted")
    assert run["status"] in ("SCHEDULED", "QUEUED"), run
    assert run["backendConfig"]["Resources"]["Queue"] == "devel", run
    assert run["dataRepository"]["dataRepositoryId"] == suite.data, run


def runs_submit_has_the_server_execute_a_run(suite: Suite) -> None:
    config = suite.folder / "local.json"
    config.write_text(json.dumps({"Local": {"Runtime": "5m"}}))
    words = ["--name", "executed", "--branch", "main", "--backend-config", str(config), "-P", "name=Ann"]
    suite.mantik("runs", "submit", "wine/MLproject", "--entry-point", "greet", "--connection-id", suite.connection, *words)
    deadline = time.monotonic() + 60
    while (run := only_run(suite, "executed"))["job"]["state"] != "ended":
        assert time.monotonic() < deadline, run
        time.sleep(0.2)
    assert run["status"] == "FINISHED", run
    log = suite.server.ask("GET", f"{suite.path}/runs/{run['runId']}/logs")
    assert log.endswith(f"\nhello Ann of {run['mlflowRunId']}\n"), log


def data_is_read_and_downloaded(suite: Suite) -> None:
    library = (
        "import os, mantik.authentication.auth as auth, mantik.utils.mantik_api.data_repository as data\n"
        "print(len(data.get_all(project_id=os.environ['MANTIK_PROJECT_ID'], token=auth.get_valid_access_token())))"
    )
    assert suite.script(library).strip() == "1"
    target = suite.folder / "checkout"
    suite.mantik("data", "download", "--data-repository-id", suite.data, "--target-dir", str(target), "--branch", "main")
    assert (target / "wine.csv").read_text() == "a,b\n1,2\n"


def a_connection_gives_its_secret_to_its_owner(suite: Suite) -> None:
    library = (
        "import uuid, mantik.authentication.auth as auth, mantik.authentication.tokens as tokens\n"
        "import mantik.utils.mantik_api.connection as api\n"
        "token = auth.get_valid_access_token()\n"
        f"found = api.get(user_id=uuid.UUID(tokens.get_user_id_from_token(token)), connection_id=uuid.UUID('{suite.connection}'), token=token)\n"
        "print(found.token, found.connection_provider)"
    )
    assert suite.script(library).strip() == "glpat-secret GitLab"


def models_are_added_listed_changed_and_deleted(suite: Suite) -> None:
    suite.mantik("models", "add", "--name", "from run", "--run-id", suite.run_id, "--mlflow-parameters", '{"alpha": 0.5}')
    suite.mantik("models", "add", "--name", "elsewhere", "--uri", "s3://wine/model", "--location", "S3")
    models = suite.server.ask("GET", f"{suite.path}/models/trained")["models"]
    ids = {model["name"]: model["modelId"] for model in models}
    listed = suite.mantik("models", "list")
    assert all(name in listed for name in ids), listed
    assert "s3://wine/model" in suite.mantik("models", "get-one", "--model-id", ids["elsewhere"])
    words = ["--name", "moved", "--uri", "s3://wine/moved", "--location", "S3"]
    suite.mantik("models", "update", "--model-id", ids["elsewhere"], *words)
    moved = suite.server.ask("GET", f"{suite.path}/models/trained/{ids['elsewhere']}")
    assert (moved["name"], moved["uri"]) == ("moved", "s3://wine/moved"), moved
    suite.mantik("models", "delete", "--model-id", ids["elsewhere"])
    left = suite.server.ask("GET", f"{suite.path}/models/trained")["models"]
    assert [model["name"] for model in left] == ["from run"], left
    suite.model = ids["from run"]


def an_image_is_asked_for_and_downloaded(suite: Suite) -> None:
    suite.mantik("models", "build", "--model-id", suite.model)
    assert "PENDING" in suite.mantik("models", "build-status", "--model-id", suite.model)
    image = gzip.compress(b"an image as docker saves it")
    suite.server.ask("PUT", f"{suite.path}/models/trained/{suite.model}/docker", image, "application/gzip")
    assert "SUCCESSFUL" in suite.mantik("models", "build-status", "--model-id", suite.model)
    suite.mantik("models", "download", "--model-id", suite.model, "--target-dir", str(suite.folder))
    assert (suite.folder / "from-run.tar.gz").read_bytes() == image


def each_call_of_the_client_was_made(suite: Suite) -> None:
    made = {call for call, status in suite.recorder.calls if status < 300}
    wanted = [line for line in CALLS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    missing = [call for call in wanted if call not in made]
    print(f"    {len(wanted) - len(missing)} of {len(wanted)} kinds of calls were made and answered")
    assert not missing, missing


STEPS = [
    init_creates_tokens,
    init_refreshes_an_old_token,
    init_starts_anew_when_the_refresh_token_is_refused,
    runs_local_trains_and_keeps_books,
    a_notebook_keeps_books,
    init_in_a_job_describes_its_machine,
    artifacts_are_downloaded,
    runs_submit_is_accepted_and_stored,
    runs_submit_has_the_server_execute_a_run,
    data_is_read_and_downloaded,
    a_connection_gives_its_secret_to_its_owner,
    models_are_added_listed_changed_and_deleted,
    an_image_is_asked_for_and_downloaded,
    each_call_of_the_client_was_made,
]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        suite = Suite(pathlib.Path(folder))
        try:
            for step in STEPS:
                suite.check(step)
        finally:
            suite.stop()
    print(f"{len(STEPS) - len(suite.failures)} passed, {len(suite.failures)} failed")
    return 1 if suite.failures else 0


if __name__ == "__main__":
    sys.exit(main())
