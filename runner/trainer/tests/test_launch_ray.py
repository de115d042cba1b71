"""Trainings on a Ray cluster of this machine; only where Ray is installed."""

import json
import tomllib
from pathlib import Path

import pytest
from conftest import FinishedJob, run_program
from jobs import CANARY, settings, some_rows, write_job

from trainer.adapter_hash import adapter_hash

RAY = ("-m", "trainer.launch.ray")

pytest.importorskip("ray")


def test_a_training_on_a_cluster_gives_the_same_bytes(
    finished: FinishedJob, tiny_base: Path, tmp_path: Path
) -> None:
    ended = run_program("train", str(write_job(tmp_path, settings(tiny_base), some_rows())), program=RAY)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == adapter_hash(finished.directory / "adapter")
    assert adapter_hash(tmp_path / "adapter") == ended.stdout.strip()


def test_a_search_names_the_settings_of_least_loss(tiny_base: Path, tmp_path: Path) -> None:
    config = write_job(tmp_path, settings(tiny_base, train={"checkpoint_every": 3}), some_rows())
    ended = run_program("tune", str(config), "--trials", "2", program=RAY)
    assert ended.returncode == 0, ended.stderr
    trials = json.loads((tmp_path / "tuning.json").read_text())
    losses = [trial["validation_loss"] for trial in trials]
    assert losses == sorted(losses)
    assert len(set(losses)) == 2
    assert tomllib.loads(ended.stdout) == trials[0]["settings"]
    assert not list((tmp_path / "tuning").iterdir())
    records = [path for path in (tmp_path / "ray").rglob("*") if path.is_file()]
    assert not [path for path in records if CANARY.encode() in path.read_bytes()]


def test_says_why_no_trial_ended_well(tiny_base: Path, tmp_path: Path) -> None:
    config = write_job(tmp_path, settings(tiny_base), some_rows(validation=0))
    ended = run_program("tune", str(config), "--trials", "1", program=RAY)
    assert ended.returncode == 2
    assert "split validation" in ended.stderr
    assert CANARY not in ended.stdout + ended.stderr
