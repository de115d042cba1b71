"""The first stage: samples as token ids, and what is known about them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transformers import PreTrainedTokenizerBase

from trainer.base_model import load_encoder, locate_base
from trainer.config import Config
from trainer.encode import EncodedSample, FittingSamples, encode_fitting
from trainer.failures import TrainingFailure
from trainer.samples import KINDS, SAMPLES_FILE, SPLITS, Samples, read_samples


@dataclass(frozen=True)
class TrainingSamples:
    """Everything a training reads: its samples, encoded for one base model."""

    base: Path
    train: tuple[EncodedSample, ...]
    validation: tuple[EncodedSample, ...]
    test: tuple[EncodedSample, ...]
    tokenizer: PreTrainedTokenizerBase
    counts: dict[str, Any]

    @property
    def pad_token_id(self) -> int:
        return self.tokenizer.pad_token_id or 0


def collect(
    config: Config, report: Callable[[int, int], None] = lambda _step, _steps: None
) -> TrainingSamples:
    """Reads and encodes samples.jsonl; `report` gets the splits done and all splits.

    Raises TrainingFailure `bad-samples`, `no-base-model` or `bad-config`.
    """
    base = locate_base(config.model)
    samples = read_samples(config.directory / SAMPLES_FILE)
    encoder = load_encoder(config, base)
    encoded: dict[str, FittingSamples] = {}
    for step, split in enumerate(SPLITS):
        report(step, len(SPLITS))
        encoded[split] = encode_fitting(encoder, samples.of(split), config.train.max_length)
    report(len(SPLITS), len(SPLITS))
    if not encoded["train"].fitting:
        raise TrainingFailure(
            "bad-samples",
            f"No sample of split train has at most train.max_length = {config.train.max_length} tokens.",
        )
    return TrainingSamples(
        base=base,
        **{split: encoded[split].fitting for split in SPLITS},
        tokenizer=encoder.tokenizer,
        counts=_counts(samples, encoded),
    )


def _counts(samples: Samples, encoded: dict[str, FittingSamples]) -> dict[str, Any]:
    """How many samples of which kind, of how many pull requests, per split."""
    counts: dict[str, Any] = {}
    for split in SPLITS:
        fitting = encoded[split].fitting
        counts[split] = {
            **{kind: sum(row.sample.kind == kind for row in fitting) for kind in KINDS},
            "too_long": encoded[split].too_long,
            "pull_requests": len({row.sample.pull_request for row in fitting}),
            "tokens": sum(len(row) for row in fitting),
            "answer_tokens": sum(len(row.completion) for row in fitting),
        }
    pull_requests = [row.pull_request for row in samples.rows]
    return {**counts, "first_pull_request": min(pull_requests), "last_pull_request": max(pull_requests)}
