import json
from pathlib import Path

import gguf
import numpy
import pytest
import torch
from safetensors.torch import save_file

from trainer.gguf.convert import convert
from trainer.gguf.unsupported_adapter import UnsupportedAdapter

WIDTH, HIDDEN, HEADS, KEY_VALUE_HEADS, HEAD_WIDTH, LAYERS = 24, 40, 4, 2, 8, 2
SIZES = {
    "self_attn.q_proj": (WIDTH, HEADS * HEAD_WIDTH),
    "self_attn.k_proj": (WIDTH, KEY_VALUE_HEADS * HEAD_WIDTH),
    "self_attn.v_proj": (WIDTH, KEY_VALUE_HEADS * HEAD_WIDTH),
    "self_attn.o_proj": (HEADS * HEAD_WIDTH, WIDTH),
    "mlp.gate_proj": (WIDTH, HIDDEN),
    "mlp.up_proj": (WIDTH, HIDDEN),
    "mlp.down_proj": (HIDDEN, WIDTH),
}


def base_dir(tmp_path: Path, **overrides: object) -> Path:
    directory = tmp_path / "base"
    directory.mkdir(exist_ok=True)
    config = {
        "model_type": "llama",
        "hidden_size": WIDTH,
        "intermediate_size": HIDDEN,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "num_key_value_heads": KEY_VALUE_HEADS,
        "head_dim": HEAD_WIDTH,
    } | overrides
    (directory / "config.json").write_text(json.dumps(config))
    return directory


def lora_tensors(rank: int = 4, layers: int = LAYERS) -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(7)
    tensors = {}
    for layer in range(layers):
        for module, (inputs, outputs) in SIZES.items():
            prefix = f"base_model.model.model.layers.{layer}.{module}"
            tensors[f"{prefix}.lora_A.weight"] = torch.randn(rank, inputs, generator=generator)
            tensors[f"{prefix}.lora_B.weight"] = torch.randn(outputs, rank, generator=generator)
    return tensors


def adapter_dir(tmp_path: Path, tensors: dict[str, torch.Tensor] | None = None, **overrides: object) -> Path:
    directory = tmp_path / "adapter"
    directory.mkdir(exist_ok=True)
    config = {"peft_type": "LORA", "r": 4, "lora_alpha": 6, "bias": "none"} | overrides
    (directory / "adapter_config.json").write_text(json.dumps(config))
    save_file(lora_tensors() if tensors is None else tensors, directory / "adapter_model.safetensors")
    return directory


def read(path: Path) -> tuple[dict[str, object], dict[str, numpy.ndarray]]:
    reader = gguf.GGUFReader(path)
    fields = {name: field.contents() for name, field in reader.fields.items()}
    return fields, {tensor.name: numpy.array(tensor.data) for tensor in reader.tensors}


def test_names_each_pair_after_llama_cpps_tensor_and_keeps_its_numbers(tmp_path: Path) -> None:
    out = tmp_path / "adapter.gguf"
    convert(adapter_dir(tmp_path), base_dir(tmp_path, model_type="qwen2"), out)
    fields, tensors = read(out)
    assert fields["general.architecture"] == "qwen2"
    assert fields["general.type"] == "adapter"
    assert fields["adapter.type"] == "lora"
    assert fields["adapter.lora.alpha"] == 6
    parts = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
    assert set(tensors) == {
        f"blk.{layer}.{part}.weight.lora_{side}" for layer in range(LAYERS) for part in parts for side in "ab"
    }
    source = lora_tensors()
    for side in "AB":
        original = source[f"base_model.model.model.layers.1.self_attn.k_proj.lora_{side}.weight"]
        assert numpy.array_equal(tensors[f"blk.1.attn_k.weight.lora_{side.lower()}"], original.numpy())


def test_pairs_the_rows_of_queries_and_keys_for_llama_and_mistral_alone(tmp_path: Path) -> None:
    source = lora_tensors()["base_model.model.model.layers.0.self_attn.k_proj.lora_B.weight"].numpy()
    half = HEAD_WIDTH // 2
    paired = [
        head * HEAD_WIDTH + side * half + i
        for head in range(KEY_VALUE_HEADS)
        for i in range(half)
        for side in (0, 1)
    ]
    for model_type, rows in {"llama": paired, "mistral": paired, "qwen3": list(range(len(source)))}.items():
        out = tmp_path / f"{model_type}.gguf"
        convert(adapter_dir(tmp_path), base_dir(tmp_path, model_type=model_type), out)
        assert numpy.array_equal(read(out)[1]["blk.0.attn_k.weight.lora_b"], source[rows])


def test_reckons_the_alpha_of_rslora_for_a_runtime_that_divides_by_the_rank(tmp_path: Path) -> None:
    out = tmp_path / "adapter.gguf"
    convert(adapter_dir(tmp_path, use_rslora=True), base_dir(tmp_path), out)
    assert read(out)[0]["adapter.lora.alpha"] == 6 * 2


def test_widens_bfloat16_without_rounding(tmp_path: Path) -> None:
    narrow = {name: tensor.to(torch.bfloat16) for name, tensor in lora_tensors().items()}
    out = tmp_path / "adapter.gguf"
    convert(adapter_dir(tmp_path, narrow), base_dir(tmp_path), out)
    original = narrow["base_model.model.model.layers.0.mlp.up_proj.lora_A.weight"]
    assert numpy.array_equal(read(out)[1]["blk.0.ffn_up.weight.lora_a"], original.to(torch.float32).numpy())


def test_writes_equal_bytes_for_equal_adapters_in_whatever_order(tmp_path: Path) -> None:
    first, second = tmp_path / "first.gguf", tmp_path / "second.gguf"
    convert(adapter_dir(tmp_path), base_dir(tmp_path), first)
    convert(adapter_dir(tmp_path, dict(reversed(lora_tensors().items()))), base_dir(tmp_path), second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("use_dora", True),
        ("lora_bias", True),
        ("modules_to_save", ["lm_head"]),
        ("rank_pattern", {"q_proj": 8}),
        ("alpha_pattern", {"q_proj": 8}),
        ("bias", "all"),
        ("init_lora_weights", "pissa"),
        ("peft_type", "LOHA"),
        ("r", 0),
        ("r", 8),
        ("lora_alpha", "much"),
        ("layer_replication", [[0, 1]]),
    ],
)
def test_refuses_settings_that_llama_cpp_cannot_follow(tmp_path: Path, setting: str, value: object) -> None:
    directory = adapter_dir(tmp_path, **{setting: value})
    with pytest.raises(UnsupportedAdapter):
        convert(directory, base_dir(tmp_path), tmp_path / "adapter.gguf")
    assert not (tmp_path / "adapter.gguf").exists()


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (
            lambda tensors: tensors.pop("base_model.model.model.layers.0.mlp.up_proj.lora_B.weight"),
            "other half",
        ),
        (
            lambda tensors: tensors.update({"base_model.model.lm_head.lora_A.weight": torch.ones(4, 4)}),
            "lm_head",
        ),
        (lambda tensors: tensors.clear(), "no tensors"),
        (
            lambda tensors: tensors.update(
                {"base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight": torch.ones(WIDTH, 4)}
            ),
            "shape",
        ),
        (
            lambda tensors: tensors.update(
                {
                    "base_model.model.model.layers.0.mlp.up_proj.lora_A.weight": torch.full(
                        (4, WIDTH), float("nan")
                    )
                }
            ),
            "finite",
        ),
        (lambda tensors: tensors.update(lora_tensors(layers=3)), "layer 2"),
        (
            lambda tensors: tensors.update(
                {
                    f"base_model.model.model.layers.0.self_attn.up_proj.lora_{side}.weight": torch.ones(4, 4)
                    for side in "AB"
                }
            ),
            "no tensor for",
        ),
    ],
)
def test_refuses_tensors_that_do_not_fit_the_base(tmp_path: Path, spoil: object, complaint: str) -> None:
    tensors = lora_tensors()
    spoil(tensors)
    with pytest.raises(UnsupportedAdapter, match=complaint):
        convert(adapter_dir(tmp_path, tensors), base_dir(tmp_path), tmp_path / "adapter.gguf")
    assert [path.name for path in tmp_path.iterdir() if "gguf" in path.name] == []


@pytest.mark.parametrize(
    "overrides", [{"model_type": "qwen3_5"}, {"hidden_size": "24"}, {"num_hidden_layers": True}]
)
def test_refuses_bases_that_it_does_not_know(tmp_path: Path, overrides: dict[str, object]) -> None:
    with pytest.raises(UnsupportedAdapter):
        convert(adapter_dir(tmp_path), base_dir(tmp_path, **overrides), tmp_path / "adapter.gguf")


def test_refuses_a_file_cut_short(tmp_path: Path) -> None:
    directory = adapter_dir(tmp_path)
    weights = directory / "adapter_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-5])
    with pytest.raises(UnsupportedAdapter, match="safetensors"):
        convert(directory, base_dir(tmp_path), tmp_path / "adapter.gguf")
