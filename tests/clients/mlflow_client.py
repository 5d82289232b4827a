"""The MLflow client against the server. Run it with: python -m unittest -v tests/clients/mlflow_client.py

It needs mlflow-skinny 3.17.2, scikit-learn, pandas and numpy, and starts the server that MANTIK_SERVER names
(target/debug/mantik-server when it names none) on a free port with an empty folder of data.
"""

import json
import math
import os
import pathlib
import tempfile
import unittest
import urllib.request

from server import Server


class MlflowClientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        os.environ["MLFLOW_TRACKING_URI"] = f"http://127.0.0.1:{cls.server.port}/tracking"
        os.environ["MLFLOW_TRACKING_TOKEN"] = cls.server.token
        os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] = "0"
        global mlflow, MlflowClient, MlflowException
        import mlflow
        from mlflow import MlflowClient
        from mlflow.exceptions import MlflowException

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def setUp(self):
        self.client = MlflowClient()
        # Each test has an experiment of its own.
        self.experiment = mlflow.set_experiment(self.id().rsplit(".", 1)[1]).experiment_id

    def tearDown(self):
        while mlflow.active_run():
            mlflow.end_run()

    def test_a_run_keeps_what_it_logs(self):
        with mlflow.start_run(run_name="first") as run:
            mlflow.log_param("alpha", 0.1)
            mlflow.log_params({"depth": 3, "solver/name": "lbfgs"})
            mlflow.log_metric("loss", 0.5, step=1)
            mlflow.log_metrics({"loss": 0.25, "val loss": 0.3}, step=2)
            mlflow.set_tag("note", "good")
            mlflow.set_tags({"a": 1, "b": 2})
        read = self.client.get_run(run.info.run_id)
        self.assertEqual(read.info.run_name, "first")
        self.assertEqual(read.info.status, "FINISHED")
        self.assertIsNotNone(read.info.end_time)
        self.assertEqual(read.data.params, {"alpha": "0.1", "depth": "3", "solver/name": "lbfgs"})
        self.assertEqual(read.data.metrics, {"loss": 0.25, "val loss": 0.3})
        self.assertEqual(read.data.tags["note"], "good")
        self.assertEqual(read.data.tags["mlflow.runName"], "first")
        self.assertEqual(read.info.user_id, read.data.tags["mlflow.user"])

    def test_not_a_number_and_the_infinities_come_back(self):
        with mlflow.start_run() as run:
            for step, value in enumerate([float("nan"), float("inf"), float("-inf"), -0.0, 5e-324, 1.7e308]):
                mlflow.log_metric("odd", value, step=step)
        history = self.client.get_metric_history(run.info.run_id, "odd")
        values = [point.value for point in history]
        self.assertTrue(math.isnan(values[0]))
        self.assertEqual(values[1:], [float("inf"), float("-inf"), 0.0, 5e-324, 1.7e308])
        self.assertEqual([point.step for point in history], list(range(6)))

    def test_a_batch_is_logged_at_once(self):
        from mlflow.entities import Metric, Param, RunTag

        run = self.client.create_run(self.experiment)
        metrics = [Metric("loss", 1 / (step + 1), 1000 + step, step) for step in range(1000)]
        self.client.log_batch(run.info.run_id, metrics=metrics)
        parameters = [Param(f"p{n}", str(n)) for n in range(100)]
        tags = [RunTag(f"t{n}", str(n)) for n in range(100)]
        self.client.log_batch(run.info.run_id, params=parameters, tags=tags)
        read = self.client.get_run(run.info.run_id)
        self.assertEqual(read.data.metrics["loss"], 0.001)
        self.assertEqual(len(read.data.params), 100)
        self.assertEqual(len(self.client.get_metric_history(run.info.run_id, "loss")), 1000)

    def test_a_parameter_is_written_once(self):
        run = self.client.create_run(self.experiment)
        self.client.log_param(run.info.run_id, "alpha", 1)
        self.client.log_param(run.info.run_id, "alpha", 1)
        with self.assertRaises(MlflowException) as refused:
            self.client.log_param(run.info.run_id, "alpha", 2)
        self.assertEqual(refused.exception.error_code, "INVALID_PARAMETER_VALUE")

    def test_runs_are_searched_sorted_and_paged(self):
        for n in range(12):
            with mlflow.start_run(run_name=f"run {n}"):
                mlflow.log_param("parity", "even" if n % 2 == 0 else "odd")
                mlflow.log_metric("val loss", n if n != 5 else float("nan"))
        ids = [self.experiment]
        found = self.client.search_runs(ids, "metrics.`val loss` >= 6 and params.parity = 'even'", order_by=["metrics.`val loss` DESC"])
        self.assertEqual([run.info.run_name for run in found], ["run 10", "run 8", "run 6"])
        first = self.client.search_runs(ids, max_results=5, order_by=["attributes.run_name ASC"])
        rest = self.client.search_runs(ids, max_results=20, order_by=["attributes.run_name ASC"], page_token=first.token)
        names = [run.info.run_name for run in [*first, *rest]]
        self.assertEqual(names, sorted(f"run {n}" for n in range(12)))
        self.assertIsNone(rest.token)
        for text, n_found in [
            ("attributes.status = 'FINISHED'", 12),
            ('params.parity = "odd"', 6),
            ("tags.`mlflow.runName` LIKE 'run 1%'", 3),
            ("run_name ILIKE 'RUN 1%'", 3),
            ("metrics.`val loss` < 3", 3),
            (f"run_id IN ('{found[0].info.run_id}', '{found[1].info.run_id}')", 2),
            ("start_time > 0", 12),
        ]:
            self.assertEqual(len(self.client.search_runs(ids, text)), n_found, text)
        table = mlflow.search_runs(filter_string="params.parity = 'odd'")
        self.assertEqual(len(table), 6)
        with self.assertRaises(MlflowException):
            self.client.search_runs(ids, "metrics.loss <")

    def test_artifacts_go_and_come_back(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "sub").mkdir()
            (folder / "a.txt").write_text("one")
            (folder / "sub" / "ü b.bin").write_bytes(bytes(range(256)) * 20_000)
            (folder / "empty").write_bytes(b"")
            with mlflow.start_run() as run:
                mlflow.log_artifacts(str(folder), "all")
                mlflow.log_artifact(str(folder / "a.txt"))
                mlflow.log_dict({"a": [1, 2]}, "config/c.json")
                mlflow.log_text("hello", "hello.txt")
        run_id = run.info.run_id
        root = {file.path: (file.is_dir, file.file_size) for file in self.client.list_artifacts(run_id)}
        self.assertEqual(root, {"a.txt": (False, 3), "hello.txt": (False, 5), "all": (True, None), "config": (True, None)})
        self.assertEqual([file.path for file in self.client.list_artifacts(run_id, "all/sub")], ["all/sub/ü b.bin"])
        with tempfile.TemporaryDirectory() as target:
            path = pathlib.Path(mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path="all", dst_path=target))
            self.assertEqual((path / "sub" / "ü b.bin").read_bytes(), bytes(range(256)) * 20_000)
            self.assertEqual((path / "empty").read_bytes(), b"")
        self.assertEqual(mlflow.artifacts.load_dict(f"{run.info.artifact_uri}/config/c.json"), {"a": [1, 2]})

    def test_inputs_are_kept(self):
        import numpy
        import pandas

        frame = mlflow.data.from_pandas(pandas.DataFrame({"x": [1, 2], "y": [0.5, 1.5]}), name="wine", targets="y")
        array = mlflow.data.from_numpy(numpy.arange(6).reshape(2, 3), name="grid")
        with mlflow.start_run() as run:
            mlflow.log_input(frame, context="training")
            mlflow.log_input(array, context="testing")
        inputs = self.client.get_run(run.info.run_id).inputs.dataset_inputs
        found = {used.dataset.name: used.tags[0].value for used in inputs}
        self.assertEqual(found, {"wine": "training", "grid": "testing"})
        self.assertEqual(inputs[0].dataset.digest, {"wine": frame, "grid": array}[inputs[0].dataset.name].digest)

    def test_a_model_is_logged_and_loaded(self):
        import numpy
        from sklearn.linear_model import LinearRegression

        values = numpy.arange(10).reshape(-1, 1)
        model = LinearRegression().fit(values, 2 * values.ravel())
        with mlflow.start_run() as run:
            info = mlflow.sklearn.log_model(model, name="line", skops_trusted_types=None, serialization_format="cloudpickle")
        loaded = mlflow.sklearn.load_model(info.model_uri)
        self.assertAlmostEqual(loaded.predict([[21]])[0], 42)
        by_run = mlflow.sklearn.load_model(f"runs:/{run.info.run_id}/line")
        self.assertAlmostEqual(by_run.predict([[21]])[0], 42)
        self.assertEqual(self.client.get_logged_model(info.model_id).status.value, "READY")
        outputs = self.client.get_run(run.info.run_id).outputs.model_outputs
        self.assertEqual([output.model_id for output in outputs], [info.model_id])

    def test_runs_lie_in_each_other(self):
        with mlflow.start_run() as parent:
            with mlflow.start_run(nested=True) as child:
                mlflow.log_metric("loss", 1)
        self.assertEqual(self.client.get_run(child.info.run_id).data.tags["mlflow.parentRunId"], parent.info.run_id)
        children = self.client.search_runs([self.experiment], f"tags.mlflow.parentRunId = '{parent.info.run_id}'")
        self.assertEqual([run.info.run_id for run in children], [child.info.run_id])

    def test_what_is_deleted_can_be_restored(self):
        from mlflow.entities import ViewType

        run = self.client.create_run(self.experiment).info.run_id
        self.client.delete_run(run)
        self.assertEqual(len(self.client.search_runs([self.experiment])), 0)
        self.assertEqual(len(self.client.search_runs([self.experiment], run_view_type=ViewType.DELETED_ONLY)), 1)
        with self.assertRaisesRegex(MlflowException, "must be in the 'active' state"):
            self.client.log_metric(run, "loss", 1)
        self.client.restore_run(run)
        self.client.log_metric(run, "loss", 1)
        self.client.delete_experiment(self.experiment)
        with self.assertRaises(MlflowException):
            self.client.create_run(self.experiment)
        self.client.restore_experiment(self.experiment)
        self.assertEqual(self.client.get_run(run).info.lifecycle_stage, "active")

    def test_experiments_are_found_renamed_and_tagged(self):
        self.client.set_experiment_tag(self.experiment, "team", "blue")
        self.client.rename_experiment(self.experiment, "renamed")
        self.assertEqual(self.client.get_experiment_by_name("renamed").tags["team"], "blue")
        found = self.client.search_experiments(filter_string="name LIKE 'renam%' AND tags.team = 'blue'")
        self.assertEqual([experiment.experiment_id for experiment in found], [self.experiment])
        self.client.delete_experiment_tag(self.experiment, "team")
        self.assertNotIn("team", self.client.get_experiment(self.experiment).tags)
        with self.assertRaises(MlflowException) as refused:
            self.client.create_experiment("renamed")
        self.assertEqual(refused.exception.error_code, "RESOURCE_ALREADY_EXISTS")
        self.assertIsNone(self.client.get_experiment_by_name("absent"))

    def test_who_names_no_experiment_uses_experiment_zero(self):
        default = self.client.get_experiment("0")
        self.assertEqual((default.experiment_id, default.name), ("0", "Default"))
        run = self.client.create_run("0")
        self.assertEqual(run.info.experiment_id, "0")
        self.assertEqual(self.client.search_runs(["0"])[0].info.run_id, run.info.run_id)
        mlflow.set_experiment(experiment_id="0")
        with mlflow.start_run() as run:
            mlflow.log_text("hello", "hello.txt")
        self.assertEqual(len(self.client.list_artifacts(run.info.run_id)), 1)
        self.assertEqual(self.client.get_experiment_by_name("Default").experiment_id, "0")

    def test_refusals_are_those_of_mlflow(self):
        for call, code in [
            (lambda: self.client.get_run("0" * 32), "RESOURCE_DOES_NOT_EXIST"),
            (lambda: self.client.get_experiment("999999"), "RESOURCE_DOES_NOT_EXIST"),
            (lambda: self.client.create_run("999999"), "RESOURCE_DOES_NOT_EXIST"),
            (lambda: self.client.create_registered_model("x"), "NOT_IMPLEMENTED"),
        ]:
            with self.assertRaises(MlflowException) as refused:
                call()
            self.assertEqual(refused.exception.error_code, code)

    def test_basic_authentication_takes_the_token_as_password(self):
        token = os.environ.pop("MLFLOW_TRACKING_TOKEN")
        try:
            with self.assertRaises(MlflowException) as refused:
                MlflowClient().get_experiment(self.experiment)
            self.assertEqual(refused.exception.error_code, "UNAUTHENTICATED")
            os.environ.update(MLFLOW_TRACKING_USERNAME="ann", MLFLOW_TRACKING_PASSWORD=token)
            self.assertEqual(MlflowClient().get_experiment(self.experiment).experiment_id, self.experiment)
        finally:
            os.environ["MLFLOW_TRACKING_TOKEN"] = token
            for name in ("MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD"):
                os.environ.pop(name, None)

    def test_the_source_of_a_script_links_its_code(self):
        tags = {
            "mlflow.source.git.commit": "c0ffee",
            "mlflow.source.git.branch": "main",
            "mlflow.source.git.repoURL": "https://github.com/ann/wine.git",
        }
        run = self.client.create_run(self.experiment, tags=tags)
        self.assertEqual(self.client.get_run(run.info.run_id).data.tags["mlflow.source.git.commit"], "c0ffee")
        found = self.client.search_runs([self.experiment], "commit = 'c0ffee' AND code = 'wine'")
        self.assertEqual(len(found), 1)

    def test_the_server_says_which_mlflow_it_speaks(self):
        base = os.environ["MLFLOW_TRACKING_URI"]
        self.assertEqual(urllib.request.urlopen(f"{base}/version").read().decode(), mlflow.__version__)
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{base}/api/2.0/mlflow/nothing")
        self.assertEqual(json.load(refused.exception)["error_code"], "ENDPOINT_NOT_FOUND")


if __name__ == "__main__":
    unittest.main()
