"""PEFT's LoRA adapter as the GGUF file that llama.cpp loads beside a base model."""

import os
import re
from pathlib import Path

import gguf
import numpy
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from trainer.gguf.adapter_settings import AdapterSettings, read_adapter_settings
from trainer.gguf.base_shapes import BaseShapes, read_base_shapes
from trainer.gguf.unsupported_adapter import UnsupportedAdapter

_TENSOR = re.compile(
    r"base_model\.model\.(model\.layers\.(\d{1,4})\.(?:self_attn|mlp)\.(\w+_proj))\.lora_([AB])\.weight",
    re.ASCII,
)
_PAIRED_MODULES = ("q_proj", "k_proj")


def convert(adapter_dir: Path, base_dir: Path, out: Path) -> None:
    """Writes the adapter in `adapter_dir` (adapter_config.json, adapter_model.safetensors) to `out`.

    `base_dir` holds the config.json of the base model: llama, mistral, qwen2 or qwen3. All numbers are
    written as 32-bit floats, so nothing is rounded. The file appears whole or not at all, and equal adapters
    give equal bytes. Raises UnsupportedAdapter, which says why, where llama.cpp could not follow exactly.
    """
    settings = read_adapter_settings(adapter_dir)
    shapes = read_base_shapes(base_dir)
    tensors = _converted(_read_tensors(adapter_dir / "adapter_model.safetensors"), settings, shapes)
    unfinished = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        _write(unfinished, shapes.architecture, settings.alpha, tensors)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


def _read_tensors(path: Path) -> dict[str, torch.Tensor]:
    try:
        return load_file(path)
    except (OSError, SafetensorError) as cause:
        raise UnsupportedAdapter(f"{path} cannot be read as safetensors.") from cause


def _converted(
    tensors: dict[str, torch.Tensor], settings: AdapterSettings, shapes: BaseShapes
) -> dict[str, numpy.ndarray]:
    if not tensors:
        raise UnsupportedAdapter("The adapter holds no tensors.")
    names = gguf.get_tensor_name_map(
        {name: arch for arch, name in gguf.MODEL_ARCH_NAMES.items()}[shapes.architecture], shapes.layers
    )
    converted = {}
    for name, tensor in tensors.items():
        match = _TENSOR.fullmatch(name)
        if match is None:
            raise UnsupportedAdapter(
                f"The adapter holds {name[:200]!r}, which is no LoRA matrix of a layer's part."
            )
        path, layer, module, side = match.groups()
        if int(layer) >= shapes.layers:
            raise UnsupportedAdapter(
                f"The adapter changes layer {layer}; the base model has {shapes.layers} from 0."
            )
        if name.replace(f".lora_{side}.", f".lora_{'B' if side == 'A' else 'A'}.") not in tensors:
            raise UnsupportedAdapter(f"The adapter holds lora_{side} of {path} without its other half.")
        target = names.get_name(path)
        if target is None:
            raise UnsupportedAdapter(f"llama.cpp has no tensor for {path}.")
        _check_shape(tensor, name, _expected_shape(shapes, settings.rank, (module, side)))
        converted[f"{target}.weight.lora_{side.lower()}"] = _rows_in_order(tensor, shapes, (module, side))
    return dict(sorted(converted.items()))


def _expected_shape(shapes: BaseShapes, rank: int, place: tuple[str, str]) -> tuple[int, int]:
    module, side = place
    inputs, outputs = shapes.inputs_and_outputs(module)
    return (rank, inputs) if side == "A" else (outputs, rank)


def _check_shape(tensor: torch.Tensor, name: str, expected: tuple[int, int]) -> None:
    if tuple(tensor.shape) != expected:
        raise UnsupportedAdapter(
            f"{name} is of shape {tuple(tensor.shape)}; the base model asks for {expected}."
        )
    if not tensor.is_floating_point() or not bool(torch.isfinite(tensor).all()):
        raise UnsupportedAdapter(f"{name} holds something other than finite floating-point numbers.")


def _rows_in_order(tensor: torch.Tensor, shapes: BaseShapes, place: tuple[str, str]) -> numpy.ndarray:
    rows = tensor.to(torch.float32).numpy()
    module, side = place
    if side == "A" or module not in _PAIRED_MODULES or not shapes.pairs_rows:
        return rows
    heads = shapes.heads if module == "q_proj" else shapes.key_value_heads
    halves = rows.reshape(heads, 2, shapes.head_width // 2, rows.shape[1])
    return numpy.ascontiguousarray(halves.swapaxes(1, 2).reshape(rows.shape))


def _write(path: Path, architecture: str, alpha: float, tensors: dict[str, numpy.ndarray]) -> None:
    writer = gguf.GGUFWriter(path, architecture)
    try:
        writer.add_type(gguf.GGUFType.ADAPTER)
        writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
        writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, alpha)
        for name, data in tensors.items():
            writer.add_tensor(name, data)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
    finally:
        writer.close()
