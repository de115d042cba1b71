"""The ways a training may end badly. A message never holds text of a sample: it is shown and logged."""

from typing import Literal

FailureCode = Literal["bad-config", "bad-samples", "no-base-model", "out-of-memory", "internal"]

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_BAD_INPUT = 2
EXIT_STOPPED = 143
"""128 + SIGTERM, as a shell reports it: stopped on request, to be resumed."""

BAD_INPUT: frozenset[FailureCode] = frozenset({"bad-config", "bad-samples", "no-base-model"})


class TrainingFailure(Exception):
    """An end that was foreseen, in words for the person who runs the trainer.

    `problems` has one line each; there is at least one.
    """

    def __init__(self, code: FailureCode, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.code: FailureCode = code
        self.problems = problems

    @property
    def exit_code(self) -> int:
        return EXIT_BAD_INPUT if self.code in BAD_INPUT else EXIT_FAILED


class TrainingStopped(Exception):
    """SIGTERM arrived; everything needed to go on later is on disk."""
