"""A tiny qwen2 or qwen3 model of random weights, for transformers and for llama.cpp."""

from typing import Any

import gguf
import torch
from transformers import Qwen2Config, Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM, set_seed

# The heads are wider together than the model, so that no matrix is square.
SIZES = {
    "vocab_size": 320,
    "hidden_size": 48,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 512,
    "tie_word_embeddings": False,
    "initializer_range": 0.3,
}
CLASSES = {"qwen2": (Qwen2Config, Qwen2ForCausalLM), "qwen3": (Qwen3Config, Qwen3ForCausalLM)}
HEAD_WIDTHS = {"qwen2": 12, "qwen3": 16}


def write_random_model(asked: dict[str, Any]) -> None:
    """Writes a model of the `architecture` to `directory` for transformers and to `gguf` for llama.cpp."""
    set_seed(asked["seed"])
    architecture = asked["architecture"]
    config_class, model_class = CLASSES[architecture]
    head_width = HEAD_WIDTHS[architecture]
    config = config_class(**SIZES, **({"head_dim": head_width} if architecture == "qwen3" else {}))
    model = model_class(config).float()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            # Fresh biases are 0 and fresh norms 1: neither would show that it is read.
            if name.endswith("bias") or "norm" in name:
                parameter.add_(torch.randn(parameter.shape) * 0.2)
    model.save_pretrained(asked["directory"])
    _write_gguf(asked["gguf"], model, architecture)


def _write_gguf(path: str, model: Any, architecture: str) -> None:
    config = model.config
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(HEAD_WIDTHS[architecture])
    writer.add_value_length(HEAD_WIDTHS[architecture])
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    _add_vocabulary(writer, config.vocab_size)
    arch = {name: arch for arch, name in gguf.MODEL_ARCH_NAMES.items()}[architecture]
    names = gguf.get_tensor_name_map(arch, config.num_hidden_layers)
    for name, tensor in model.state_dict().items():
        writer.add_tensor(names.get_name(name, try_suffixes=(".weight", ".bias")), tensor.numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_vocabulary(writer: gguf.GGUFWriter, size: int) -> None:
    """Any names will do: the tests speak in ids."""
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list([chr(0x100 + index) for index in range(size)])
    writer.add_token_types([gguf.TokenType.NORMAL] * (size - 1) + [gguf.TokenType.CONTROL])
    writer.add_token_merges([f"{chr(0x100)} {chr(0x101)}"])
    writer.add_eos_token_id(size - 1)
