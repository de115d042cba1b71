"""Job directories as the server writes them."""

import json
from pathlib import Path
from typing import Any

SILENCE = '{"findings":[]}'
CANARY = "xylophone-quartz-7731"
"""Stands in every prompt and every comment; nothing that the trainer prints or logs may hold it."""


def a_row(number: int, split: str = "train", **changes: Any) -> dict[str, Any]:
    """One comment about a tab, or (for odd numbers) one silence about a space; two rows per pull request."""
    is_silence = number % 2 == 1
    answer = SILENCE if is_silence else f'{{"findings":["tabs please {CANARY}"]}}'
    return {
        "id": f"s{number:x}" if is_silence else f"c{number}",
        "kind": "silence" if is_silence else "comment",
        "split": split,
        "pull_request": 1 + number // 2,
        "weight": 1.0,
        "prompt": [
            {"role": "system", "content": "Review."},
            {"role": "user", "content": f"{'spaces' if is_silence else 'tabs'} {number} {CANARY}"},
        ],
        "completion": [{"role": "assistant", "content": answer}],
        **changes,
    }


def some_rows(train: int = 24, validation: int = 6, test: int = 6) -> list[dict[str, Any]]:
    splits = ["train"] * train + ["validation"] * validation + ["test"] * test
    return [a_row(number, split) for number, split in enumerate(splits)]


def settings(base: Path, **sections: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A config for the tiny model; `sections` override single keys."""
    defaults: dict[str, dict[str, Any]] = {
        "model": {
            "base": str(base),
            "serving_id": "tiny",
            "precision": "fp32",
            "device": "cpu",
            "threads": 1,
        },
        "lora": {"r": 8, "alpha": 16, "dropout": 0.05},
        "train": {
            "epochs": 6,
            "learning_rate": 2e-2,
            "batch": 4,
            "device_batch": 4,
            "max_length": 256,
            "gradient_checkpointing": False,
            "checkpoint_every": 10,
        },
    }
    return {name: {**defaults.get(name, {}), **sections.get(name, {})} for name in {**defaults, **sections}}


def write_job(directory: Path, table: dict[str, dict[str, Any]], rows: list[dict[str, Any]]) -> Path:
    """Writes config.toml and samples.jsonl; returns the config's path."""
    directory.mkdir(parents=True, exist_ok=True)
    # JSON's texts, numbers, booleans and lists are TOML's.
    lines = [
        line
        for name, keys in table.items()
        for line in (f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in keys.items()))
    ]
    config = directory / "config.toml"
    config.write_text("\n".join(lines), encoding="utf-8")
    samples = "".join(f"{json.dumps(row)}\n" for row in rows)
    (directory / "samples.jsonl").write_text(samples, encoding="utf-8")
    return config
