"""The whole program as one line of work: collect, train, evaluate, publish."""

import logging
from importlib.util import find_spec

import datasets
import transformers

from trainer.base_model import choose_device
from trainer.collect import collect
from trainer.config import Config
from trainer.evaluate import evaluate
from trainer.events import Events
from trainer.failures import TrainingFailure
from trainer.inputs import forget_other_inputs
from trainer.only_one import alone_in
from trainer.publish import publish, published_hash
from trainer.stop_signal import StopSignal
from trainer.train import train


def run_training(config: Config, events: Events, stop: StopSignal) -> str:
    """Trains what the config's directory holds and returns the adapter's hash.

    Started again after an end of any kind, it goes on where it was; a published adapter is only named again.
    With other settings or samples it starts from nothing.
    Raises TrainingFailure and TrainingStopped.
    """
    _quieten_libraries()
    choose_device(config.model)
    _check_mlflow(config)
    with alone_in(config.directory):
        return _run(config, events, stop)


def _run(config: Config, events: Events, stop: StopSignal) -> str:
    forget_other_inputs(config)
    published = published_hash(config)
    if published is not None:
        return published
    samples = collect(config, lambda step, steps: events.progress("collect", step, steps))
    stop.check()
    result = train(config, samples, progress=events.progress, stop=stop)
    stop.check()
    likelihoods = evaluate(
        config, samples, result, lambda step, steps: events.progress("evaluate", step, steps), stop
    )
    events.progress("publish", 0, 1)
    digest = publish(config, samples, result, likelihoods)
    events.progress("publish", 1, 1)
    return digest


def _check_mlflow(config: Config) -> None:
    if config.mlflow.tracking_uri and find_spec("mlflow") is None:
        raise TrainingFailure(
            "bad-config",
            "mlflow.tracking_uri is set, but MLflow is not installed: "
            "pip install -r requirements-mlflow.txt, or remove the setting.",
        )


def _quieten_libraries() -> None:
    """Their log lines could quote a sample."""
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    datasets.utils.logging.set_verbosity_error()
    datasets.disable_progress_bars()
    for name in ("trl", "peft", "accelerate"):
        logging.getLogger(name).setLevel(logging.ERROR)
