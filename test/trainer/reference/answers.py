"""What transformers makes of texts and prompts."""

from typing import Any

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

from trainer.config import ModelConfig
from trainer.encode import make_encoder
from trainer.samples import Sample


def continuation(asked: dict[str, Any]) -> list[dict[str, list[float]]]:
    """Greedy answers of `steps` tokens to `prompts` (lists of ids), with their log-probabilities.

    `base` is a model's directory, `adapter` PEFT's or null. A `margin` is how far in log-probability
    the next best token was behind: where it is tiny, rounding decides.
    """
    model = AutoModelForCausalLM.from_pretrained(asked["base"], dtype=torch.float32)
    if asked["adapter"] is not None:
        model = PeftModel.from_pretrained(model, asked["adapter"])
    model.eval()
    return [_greedy(model, prompt, asked["steps"]) for prompt in asked["prompts"]]


def _greedy(model: Any, prompt: list[int], steps: int) -> dict[str, list[float]]:
    ids = list(prompt)
    answer: dict[str, list[float]] = {"tokens": [], "logprobs": [], "margins": []}
    for _ in range(steps):
        with torch.no_grad():
            logits = model(input_ids=torch.tensor([ids])).logits[0, -1]
        best = torch.log_softmax(logits.double(), dim=-1).topk(2)
        ids.append(int(best.indices[0]))
        answer["tokens"].append(ids[-1])
        answer["logprobs"].append(float(best.values[0]))
        answer["margins"].append(float(best.values[0] - best.values[1]))
    return answer


def tokenization(asked: dict[str, Any]) -> dict[str, list[Any]]:
    """The ids of `texts` and of `conversations` in the chat template, and the texts that the ids spell."""
    tokenizer = AutoTokenizer.from_pretrained(asked["base"])
    texts = [tokenizer.encode(text) for text in asked["texts"]]
    return {
        "texts": texts,
        "decoded": [tokenizer.decode(ids) for ids in texts],
        "conversations": [
            tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_dict=False)
            for messages in asked["conversations"]
        ],
    }


def encoding(asked: dict[str, Any]) -> list[dict[str, list[int]]]:
    """The ids that the trainer makes of `conversations`, the last message of each being the answer."""
    encoder = make_encoder(AutoTokenizer.from_pretrained(asked["base"]), ModelConfig(base=asked["base"]), ())
    encoded = [
        encoder.encode(Sample("c1", "comment", "train", 1, 1.0, tuple(messages[:-1]), tuple(messages[-1:])))
        for messages in asked["conversations"]
    ]
    return [{"prompt": list(row.prompt), "completion": list(row.completion)} for row in encoded]
