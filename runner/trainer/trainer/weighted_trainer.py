"""TRL's SFTTrainer with a weight per sample and with logits for the answers only."""

from collections.abc import Sequence
from typing import Any

import torch
from torch.nn.functional import cross_entropy
from trl import SFTTrainer

from trainer.encode import IGNORED, EncodedSample

Batch = dict[str, torch.Tensor]


class LeftPaddingCollator:
    """Rows of `input_ids`, `labels` and `weight` as one batch, padded on the left.

    All answers then end in the last column, so that the model computes logits of the last few columns alone:
    over a vocabulary of 150,000, those of a whole prompt would take most of a GPU's memory.
    """

    def __init__(self, pad_token_id: int) -> None:
        self._pad_token_id = pad_token_id

    def __call__(self, rows: Sequence[dict[str, Any]]) -> Batch:
        width = max(len(row["input_ids"]) for row in rows)
        ids, labels, mask = [], [], []
        for row in rows:
            missing = width - len(row["input_ids"])
            ids.append([self._pad_token_id] * missing + list(row["input_ids"]))
            labels.append([IGNORED] * missing + list(row["labels"]))
            mask.append([0] * missing + [1] * len(row["input_ids"]))
        attention_mask = torch.tensor(mask)
        return {
            "input_ids": torch.tensor(ids),
            "labels": torch.tensor(labels),
            "attention_mask": attention_mask,
            # Rotary positions count from a row's first real token, as they do when the engine reads it.
            "position_ids": (attention_mask.cumsum(dim=1) - 1).clamp(min=0),
            "weight": torch.tensor([row["weight"] for row in rows], dtype=torch.float32),
        }


def as_row(encoded: EncodedSample, weight: float) -> dict[str, Any]:
    """One row for the collator."""
    return {"input_ids": encoded.input_ids, "labels": encoded.labels, "weight": weight}


def answer_losses(model: torch.nn.Module, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Negative log-likelihood of each answer token (rows × columns, 0 elsewhere), and where these are."""
    labels = batch["labels"]
    longest_answer = int((labels != IGNORED).sum(dim=1).max())
    outputs = model(
        input_ids=batch["input_ids"],
        attention_mask=batch["attention_mask"],
        position_ids=batch["position_ids"],
        use_cache=False,
        logits_to_keep=longest_answer + 1,
    )
    targets = labels[:, -longest_answer:]
    logits = outputs.logits[:, :-1].float()
    losses = cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=IGNORED, reduction="none")
    return losses.view_as(targets), targets != IGNORED


class WeightedTrainer(SFTTrainer):
    """Multiplies the loss of each sample by its weight.

    A batch's training loss is the weighted sum over its answer tokens divided by their number in the whole
    optimizer step, so it does not depend on how the step is divided for the device. The validation loss is
    the unweighted mean per token of each sample, averaged over samples.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # TRL rounds the adapter of a 4-bit base to bfloat16: an optimizer's small steps would be lost in it.
        for parameter in self.model.parameters():
            if parameter.requires_grad:
                parameter.data = parameter.data.float()
        # Makes transformers count the answer tokens of the whole optimizer step and hand the number over.
        self.model_accepts_loss_kwargs = True

    def create_model_card(self, *_: Any, **__: Any) -> None:
        """None: a checkpoint is for going on, and what is published gets a card of its own."""

    def compute_loss(
        self,
        model: torch.nn.Module,
        inputs: Batch,
        return_outputs: bool = False,
        num_items_in_batch: torch.Tensor | None = None,
    ) -> Any:
        losses, is_answer = answer_losses(model, inputs)
        if model.training and num_items_in_batch is not None:
            loss = (losses * inputs["weight"][:, None]).sum() / num_items_in_batch
        else:
            loss = (losses.sum(dim=1) / is_answer.sum(dim=1)).mean()
        return (loss, {}) if return_outputs else loss
