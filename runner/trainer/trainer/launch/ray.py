"""`python -m trainer.launch.ray train|tune JOBDIR/config.toml [--trials N]`: the same training on Ray.

The job directory must be the same for every node. Without RAY_ADDRESS a cluster of this machine is started.
"""

import argparse
import math
import os
import sys
from pathlib import Path
from typing import Any, TextIO

import ray
from ray import tune
from ray.train import RunConfig, ScalingConfig
from ray.train.v2.api.data_parallel_trainer import DataParallelTrainer
from ray.tune.search.basic_variant import BasicVariantGenerator

from trainer.config import Config, read_config
from trainer.durable import fresh_directory, write_json
from trainer.events import claim_standard_output
from trainer.failures import EXIT_DONE, TrainingFailure
from trainer.launch.search_space import SEARCH_SPACE, LogUniform, OneOf
from trainer.launch.work import train_and_publish, try_choice

RAY_DIRECTORY = "ray"
TUNING_FILE = "tuning.json"
DEFAULT_TRIALS = 12


def launch_training(config: Config) -> str:
    """Trains and publishes on one worker, with one GPU if the config wants one; returns the adapter's hash.

    Raises TrainingFailure as the trainer itself does.
    """

    def worker(settings: dict[str, Any]) -> dict[str, Any]:
        return train_and_publish(settings["config"])

    # One worker needs no process group: the trainer runs as it would without a cluster, to the same bytes.
    trainer = DataParallelTrainer(
        worker,
        train_loop_config={"config": config},
        scaling_config=ScalingConfig(num_workers=1, use_gpu=_gpus(config) > 0),
        run_config=RunConfig(name="train", storage_path=_fresh_storage(config)),
    )
    return _succeeded(trainer.fit().return_value or {})["hash"]


def search_settings(config: Config, trials: int) -> list[dict[str, Any]]:
    """Trains `trials` times with settings drawn from SEARCH_SPACE by the config's seed; best trial first.

    Each has its `settings` and `validation_loss`. They are written to tuning.json in the job directory too.
    Raises TrainingFailure if no trial came to a validation loss.
    """

    def trial(choice: dict[str, Any]) -> dict[str, Any]:
        result = try_choice(config, choice, tune.get_context().get_trial_id())
        return {"validation_loss": math.inf, **result}

    resources = {"gpu": 1} if _gpus(config) else {"cpu": max(1, config.model.threads)}
    tuner = tune.Tuner(
        tune.with_resources(trial, resources),
        param_space={name: _domain(values) for name, values in SEARCH_SPACE.items()},
        tune_config=tune.TuneConfig(
            metric="validation_loss",
            mode="min",
            num_samples=trials,
            search_alg=BasicVariantGenerator(random_state=config.train.seed),
        ),
        run_config=tune.RunConfig(name="tune", storage_path=_fresh_storage(config), verbose=0),
    )
    ended = [result.metrics or {} for result in tuner.fit()]
    finished = [metrics for metrics in ended if "settings" in metrics]
    if not finished:
        _succeeded(ended[0])
    finished.sort(key=lambda metrics: metrics["validation_loss"])
    found = [{name: metrics[name] for name in ("validation_loss", "settings")} for metrics in finished]
    write_json(config.directory / TUNING_FILE, found)
    return found


def _fresh_storage(config: Config) -> str:
    """Ray's own records; the trainer's checkpoints lie elsewhere, and Ray would go on with a failed run's."""
    return str(fresh_directory(config.directory / RAY_DIRECTORY))


def _gpus(config: Config) -> int:
    count = int(ray.cluster_resources().get("GPU", 0))
    if config.model.device == "cuda" and count == 0:
        raise TrainingFailure("bad-config", "model.device is cuda, but no node of the cluster has a GPU.")
    return 0 if config.model.device == "cpu" else count


def _domain(values: OneOf | LogUniform) -> Any:
    if isinstance(values, OneOf):
        return tune.choice(list(values.values))
    return tune.loguniform(values.least, values.most)


def _succeeded(metrics: dict[str, Any]) -> dict[str, Any]:
    if "failure" in metrics:
        raise TrainingFailure(metrics["code"], *metrics["failure"].splitlines())
    if not metrics:
        raise TrainingFailure("internal", "The worker ended without a word: its node's log may say why.")
    return metrics


def _start_ray() -> None:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    ray.init(include_dashboard=False, log_to_driver=False)


def _toml(settings: dict[str, dict[str, float]]) -> str:
    lines = [
        line
        for section, values in settings.items()
        for line in (f"[{section}]", *(f"{name} = {value}" for name, value in values.items()))
    ]
    return "\n".join(lines)


def main(arguments: list[str], out: TextIO) -> int:
    """Runs one command, writes its result to `out` and returns the exit code of trainer.failures."""
    parser = argparse.ArgumentParser(prog="python -m trainer.launch.ray")
    parser.add_argument("command", choices=("train", "tune"))
    parser.add_argument("config", type=Path)
    parser.add_argument("--trials", type=int, default=DEFAULT_TRIALS)
    asked = parser.parse_args(arguments)
    try:
        config = read_config(asked.config)
        _start_ray()
        if asked.command == "train":
            print(launch_training(config), file=out)
        else:
            print(_toml(search_settings(config, max(1, asked.trials))[0]["settings"]), file=out)
        out.flush()
        return EXIT_DONE
    except TrainingFailure as failure:
        print(failure, file=sys.stderr)
        return failure.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], claim_standard_output()))
