"""Reads samples.jsonl. A bad row is named by its line, never by its text."""

import errno
import json
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

from trainer.failures import TrainingFailure

Kind = Literal["comment", "silence"]
Split = Literal["train", "validation", "test"]
Message = dict[Literal["role", "content"], str]

SAMPLES_FILE = "samples.jsonl"
SPLITS: tuple[Split, ...] = ("train", "validation", "test")
KINDS: tuple[Kind, ...] = ("comment", "silence")
ROLES = ("system", "user", "assistant")
KEYS = {"id", "kind", "split", "pull_request", "weight", "prompt", "completion"}
MAX_ROW_BYTES = 4 * 1024 * 1024
MAX_WEIGHT = 100
MAX_PROBLEMS = 20


@dataclass(frozen=True)
class Sample:
    """One past comment, or one silence, rendered as the engine would be asked about it."""

    id: str
    kind: Kind
    split: Split
    pull_request: int
    weight: float
    prompt: tuple[Message, ...]
    completion: tuple[Message, ...]


@dataclass(frozen=True)
class Samples:
    """All rows of one training, in the order of the file."""

    rows: tuple[Sample, ...]

    def of(self, split: Split) -> tuple[Sample, ...]:
        return tuple(row for row in self.rows if row.split == split)


def read_samples(path: Path) -> Samples:
    """Reads rows; raises TrainingFailure `bad-samples` with up to 20 problems, one line each."""
    problems: list[str] = []
    rows: list[Sample] = []
    try:
        with _open_plain(path) as lines:
            # A line without end is read no further than a row may reach.
            for number, line in enumerate(iter(lambda: lines.readline(MAX_ROW_BYTES + 1), b""), start=1):
                row = _read_row(line)
                if isinstance(row, str):
                    problems.append(f"Line {number}: {row}.")
                else:
                    rows.append(row)
                if len(problems) == MAX_PROBLEMS:
                    raise TrainingFailure("bad-samples", *problems)
    except OSError as error:
        raise TrainingFailure("bad-samples", f"{path.name} cannot be read ({error.strerror}).") from None
    problems = problems or list(_order_problems(rows))
    if problems:
        raise TrainingFailure("bad-samples", *problems)
    return Samples(tuple(rows))


def _open_plain(path: Path) -> BinaryIO:
    """The file itself: a link could name any other, and a pipe would be waited for without end."""
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise OSError(errno.EINVAL, "not a plain file")


def _read_row(line: bytes) -> Sample | str:
    """The row, or what is wrong with it."""
    if len(line) > MAX_ROW_BYTES:
        return f"longer than {MAX_ROW_BYTES} bytes"
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return "not JSON"
    if not isinstance(row, dict):
        return "not an object"
    if set(row) != KEYS:
        return f"must have exactly the keys {', '.join(sorted(KEYS))}"
    wrong = next((key for key, is_right in _checks(row).items() if not is_right), None)
    if wrong is not None:
        return f"{wrong} is wrong"
    messages = {part: tuple(_as_told(row[part])) for part in ("prompt", "completion")}
    return Sample(**{**row, **messages, "weight": float(row["weight"])})


def _as_told(messages: list[Message]) -> Iterable[Message]:
    """Half of a surrogate pair, left where a text was cut, is no character: UTF-8 replaces it."""
    for message in messages:
        content = message["content"].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        yield {"role": message["role"], "content": content}


def _checks(row: dict[str, Any]) -> dict[str, bool]:
    identity, weight = row["id"], row["weight"]
    return {
        "id": isinstance(identity, str)
        and 0 < len(identity) <= 100
        and identity.isascii()
        and identity.isalnum(),
        "kind": row["kind"] in KINDS,
        "split": row["split"] in SPLITS,
        "pull_request": _is_number(row["pull_request"], int) and row["pull_request"] > 0,
        "weight": _is_number(weight, int | float) and 0 < weight <= MAX_WEIGHT,
        "prompt": _are_messages(row["prompt"]) and row["prompt"][-1]["role"] != "assistant",
        "completion": _are_messages(row["completion"])
        and len(row["completion"]) == 1
        and row["completion"][0]["role"] == "assistant"
        and row["completion"][0]["content"] != "",
    }


def _is_number(value: Any, kind: Any) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


def _are_messages(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) > 0
        and all(
            isinstance(message, dict)
            and set(message) == {"role", "content"}
            and message["role"] in ROLES
            and isinstance(message["content"], str)
            for message in value
        )
    )


def _order_problems(rows: list[Sample]) -> Iterable[str]:
    """A held-out row tells something only if nothing of its change, and nothing later, was trained on.

    `rows` are all lines of the file.
    """
    if not any(row.split == "train" for row in rows):
        yield "There is no row of split train."
    line_of: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        if line_of.setdefault(row.id, number) != number:
            yield f"Line {number}: the same id as line {line_of[row.id]}."
            break
    split_of: dict[int, Split] = {}
    for row in rows:
        if split_of.setdefault(row.pull_request, row.split) != row.split:
            yield f"Pull request {row.pull_request} stands in two splits."
            break
    places = [SPLITS.index(row.split) for row in rows]
    late = next((at for at in range(1, len(places)) if places[at] < places[at - 1]), None)
    if late is not None:
        yield f"Line {late + 1}: rows must be in the order train, validation, test, each oldest first."
