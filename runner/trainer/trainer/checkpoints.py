"""Which checkpoints are whole: a process can be killed while it writes one, so each is marked at its end."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from trainer.durable import flush, write_json

CHECKPOINTS = "checkpoints"
MARK = "complete.json"


@dataclass(frozen=True)
class Checkpoint:
    """`device_batch` is what fitted into memory then; `is_last` tells that the training ended with it."""

    path: Path
    step: int
    device_batch: int
    is_last: bool


def mark_complete(path: Path, *, device_batch: int, is_last: bool) -> None:
    """Records the sizes of all files, once they are on the disk."""
    files = sorted(file for file in path.iterdir() if file.is_file() and file.name != MARK)
    for file in files:
        flush(file)
    write_json(
        path / MARK,
        {
            "device_batch": device_batch,
            "is_last": is_last,
            "sizes": {file.name: file.stat().st_size for file in files},
        },
    )


def latest_checkpoint(directory: Path) -> Checkpoint | None:
    """The newest whole checkpoint under `directory`; those that are not whole are deleted."""
    whole: list[Checkpoint] = []
    for path in directory.glob("checkpoint-*"):
        checkpoint = _read(path)
        if checkpoint is None:
            shutil.rmtree(path)
        else:
            whole.append(checkpoint)
    return max(whole, key=lambda checkpoint: checkpoint.step, default=None)


def _read(path: Path) -> Checkpoint | None:
    try:
        mark = json.loads((path / MARK).read_text(encoding="utf-8"))
        is_whole = all((path / name).stat().st_size == size for name, size in mark["sizes"].items())
        step = int(path.name.removeprefix("checkpoint-"))
        return Checkpoint(path, step, int(mark["device_batch"]), bool(mark["is_last"])) if is_whole else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
