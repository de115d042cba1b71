"""What happens between the steps of a training: progress, log, marks of checkpoints, the stop signal."""

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments
from transformers.trainer_utils import PREFIX_CHECKPOINT_DIR

from trainer.checkpoints import mark_complete
from trainer.events import Progress
from trainer.failures import TrainingFailure
from trainer.number_log import LOSSES, NumberLog
from trainer.stop_signal import StopSignal


class ReportProgress(TrainerCallback):
    """Tells the step, and the seconds left by the mean pace of this process.

    Its first step is not counted: it waits for kernels and caches, and would make the rest look long.
    """

    def __init__(self, progress: Progress, clock: Callable[[], float] = time.monotonic) -> None:
        self._progress = progress
        self._clock = clock
        self._began: tuple[int, float] | None = None

    def on_train_begin(
        self, _args: TrainingArguments, state: TrainerState, _control: TrainerControl, **_: Any
    ) -> None:
        self._began = None
        self._progress("train", state.global_step, state.max_steps, None)

    def on_step_end(
        self, _args: TrainingArguments, state: TrainerState, _control: TrainerControl, **_: Any
    ) -> None:
        now = self._clock()
        if self._began is None:
            self._began = (state.global_step, now)
        first, since = self._began
        done, remaining = state.global_step - first, state.max_steps - state.global_step
        left = (now - since) / done * remaining if done else None
        self._progress("train", state.global_step, state.max_steps, left)


class KeepLog(TrainerCallback):
    """Writes log.jsonl, and ends a training whose loss is no number any more."""

    def __init__(self, log: NumberLog) -> None:
        self._log = log

    def on_train_begin(
        self, _args: TrainingArguments, state: TrainerState, _control: TrainerControl, **_: Any
    ) -> None:
        self._log.rewind(state.global_step)

    def on_log(
        self,
        _args: TrainingArguments,
        state: TrainerState,
        _control: TrainerControl,
        logs: dict[str, Any],
        **_: Any,
    ) -> None:
        broken = any(not math.isfinite(logs[name]) for name in LOSSES if name in logs)
        if broken:
            raise TrainingFailure(
                "internal",
                f"The loss is no number after step {state.global_step}: lower train.learning_rate, or take "
                "model.precision bf16 or fp32 instead of fp16.",
            )
        self._log.write(state.global_step, logs)


class MarkCheckpoints(TrainerCallback):
    """Marks each checkpoint once everything of it is written, and the one that the training ended with."""

    def __init__(self, device_batch: int, stop: StopSignal) -> None:
        self._device_batch = device_batch
        self._stop = stop

    def on_save(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        path = Path(args.output_dir) / f"{PREFIX_CHECKPOINT_DIR}-{state.global_step}"
        is_last = state.global_step >= state.max_steps or (
            control.should_training_stop and not self._stop.is_raised
        )
        mark_complete(path, device_batch=self._device_batch, is_last=is_last)


class StopBetweenSteps(TrainerCallback):
    """Saves a checkpoint and ends the loop when the stop signal has arrived."""

    def __init__(self, stop: StopSignal) -> None:
        self._stop = stop

    def on_step_end(
        self, _args: TrainingArguments, _state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        if self._stop.is_raised:
            control.should_save = True
            control.should_training_stop = True
