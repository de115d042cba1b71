"""The second stage: from samples to the weights of an adapter."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from peft import LoraConfig, get_peft_model
from transformers import EarlyStoppingCallback, PrinterCallback, TrainerCallback, set_seed
from trl import SFTConfig

from trainer.base_model import choose_device, load_base
from trainer.callbacks import KeepLog, MarkCheckpoints, ReportProgress, StopBetweenSteps
from trainer.checkpoints import CHECKPOINTS, Checkpoint, latest_checkpoint
from trainer.collect import TrainingSamples
from trainer.config import Config
from trainer.device_batch import DeviceBatch, with_fitting_batch
from trainer.encode import EncodedSample
from trainer.events import Progress
from trainer.failures import TrainingFailure, TrainingStopped
from trainer.number_log import NumberLog
from trainer.stop_signal import StopSignal
from trainer.weighted_trainer import LeftPaddingCollator, WeightedTrainer, as_row

KEPT_CHECKPOINTS = 3
"""The best, the newest, and one before it: the newest may be half-written when the process is killed."""


@dataclass(frozen=True)
class Result:
    """`adapter` is the directory of the best weights, in the form that PEFT writes; losses are per token."""

    adapter: Path
    steps: int
    best_step: int
    epochs: float
    train_loss: float | None
    validation_loss: float | None
    device_batch: int


def train(
    config: Config,
    samples: TrainingSamples,
    *,
    progress: Progress = lambda _stage, _step, _steps, _left: None,
    stop: StopSignal | None = None,
    callbacks: Sequence[TrainerCallback] = (),
) -> Result:
    """Trains, going on from the newest whole checkpoint in the config's directory if there is one.

    The same config, samples, machine and number of threads give the same bytes, interrupted or not.
    `callbacks` are given to transformers' trainer beside our own.
    Raises TrainingStopped after `stop` was set, with a checkpoint saved, and TrainingFailure.
    """
    stop = stop or StopSignal()
    directory = config.directory / CHECKPOINTS
    if config.model.threads:
        torch.set_num_threads(config.model.threads)

    def attempt(division: DeviceBatch) -> None:
        newest = latest_checkpoint(directory)
        stop.check()
        trainer = _make_trainer(config, samples, division, stop)
        for callback in (ReportProgress(progress), *callbacks):
            trainer.add_callback(callback)
        # Loading the base model takes minutes.
        stop.check()
        trainer.train(resume_from_checkpoint=None if newest is None else str(newest.path))

    newest = latest_checkpoint(directory)
    if newest is None or not newest.is_last:
        size = config.train.device_batch if newest is None else newest.device_batch
        with_fitting_batch(attempt, DeviceBatch(config.train.batch, size))
        newest = latest_checkpoint(directory)
    if newest is None or not newest.is_last:
        raise TrainingStopped
    return _read_result(newest)


def _make_trainer(
    config: Config, samples: TrainingSamples, division: DeviceBatch, stop: StopSignal
) -> WeightedTrainer:
    # The adapter's first weights are drawn before transformers' trainer would set the seed.
    set_seed(config.train.seed)
    validates = bool(samples.validation)
    mean_weight = sum(row.sample.weight for row in samples.train) / len(samples.train)
    trainer = WeightedTrainer(
        model=get_peft_model(load_base(config, samples.base), _lora_settings(config)),
        args=_arguments(config, division, validates=validates),
        train_dataset=_rows(samples.train, mean_weight),
        eval_dataset=_rows(samples.validation, 1.0) if validates else None,
        data_collator=LeftPaddingCollator(samples.pad_token_id),
        processing_class=samples.tokenizer,
        callbacks=[
            KeepLog(NumberLog(config.directory)),
            MarkCheckpoints(division.size, stop),
            StopBetweenSteps(stop),
        ],
    )
    # log.jsonl is the log.
    trainer.remove_callback(PrinterCallback)
    if validates and config.train.patience:
        trainer.add_callback(EarlyStoppingCallback(config.train.patience))
    return trainer


def _rows(samples: Sequence[EncodedSample], mean_weight: float) -> Dataset:
    """Weights are divided by their mean, so that the learning rate means the same whatever they are."""
    return Dataset.from_list([as_row(row, row.sample.weight / mean_weight) for row in samples])


def _lora_settings(config: Config) -> LoraConfig:
    return LoraConfig(
        r=config.lora.r,
        lora_alpha=config.lora.alpha,
        lora_dropout=config.lora.dropout,
        use_rslora=config.lora.rslora,
        target_modules=sorted(config.lora.targets),
        bias="none",
        task_type="CAUSAL_LM",
    )


def _arguments(config: Config, division: DeviceBatch, *, validates: bool) -> SFTConfig:
    settings = config.train
    options: dict[str, Any] = {
        "output_dir": str(config.directory / CHECKPOINTS),
        "seed": settings.seed,
        "data_seed": settings.seed,
        "full_determinism": True,
        "num_train_epochs": settings.epochs,
        "learning_rate": settings.learning_rate,
        "lr_scheduler_type": settings.scheduler,
        "warmup_steps": settings.warmup,
        "weight_decay": settings.weight_decay,
        "max_grad_norm": settings.max_grad_norm,
        "per_device_train_batch_size": division.size,
        "per_device_eval_batch_size": division.size,
        "gradient_accumulation_steps": division.rounds,
        "gradient_checkpointing": settings.gradient_checkpointing,
        "bf16": config.model.precision == "bf16",
        "fp16": config.model.precision == "fp16",
        "use_cpu": choose_device(config.model) == "cpu",
        "save_strategy": "steps",
        "save_steps": settings.checkpoint_every,
        "save_total_limit": KEPT_CHECKPOINTS,
        "eval_strategy": "steps" if validates else "no",
        "eval_steps": settings.checkpoint_every,
        "metric_for_best_model": "eval_loss" if validates else None,
        "greater_is_better": False if validates else None,
        "restore_callback_states_from_checkpoint": True,
    }
    return SFTConfig(
        **options,
        # The samples arrive encoded, fitting, and with labels.
        dataset_kwargs={"skip_prepare_dataset": True},
        max_length=None,
        remove_unused_columns=False,
        loss_type="nll",
        logging_steps=1,
        logging_nan_inf_filter=False,
        disable_tqdm=True,
        report_to=["mlflow"] if config.mlflow.tracking_uri else [],
        dataloader_pin_memory=False,
    )


def _read_result(last: Checkpoint) -> Result:
    state = json.loads((last.path / "trainer_state.json").read_text(encoding="utf-8"))
    best_step = state["best_global_step"] or last.step
    numbers = {
        (row["step"], name): row[name]
        for row in state["log_history"]
        for name in ("loss", "eval_loss")
        if name in row
    }
    adapter = last.path.with_name(f"checkpoint-{best_step}")
    if not adapter.is_dir():
        raise TrainingFailure(
            "internal", f"The checkpoint of step {best_step} is gone: delete {CHECKPOINTS}/ and train again."
        )
    return Result(
        adapter=adapter,
        steps=last.step,
        best_step=best_step,
        epochs=round(state["epoch"], 3),
        train_loss=numbers.get((best_step, "loss")),
        validation_loss=numbers.get((best_step, "eval_loss")),
        device_batch=last.device_batch,
    )
