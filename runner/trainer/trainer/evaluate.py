"""The third stage: how likely the lead's later comments are, with the adapter and without."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from peft import PeftModel

from trainer.base_model import DTYPES, load_base
from trainer.collect import TrainingSamples
from trainer.config import Config
from trainer.device_batch import DeviceBatch, with_fitting_batch
from trainer.durable import write_json_lines
from trainer.encode import EncodedSample
from trainer.stop_signal import StopSignal
from trainer.train import Result
from trainer.weighted_trainer import LeftPaddingCollator, answer_losses, as_row

EVALUATION_FILE = "evaluation.jsonl"


@dataclass(frozen=True)
class Likelihood:
    """Sums of natural logarithms of probability over the `tokens` of one answer."""

    id: str
    pull_request: int
    tokens: int
    base: float
    adapter: float


def evaluate(
    config: Config,
    samples: TrainingSamples,
    result: Result,
    report: Callable[[int, int], None] = lambda _step, _steps: None,
    stop: StopSignal | None = None,
) -> tuple[Likelihood, ...]:
    """Measures every sample of split test into evaluation.jsonl; `report` gets samples done and all."""
    stop = stop or StopSignal()
    model = _load_published_form(config, samples.base, result.adapter) if samples.test else None
    collator = LeftPaddingCollator(samples.pad_token_id)

    def measure(division: DeviceBatch) -> list[Likelihood]:
        measured: list[Likelihood] = []
        for start in range(0, len(samples.test), division.size):
            stop.check()
            report(start, len(samples.test))
            measured += _measure_batch(config, model, collator, samples.test[start : start + division.size])
        return measured

    measured = with_fitting_batch(measure, DeviceBatch(result.device_batch, result.device_batch))
    report(len(samples.test), len(samples.test))
    write_json_lines(config.directory / EVALUATION_FILE, [vars(row) for row in measured])
    return tuple(measured)


def _load_published_form(config: Config, base: Path, adapter: Path) -> PeftModel:
    """The adapter as an engine will have it: rounded to the number format that is published."""
    model = PeftModel.from_pretrained(load_base(config, base), adapter, local_files_only=True)
    for name, parameter in model.named_parameters():
        if "lora_" in name:
            parameter.data = parameter.data.to(DTYPES[config.publish.dtype]).to(parameter.dtype)
    return model.eval()


def _measure_batch(
    config: Config, model: Any, collator: LeftPaddingCollator, rows: Sequence[EncodedSample]
) -> list[Likelihood]:
    device = model.device
    batch = {name: tensor.to(device) for name, tensor in collator([as_row(row, 1.0) for row in rows]).items()}
    mixed = config.model.precision != "fp32"
    with torch.inference_mode(), torch.autocast(device.type, DTYPES[config.model.precision], enabled=mixed):
        adapted, _ = answer_losses(model, batch)
        with model.disable_adapter():
            plain, _ = answer_losses(model, batch)
    sums = zip(rows, plain.sum(dim=1).tolist(), adapted.sum(dim=1).tolist(), strict=True)
    return [
        Likelihood(row.sample.id, row.sample.pull_request, len(row.completion), -base, -adapter)
        for row, base, adapter in sums
    ]
