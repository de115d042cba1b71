"""Reading samples.jsonl: order, splits, and messages that never quote a row."""

import json
from pathlib import Path
from typing import Any

import pytest
from jobs import CANARY, a_row, some_rows

from trainer.failures import TrainingFailure
from trainer.samples import Samples, read_samples


def read(directory: Path, rows: list[Any]) -> Samples:
    path = directory / "samples.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read_samples(path)


def problems_of(directory: Path, rows: list[Any]) -> tuple[str, ...]:
    with pytest.raises(TrainingFailure) as caught:
        read(directory, rows)
    assert caught.value.code == "bad-samples"
    assert CANARY not in str(caught.value)
    return caught.value.problems


def test_rows_are_read_by_split_in_the_order_of_the_file(tmp_path: Path) -> None:
    samples = read(tmp_path, some_rows(4, 2, 2))
    assert [row.id for row in samples.of("train")] == ["c0", "s1", "c2", "s3"]
    assert [row.pull_request for row in samples.of("test")] == [4, 4]
    assert samples.rows[0].completion[0]["role"] == "assistant"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"id": "c 1"}, "id is wrong"),
        ({"kind": "praise"}, "kind is wrong"),
        ({"split": "dev"}, "split is wrong"),
        ({"pull_request": 0}, "pull_request is wrong"),
        ({"pull_request": True}, "pull_request is wrong"),
        ({"weight": 0}, "weight is wrong"),
        ({"weight": float("inf")}, "weight is wrong"),
        ({"prompt": []}, "prompt is wrong"),
        ({"prompt": [{"role": "root", "content": CANARY}]}, "prompt is wrong"),
        ({"prompt": [{"role": "assistant", "content": CANARY}]}, "prompt is wrong"),
        ({"completion": [{"role": "user", "content": CANARY}]}, "completion is wrong"),
        ({"completion": [{"role": "assistant", "content": ""}]}, "completion is wrong"),
        ({"author": CANARY}, "must have exactly the keys"),
    ],
)
def test_a_bad_row_is_named_by_its_line(tmp_path: Path, changes: dict[str, Any], problem: str) -> None:
    (found,) = problems_of(tmp_path, [a_row(0), a_row(2, **changes), a_row(4)])
    assert found.startswith(f"Line 2: {problem}")


def test_lines_that_are_no_objects_are_named(tmp_path: Path) -> None:
    rows = [a_row(0), CANARY, f'["{CANARY}"]', "[" * 100_000, a_row(2)]
    assert problems_of(tmp_path, rows) == (
        "Line 2: not JSON.",
        "Line 3: not an object.",
        "Line 4: not JSON.",
    )


def test_at_most_twenty_problems_are_told(tmp_path: Path) -> None:
    assert len(problems_of(tmp_path, ["x"] * 50)) == 20


def test_a_pull_request_stands_in_one_split_only(tmp_path: Path) -> None:
    rows = [a_row(0), a_row(1, "test")]
    assert problems_of(tmp_path, rows) == ("Pull request 1 stands in two splits.",)


def test_held_out_rows_come_after_those_trained_on(tmp_path: Path) -> None:
    rows = [a_row(0), a_row(2, "test"), a_row(4, "validation")]
    assert problems_of(tmp_path, rows) == (
        "Line 3: rows must be in the order train, validation, test, each oldest first.",
    )


def test_ids_are_different_and_something_is_to_train_on(tmp_path: Path) -> None:
    assert problems_of(tmp_path, [a_row(0), a_row(2, id="c0")]) == ("Line 2: the same id as line 1.",)
    assert problems_of(tmp_path, []) == ("There is no row of split train.",)


def test_half_of_a_character_is_replaced(tmp_path: Path) -> None:
    prompt, answer = ([{"role": role, "content": "cut \ud83d"}] for role in ("user", "assistant"))
    (row,) = read(tmp_path, [a_row(0, prompt=prompt, completion=answer)]).rows
    assert [message["content"] for message in (*row.prompt, *row.completion)] == ["cut \ufffd"] * 2


def test_order_is_told_only_where_every_line_is_a_row(tmp_path: Path) -> None:
    assert problems_of(tmp_path, [a_row(0, "test", weight=0), a_row(2)]) == ("Line 1: weight is wrong.",)
    assert problems_of(tmp_path, [a_row(0, weight=0)]) == ("Line 1: weight is wrong.",)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrainingFailure, match="cannot be read"):
        read_samples(tmp_path / "samples.jsonl")
