"""Keeps what an earlier run left behind from being taken for the result of other settings or samples."""

import hashlib
import shutil
from dataclasses import astuple

from trainer.adapter_hash import file_hash
from trainer.checkpoints import CHECKPOINTS
from trainer.config import Config
from trainer.durable import write_text
from trainer.evaluate import EVALUATION_FILE
from trainer.failures import TrainingFailure
from trainer.number_log import LOG_FILE
from trainer.publish import ADAPTER
from trainer.samples import SAMPLES_FILE

INPUTS_FILE = "inputs.sha256"


def forget_other_inputs(config: Config) -> None:
    """Removes checkpoints, log and results of other settings or samples than those that lie there now."""
    mark = config.directory / INPUTS_FILE
    wanted = _inputs_hash(config)
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return
    for name in (ADAPTER, CHECKPOINTS):
        shutil.rmtree(config.directory / name, ignore_errors=True)
    for name in (LOG_FILE, EVALUATION_FILE):
        (config.directory / name).unlink(missing_ok=True)
    write_text(mark, wanted)


def _inputs_hash(config: Config) -> str:
    """The tracking server is left out: it changes nothing of the result."""
    try:
        samples = file_hash(config.directory / SAMPLES_FILE)
    except OSError as error:
        raise TrainingFailure("bad-samples", f"{SAMPLES_FILE} cannot be read ({error.strerror}).") from None
    settings = [astuple(section) for section in (config.model, config.lora, config.train, config.publish)]
    return hashlib.sha256(f"{settings!r}\n{samples}\n".encode()).hexdigest()
