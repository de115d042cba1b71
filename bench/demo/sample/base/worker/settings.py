"""Reads the worker's settings."""

from pathlib import Path

import yaml


def load(path: Path) -> dict:
    with path.open(encoding="utf-8") as file:
        return yaml.safe_load(file)
