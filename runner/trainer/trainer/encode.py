"""Samples as token ids, cut where the engine's prompt ends and its answer begins."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transformers import PreTrainedTokenizerBase

from trainer.config import ModelConfig
from trainer.failures import TrainingFailure
from trainer.samples import Sample

IGNORED = -100
"""Label of a token that no loss is taken of; the convention of PyTorch's cross entropy."""
CLOSING = "\ue001"
PLACEHOLDER = re.compile(f"\ue000(\\d+){CLOSING}")
"""Stands for a message's text while a template is rendered; of Unicode's private characters."""
MAX_WORDS = 200


@dataclass(frozen=True)
class EncodedSample:
    sample: Sample
    prompt: tuple[int, ...]
    completion: tuple[int, ...]

    @property
    def input_ids(self) -> list[int]:
        return [*self.prompt, *self.completion]

    @property
    def labels(self) -> list[int]:
        return [IGNORED] * len(self.prompt) + list(self.completion)

    def __len__(self) -> int:
        return len(self.prompt) + len(self.completion)


@dataclass(frozen=True)
class Encoder:
    """A tokenizer with its chat template, and the ids after which an engine stops."""

    tokenizer: PreTrainedTokenizerBase
    template_arguments: dict
    ends: frozenset[int]

    def encode(self, sample: Sample) -> EncodedSample:
        """Tokenizes prompt and completion apart, as an engine does: it has the prompt before it answers.

        The text of each message is tokenized apart from the template around it, and as plain text: what looks
        like a special token in a diff ends no turn, neither here nor in the engine.
        """
        messages = (*sample.prompt, *sample.completion)
        prompt = self._render(sample.prompt, opens_answer=True)
        whole = self._render(messages, opens_answer=False)
        if not whole.startswith(prompt):
            raise TrainingFailure(
                "bad-config",
                "The chat template of the base model does not write an answer right behind its prompt: "
                "set model.template_arguments so that it does (for example enable_thinking = false).",
            )
        if PLACEHOLDER.findall(whole) != [str(index) for index in range(len(messages))]:
            raise TrainingFailure(
                "bad-config",
                "The chat template of the base model does not write every message once and in order: "
                "take a model whose template knows a system message.",
            )
        answer = whole[len(prompt) :]
        behind = answer.rindex(CLOSING) + 1
        completion = self._ids(answer[:behind], messages) + self._up_to_end(
            self._ids(answer[behind:], messages)
        )
        return EncodedSample(sample, self._ids(prompt, messages), completion)

    def _render(self, messages: Sequence[dict], *, opens_answer: bool) -> str:
        """The template's own text, with a placeholder where the text of each message belongs."""
        marked = [{**message, "content": f"\ue000{index}{CLOSING}"} for index, message in enumerate(messages)]
        try:
            return self.tokenizer.apply_chat_template(
                marked, tokenize=False, add_generation_prompt=opens_answer, **self.template_arguments
            )
        except Exception as error:
            # A program that came with the model; it has seen placeholders alone, so its words may be shown.
            words = " ".join(str(error).split())[:MAX_WORDS]
            raise TrainingFailure(
                "bad-config",
                f"The chat template of the base model fails ({type(error).__name__}: {words}): take a model "
                "whose template knows system, user and assistant, or give model.template_arguments.",
            ) from None

    def _ids(self, rendered: str, messages: Sequence[dict]) -> tuple[int, ...]:
        # The pattern has one group: between the pieces of the template stand the numbers of messages.
        pieces = PLACEHOLDER.split(rendered)
        ids: list[int] = []
        for position, piece in enumerate(pieces):
            is_message = position % 2 == 1
            text = messages[int(piece)]["content"] if is_message else piece
            # A chat template writes its own special tokens.
            ids += self.tokenizer(text, add_special_tokens=False, split_special_tokens=is_message)[
                "input_ids"
            ]
        return tuple(ids)

    def _up_to_end(self, behind: tuple[int, ...]) -> tuple[int, ...]:
        """Of what a template writes behind the answer's text: nothing after the first end is generated."""
        first = next((at for at, token in enumerate(behind) if token in self.ends), None)
        if first is None:
            end = self.tokenizer.eos_token_id
            return behind if end is None else (*behind, end)
        return behind[: first + 1]


def make_encoder(tokenizer: PreTrainedTokenizerBase, config: ModelConfig, ends: Iterable[int]) -> Encoder:
    """`ends` are the model's own end tokens; the tokenizer's is added."""
    if not tokenizer.chat_template:
        raise TrainingFailure(
            "no-base-model",
            "The tokenizer of the base model has no chat template: take the model's instruct version.",
        )
    own = () if tokenizer.eos_token_id is None else (tokenizer.eos_token_id,)
    return Encoder(tokenizer, dict(config.template_arguments), frozenset((*ends, *own)))


@dataclass(frozen=True)
class FittingSamples:
    fitting: tuple[EncodedSample, ...]
    too_long: int


def encode_fitting(encoder: Encoder, samples: Iterable[Sample], max_length: int) -> FittingSamples:
    """Encodes; a sample over `max_length` tokens is left out: cut short, it would teach another question."""
    encoded = [encoder.encode(sample) for sample in samples]
    fitting = tuple(sample for sample in encoded if len(sample) <= max_length)
    return FittingSamples(fitting, len(encoded) - len(fitting))
