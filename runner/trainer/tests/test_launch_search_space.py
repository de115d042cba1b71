"""What a search for settings tries, and what it leaves alone."""

from dataclasses import replace
from pathlib import Path

from trainer.config import parse_config
from trainer.launch.search_space import SEARCH_SPACE, LogUniform, OneOf, chosen_settings, with_choice

CONFIG = parse_config(
    {"model": {"base": "somewhere"}, "lora": {"targets": ["q_proj"]}, "train": {"seed": 5}}, Path("/job")
)


def choices() -> list[dict[str, float]]:
    """The least and the most of every range."""
    ends = [
        {
            name: values.values[at] if isinstance(values, OneOf) else values
            for name, values in SEARCH_SPACE.items()
        }
        for at in (0, -1)
    ]
    return [
        {
            name: (value.least if end is ends[0] else value.most) if isinstance(value, LogUniform) else value
            for name, value in end.items()
        }
        for end in ends
    ]


def test_changes_the_searched_settings_and_the_directory_alone() -> None:
    choice = {"learning_rate": 3e-4, "r": 32, "alpha_per_rank": 2, "epochs": 3, "dropout": 0.1}
    changed = with_choice(CONFIG, choice, Path("/trial"))
    assert chosen_settings(changed) == {
        "lora": {"r": 32, "alpha": 64, "dropout": 0.1},
        "train": {"learning_rate": 3e-4, "epochs": 3},
    }
    assert changed.directory == Path("/trial")
    assert (changed.model, changed.lora.targets, changed.train.seed) == (CONFIG.model, ("q_proj",), 5)


def test_every_choice_is_a_config_that_the_trainer_takes() -> None:
    for choice in choices():
        changed = with_choice(CONFIG, choice, CONFIG.directory)
        table = {"model": {"base": "somewhere"}, **chosen_settings(changed)}
        read = parse_config(table, CONFIG.directory)
        assert (read.lora, read.train) == (
            replace(changed.lora, targets=read.lora.targets),
            replace(changed.train, seed=read.train.seed),
        )


def test_the_ranges_are_those_that_the_documentation_names() -> None:
    rate = SEARCH_SPACE["learning_rate"]
    assert isinstance(rate, LogUniform)
    tried = {
        name: ", ".join(str(value) for value in values.values)
        for name, values in SEARCH_SPACE.items()
        if isinstance(values, OneOf)
    }
    rows = {
        "learning_rate": f"from {rate.least} to {rate.most}, evenly by order of magnitude",
        "r": tried["r"],
        "alpha": f"{tried['alpha_per_rank'].replace(', ', ' or ')} times `r`",
        "epochs": tried["epochs"],
        "dropout": tried["dropout"],
    }
    page = (Path(__file__).parents[3] / "docs/training.md").read_text(encoding="utf-8")
    section = page.split("\n## Ray\n")[1]
    for name, values in rows.items():
        assert f"| `{name}` | {values} |" in section
