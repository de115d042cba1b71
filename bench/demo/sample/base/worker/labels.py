"""Prints parcel labels."""

from pathlib import Path


def label_path(folder: Path, parcel: int) -> Path:
    return folder / f"{parcel}.pdf"


def render(parcel: int, address: list[str]) -> str:
    return "\n".join([f"Parcel {parcel}", *address])
