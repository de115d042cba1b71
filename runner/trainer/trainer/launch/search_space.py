"""The settings that a search for better ones tries, and the ranges that it tries them in."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from trainer.config import Config


@dataclass(frozen=True)
class OneOf:
    """Each value as likely as the others."""

    values: tuple[float, ...]


@dataclass(frozen=True)
class LogUniform:
    """Between `least` and `most`, each order of magnitude as likely as the others."""

    least: float
    most: float


# Around the recipe: ten times the rate of full fine-tuning, small ranks for small data, few epochs.
SEARCH_SPACE: dict[str, OneOf | LogUniform] = {
    "learning_rate": LogUniform(2e-5, 5e-4),
    "r": OneOf((8, 16, 32)),
    "alpha_per_rank": OneOf((1, 2)),
    "epochs": OneOf((1, 2, 3)),
    "dropout": OneOf((0.0, 0.05, 0.1)),
}


def with_choice(config: Config, choice: dict[str, Any], directory: Path) -> Config:
    """The config with one choice out of SEARCH_SPACE, to be trained in a directory of its own."""
    rank = int(choice["r"])
    return replace(
        config,
        directory=directory,
        lora=replace(
            config.lora,
            r=rank,
            alpha=rank * int(choice["alpha_per_rank"]),
            dropout=float(choice["dropout"]),
        ),
        train=replace(
            config.train, learning_rate=float(choice["learning_rate"]), epochs=float(choice["epochs"])
        ),
    )


def chosen_settings(config: Config) -> dict[str, dict[str, float]]:
    """The searched settings of a config by section, as they stand in its file."""
    return {
        "lora": {"r": config.lora.r, "alpha": config.lora.alpha, "dropout": config.lora.dropout},
        "train": {"learning_rate": config.train.learning_rate, "epochs": config.train.epochs},
    }
