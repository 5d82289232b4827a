"""Trains a classifier on scikit-learn's wine data and logs each epoch through MLflow.

Nothing here knows of Mantik: the tracking server is named by MLFLOW_TRACKING_URI and MLFLOW_TRACKING_TOKEN.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

import mlflow
import numpy as np
from sklearn.datasets import load_wine
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import accuracy_score, classification_report, confusion_matrix, f1_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--experiment", default="wine", help="the MLflow experiment to log to")
    parser.add_argument("--name", default="wine-sgd", help="the name of the run")
    parser.add_argument("--epochs", type=int, default=40, help="how often the training data are passed through")
    parser.add_argument("--alpha", type=float, default=0.001, help="the strength of the regularisation")
    parser.add_argument("--seed", type=int, default=7, help="makes the split and the training repeatable")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds to wait after each epoch, to watch it live")
    return parser.parse_args()


def evaluate(model: SGDClassifier, features: np.ndarray, target: np.ndarray) -> dict[str, float]:
    predicted = model.predict(features)
    return {
        "accuracy": accuracy_score(target, predicted),
        "f1_macro": f1_score(target, predicted, average="macro"),
        "log_loss": log_loss(target, model.predict_proba(features), labels=model.classes_),
    }


def log_report(model: SGDClassifier, features: np.ndarray, target: np.ndarray, names: list[str]) -> None:
    predicted = model.predict(features)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.txt"
        report.write_text(classification_report(target, predicted, target_names=names), encoding="utf-8")
        matrix = Path(folder) / "confusion_matrix.json"
        matrix.write_text(json.dumps(confusion_matrix(target, predicted).tolist()), encoding="utf-8")
        mlflow.log_artifacts(folder, artifact_path="evaluation")


def main() -> None:
    options = arguments()
    wine = load_wine()
    split = train_test_split(wine.data, wine.target, test_size=0.3, random_state=options.seed, stratify=wine.target)
    train_features, test_features, train_target, test_target = split
    scaler = StandardScaler().fit(train_features)
    train_features, test_features = scaler.transform(train_features), scaler.transform(test_features)
    model = SGDClassifier(loss="log_loss", alpha=options.alpha, random_state=options.seed)

    mlflow.set_experiment(options.experiment)
    with mlflow.start_run(run_name=options.name) as run:
        mlflow.log_params({"alpha": options.alpha, "epochs": options.epochs, "seed": options.seed, "model": "SGD"})
        mlflow.set_tag("dataset", "sklearn.datasets.load_wine")
        metrics: dict[str, float] = {}
        for epoch in range(options.epochs):
            model.partial_fit(train_features, train_target, classes=np.unique(wine.target))
            train = {f"train/{key}": value for key, value in evaluate(model, train_features, train_target).items()}
            test = {f"test/{key}": value for key, value in evaluate(model, test_features, test_target).items()}
            metrics = train | test
            mlflow.log_metrics(metrics | {"progress": (epoch + 1) / options.epochs}, step=epoch)
            time.sleep(options.pause)
        log_report(model, test_features, test_target, list(wine.target_names))
    print(json.dumps({"run_id": run.info.run_id, "metrics": metrics}))


if __name__ == "__main__":
    main()
