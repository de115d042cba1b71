"""Files that are there whole or not at all, also after a power cut."""

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def flush(path: Path) -> None:
    """Waits until a file's or a directory's content is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_text(path: Path, text: str) -> None:
    """Replaces a file in one step."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    flush(path.parent)


def write_json(path: Path, value: Any) -> None:
    write_text(path, f"{json.dumps(value, indent=2, sort_keys=True)}\n")


def write_json_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    write_text(path, "".join(f"{json.dumps(row)}\n" for row in rows))


def fresh_directory(path: Path) -> Path:
    """An empty directory, whatever a broken run left at its place; only its owner may read it."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True, mode=0o700)
    return path


def publish_directory(prepared: Path, path: Path) -> None:
    """Moves a finished directory to its place, after everything in it is on the disk."""
    for file in sorted(prepared.rglob("*")):
        flush(file)
    flush(prepared)
    prepared.rename(path)
    flush(path.parent)
