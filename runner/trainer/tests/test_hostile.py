"""Samples and settings written by somebody who wants more than a training."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jobs import CANARY, a_row, settings, some_rows, write_job

from trainer.config import read_config
from trainer.failures import TrainingFailure
from trainer.samples import read_samples


def problems_of(path: Path) -> str:
    with pytest.raises(TrainingFailure) as raised:
        read_samples(path)
    return str(raised.value)


def rows_in(path: Path, *lines: str) -> Path:
    file = path / "samples.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


HOSTILE_ROWS: list[dict[str, Any]] = [
    a_row(0, id="../../etc/passwd"),
    a_row(0, id="c1\n"),
    a_row(0, kind="approval"),
    a_row(0, split="all"),
    a_row(0, pull_request=True),
    a_row(0, weight=float("inf")),
    a_row(0, weight=float("nan")),
    a_row(0, weight=-1),
    a_row(0, prompt=[]),
    a_row(0, prompt=[{"role": "tool", "content": CANARY}]),
    a_row(0, prompt=[{"role": "user", "content": {"image": "file:///etc/passwd"}}]),
    a_row(0, completion=[{"role": "assistant", "content": "a"}, {"role": "user", "content": "b"}]),
    a_row(0, tools=[CANARY]),
]


@pytest.mark.parametrize("row", HOSTILE_ROWS)
def test_a_row_that_wants_more_is_named_by_its_line_alone(tmp_path: Path, row: dict[str, Any]) -> None:
    said = problems_of(rows_in(tmp_path, json.dumps(a_row(2)), json.dumps(row)))
    assert "Line 2" in said
    assert CANARY not in said
    assert "passwd" not in said


@pytest.mark.parametrize(
    "line", ["[" * 100_000, "x" * 5_000_000, '{"id":1' + "0" * 10_000 + "}", "\x00", "\ufeff{}"]
)
def test_a_line_that_is_no_row_stops_nothing_else(tmp_path: Path, line: str) -> None:
    assert "Line 1" in problems_of(rows_in(tmp_path, line))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "samples.jsonl"
    file.write_bytes(b'{"id":"\xff\xfe"}\n')
    assert "Line 1" in problems_of(file)


def test_samples_that_are_a_pipe_keep_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "samples.jsonl")
    assert "cannot be read" in problems_of(tmp_path / "samples.jsonl")


def test_samples_that_lie_elsewhere_are_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text(f"{json.dumps(a_row(0))}\n", encoding="utf-8")
    (tmp_path / "samples.jsonl").symlink_to(tmp_path / "elsewhere")
    assert "cannot be read" in problems_of(tmp_path / "samples.jsonl")


@pytest.mark.parametrize(
    "base",
    [
        'x"\n[train]\nepochs = 99',
        "../../secret",
        "a" * 70_000,
        "https://evil.example/model",
        "x\u202e",
        "x\ny",
    ],
)
def test_a_name_is_a_name_and_sets_nothing_else(tmp_path: Path, base: str) -> None:
    config = write_job(tmp_path, settings(Path("base"), model={"serving_id": base}), some_rows(2, 0, 0))
    try:
        read = read_config(config)
    except TrainingFailure:
        return
    assert read.train.epochs == 6
    assert read.serving_id == base
