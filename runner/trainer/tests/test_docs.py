"""docs/training.md names every setting as it is, and shows configs that are right."""

import json
import re
import tomllib
from dataclasses import Field, fields
from pathlib import Path
from typing import Any, get_args

import pytest
from conftest import PROGRAM_DIRECTORY

from trainer.config import SECTIONS, NamedValues, parse_config
from trainer.failures import FailureCode

PAGE = (PROGRAM_DIRECTORY.parents[1] / "docs" / "training.md").read_text(encoding="utf-8")


def as_toml(setting: Field) -> str:
    value: Any = setting.default
    if setting.type == NamedValues:
        return f"{{ {', '.join(f'{name} = {json.dumps(item)}' for name, item in value)} }}"
    return json.dumps(list(value) if isinstance(value, tuple) else value)


def table_of(name: str, section: type) -> str:
    rows = [f"| `{key.name}` | `{as_toml(key)}` | {key.metadata['about']} |" for key in fields(section)]
    return "\n".join(
        [f"### `[{name}]`", "", "| setting | default | what it does |", "|---|---|---|", *rows, ""]
    )


@pytest.mark.parametrize("name", SECTIONS)
def test_every_setting_stands_on_the_page_as_it_is(name: str) -> None:
    assert table_of(name, SECTIONS[name]) in PAGE


def test_the_page_names_no_section_that_is_none() -> None:
    assert re.findall(r"^### `\[(\w+)\]`$", PAGE, re.MULTILINE) == list(SECTIONS)


def test_the_configs_on_the_page_are_right() -> None:
    shown = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(shown) >= 2
    for text in shown:
        table = tomllib.loads(text)
        table["model"] = {"base": "b", **table.get("model", {})}
        assert parse_config(table, Path("/job"))


def test_every_failure_is_explained() -> None:
    assert re.findall(r"^\| `([a-z-]+)` \| \d \|", PAGE, re.MULTILINE) == list(get_args(FailureCode))
