"""The environment that libraries read when they are imported."""

import os
from collections.abc import MutableMapping

from trainer.config import Config

OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE")


def prepare_environment(config: Config, environment: MutableMapping[str, str] = os.environ) -> None:
    """Offline unless the config allows the hub; one GPU; no telemetry. Call it before importing a library."""
    for name in OFFLINE:
        environment[name] = "0" if config.model.hub else "1"
    environment["HF_HUB_DISABLE_TELEMETRY"] = "1"
    environment["DO_NOT_TRACK"] = "1"
    environment["TOKENIZERS_PARALLELISM"] = "false"
    environment.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    # With several GPUs in sight transformers splits each batch over them, which our losses do not expect.
    first = environment.get("CUDA_VISIBLE_DEVICES", "0").split(",")[0]
    environment["CUDA_VISIBLE_DEVICES"] = "" if config.model.device == "cpu" else first
    if config.mlflow.tracking_uri:
        environment["MLFLOW_TRACKING_URI"] = config.mlflow.tracking_uri
        environment["MLFLOW_EXPERIMENT_NAME"] = config.mlflow.experiment
