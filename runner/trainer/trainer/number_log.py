"""log.jsonl: the course of a training in numbers, one JSON object a line."""

import json
from pathlib import Path
from typing import Any

from trainer.durable import write_json_lines

LOG_FILE = "log.jsonl"
LOSSES = ("loss", "eval_loss")
LOGGED = (*LOSSES, "epoch", "learning_rate", "grad_norm")


class NumberLog:
    """Appends; on going on from a checkpoint, lines of steps behind it are taken back first."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / LOG_FILE

    def rewind(self, step: int) -> None:
        write_json_lines(self._path, [row for row in self.rows() if row["step"] <= step])

    def write(self, step: int, numbers: dict[str, Any]) -> None:
        row = {"step": step, **{name: numbers[name] for name in LOGGED if name in numbers}}
        if any(name in row for name in LOSSES):
            with self._path.open("a", encoding="utf-8") as file:
                file.write(f"{json.dumps(row)}\n")

    def rows(self) -> list[dict[str, Any]]:
        if not self._path.exists():
            return []
        whole = [
            line for line in self._path.read_text(encoding="utf-8").splitlines(True) if line.endswith("\n")
        ]
        return [json.loads(line) for line in whole]
