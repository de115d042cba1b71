"""The name of an adapter is what is in it."""

import hashlib
from pathlib import Path

HASHED_FILES = ("adapter_config.json", "adapter_model.safetensors")


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def adapter_hash(directory: Path) -> str:
    """SHA-256 over the lines `<sha256>  <file name>` of the two files that make an adapter, in that order."""
    lines = "".join(f"{file_hash(directory / name)}  {name}\n" for name in HASHED_FILES)
    return hashlib.sha256(lines.encode()).hexdigest()
