"""SIGTERM asks the trainer to save what it has and go."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from trainer.failures import TrainingStopped


class StopSignal:
    """Raised or not. During training the loop looks at it between steps; elsewhere `check` is enough."""

    def __init__(self) -> None:
        self._is_raised = False

    @property
    def is_raised(self) -> bool:
        return self._is_raised

    def set(self) -> None:
        self._is_raised = True

    def check(self) -> None:
        """Raises TrainingStopped when the signal has arrived."""
        if self._is_raised:
            raise TrainingStopped


@contextmanager
def listening() -> Iterator[StopSignal]:
    """Catches SIGTERM while the block runs. Only the main thread of a process may call it."""
    stop = StopSignal()

    def note(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = signal.signal(signal.SIGTERM, note)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, before)
