"""When the device runs out of memory: half as many samples at once, twice as many rounds, the same result."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import torch
from accelerate.utils.memory import should_reduce_batch_size

from trainer.failures import TrainingFailure

T = TypeVar("T")


@dataclass(frozen=True)
class DeviceBatch:
    """How one optimizer step over `batch` samples is divided: `size` at a time, `rounds` times."""

    batch: int
    size: int

    @property
    def rounds(self) -> int:
        return self.batch // self.size

    def halved(self) -> "DeviceBatch | None":
        """At most half the size, still dividing the batch; None when a single sample is already too much."""
        if self.size == 1:
            return None
        size = next(size for size in range(self.size // 2, 0, -1) if self.batch % size == 0)
        return DeviceBatch(self.batch, size)


def with_fitting_batch(attempt: Callable[[DeviceBatch], T], first: DeviceBatch) -> T:
    """Calls `attempt` with smaller and smaller device batches until one fits into memory.

    Raises TrainingFailure `out-of-memory` when a single sample does not fit.
    """
    current: DeviceBatch | None = first
    while current is not None:
        try:
            return attempt(current)
        except RuntimeError as error:
            # PyTorch's class for CUDA, and the texts by which its CPU allocator and cuDNN say the same.
            if not isinstance(error, torch.OutOfMemoryError) and not should_reduce_batch_size(error):
                raise
            current = current.halved()
        # Outside of the handler: there, the traceback would keep the failed attempt's tensors alive.
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
    raise TrainingFailure(
        "out-of-memory",
        "One sample alone does not fit into the device's memory: lower train.max_length, set "
        'model.quantize = "nf4", keep train.gradient_checkpointing on, or take a smaller base model.',
    )
