"""What the trainer tells the program that started it: JSON lines of numbers and own words."""

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any, Literal, TextIO

from trainer.failures import TrainingFailure

Stage = Literal["collect", "train", "evaluate", "publish"]
Progress = Callable[[Stage, int, int, float | None], None]
"""Called with the stage, the steps done, all steps, and the seconds left (None while unknown)."""

SECONDS_BETWEEN_LINES = 1.0


class Events:
    """Writes the lines; progress of one stage at most once a second, but always its first and last step."""

    def __init__(self, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._clock = clock
        self._last: tuple[Stage | None, float] = (None, 0.0)

    def progress(self, stage: Stage, step: int, steps: int, seconds_left: float | None = None) -> None:
        now = self._clock()
        is_due = stage != self._last[0] or step >= steps or now - self._last[1] >= SECONDS_BETWEEN_LINES
        if not is_due:
            return
        self._last = (stage, now)
        left = None if seconds_left is None else round(max(0.0, seconds_left), 1)
        self._write({"event": "progress", "stage": stage, "step": step, "steps": steps, "seconds_left": left})

    def done(self, digest: str) -> None:
        self._write({"event": "done", "hash": digest})

    def failed(self, failure: TrainingFailure) -> None:
        self._write({"event": "failed", "code": failure.code, "message": "\n".join(failure.problems)})

    def _write(self, event: dict[str, Any]) -> None:
        self._out.write(f"{json.dumps(event)}\n")
        self._out.flush()


def claim_standard_output() -> TextIO:
    """Takes standard output for the events alone: whatever a library prints from here on goes to stderr."""
    sys.stdout.flush()
    own = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return own
