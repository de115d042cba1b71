"""What a worker of a cluster does: the trainer's own stages, whose ends it tells as numbers and own words."""

import os
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from trainer.__main__ import unforeseen
from trainer.config import Config
from trainer.environment import prepare_environment
from trainer.failures import TrainingFailure
from trainer.launch.search_space import chosen_settings, with_choice

TRIALS = "tuning"

# Their log lines could quote a sample, and a cluster keeps the output of its workers.
_SILENCE = {
    "TRANSFORMERS_VERBOSITY": "error",
    "DATASETS_VERBOSITY": "error",
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
}


def train_and_publish(config: Config) -> dict[str, Any]:
    """The whole program on this worker; returns `hash`, or the `failure` with its `code`."""

    def work() -> dict[str, Any]:
        # Only here, because importing the libraries reads the environment.
        from trainer.events import Events  # noqa: PLC0415
        from trainer.run import run_training  # noqa: PLC0415
        from trainer.stop_signal import StopSignal  # noqa: PLC0415

        return {"hash": run_training(config, Events(StringIO()), StopSignal())}

    return _in_words(config, work)


def try_choice(config: Config, choice: dict[str, Any], name: str) -> dict[str, Any]:
    """Trains with one choice of settings, in a directory that is gone afterwards.

    Returns `validation_loss` and the `settings` chosen, or the `failure` with its `code`.
    """
    own = with_choice(config, choice, config.directory / TRIALS / Path(name).name)

    def work() -> dict[str, Any]:
        from trainer.collect import collect  # noqa: PLC0415
        from trainer.train import train  # noqa: PLC0415

        samples = collect(config)
        if not samples.validation:
            raise TrainingFailure(
                "bad-samples", "No sample of split validation fits: a search compares by them."
            )
        own.directory.mkdir(parents=True, exist_ok=True)
        try:
            loss = train(own, samples).validation_loss
        finally:
            shutil.rmtree(own.directory)
        if loss is None:
            raise TrainingFailure(
                "bad-config", "The training ended before its first validation: lower train.checkpoint_every."
            )
        return {"validation_loss": loss, "settings": chosen_settings(own)}

    return _in_words(config, work)


def _in_words(config: Config, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    prepare_environment(config)
    os.environ |= _SILENCE
    try:
        return work()
    except TrainingFailure as failure:
        return {"failure": str(failure), "code": failure.code}
    except Exception as error:
        failure = unforeseen(error)
        return {"failure": str(failure), "code": failure.code}
