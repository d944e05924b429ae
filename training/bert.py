"""BERT of MiniLM's size in plain torch: published weights, mean and maximum pooling, one linear layer on top.

Attention is written out, because torch's own kernel is slower on a processor without matrix units.
"""

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, WIDE = 384, 12, 6, 1536
# What a model file calls the parts of a layer, and what they are called here.
_PARTS = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "out_norm",
    "intermediate.dense": "wide",
    "output.dense": "narrow",
    "output.LayerNorm": "narrow_norm",
}
_FAR = -1e4


class Layer(nn.Module):
    """One transformer block, normalized after each sum."""

    def __init__(self) -> None:
        """Make its eight parts; weights come later."""
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.wide, self.narrow = nn.Linear(WIDTH, WIDE), nn.Linear(WIDE, WIDTH)
        self.out_norm, self.narrow_norm = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))

    def forward(self, seen: Tensor, hidden: Tensor | None) -> Tensor:
        """Let every place look at all places that `hidden` does not push away."""
        query, key, value = (_split(part(seen)) for part in (self.query, self.key, self.value))
        near = query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        mixed = (near if hidden is None else near + hidden[:, None, None]).softmax(-1) @ value
        seen = self.out_norm(seen + self.out(mixed.transpose(1, 2).flatten(2)))
        return self.narrow_norm(seen + self.narrow(functional.gelu(self.wide(seen))))


class Bert(nn.Module):
    """Token ids to one logit a target. Without lengths it reads one text, as the shipped file does."""

    def __init__(self, weights: Mapping[str, Tensor], targets: int, longest: int) -> None:
        """Take published weights; only the last layer is new."""
        super().__init__()
        words = weights["embeddings.word_embeddings.weight"]
        self.words, self.places = nn.Embedding(*words.shape), nn.Embedding(longest, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = nn.Linear(2 * WIDTH, targets)
        self.drop = nn.Dropout(0.1)
        # There is one kind of segment here, so its vector is added to that of every place.
        places = weights["embeddings.position_embeddings.weight"][:longest]
        kind = weights["embeddings.token_type_embeddings.weight"][0]
        mine = {"words.weight": words, "places.weight": places + kind}
        mine |= {f"norm.{half}": weights[f"embeddings.LayerNorm.{half}"] for half in ("weight", "bias")}
        for at in range(LAYERS):
            for theirs, ours in _PARTS.items():
                for half in ("weight", "bias"):
                    mine[f"layers.{at}.{ours}.{half}"] = weights[f"encoder.layer.{at}.{theirs}.{half}"]
        left = self.load_state_dict(mine, strict=False)
        if left.unexpected_keys or left.missing_keys != ["head.weight", "head.bias"]:
            raise ValueError("these are not the weights of a small BERT")

    def forward(self, ids: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Return the logits of each text."""
        place = torch.arange(ids.shape[1])
        seen = self.norm(self.words(ids) + self.places(place))
        real = None if lengths is None else place[None] < lengths[:, None]
        hidden = None if real is None else (~real).to(seen.dtype) * _FAR
        for layer in self.layers:
            seen = layer(seen, hidden)
        if real is None or hidden is None or lengths is None:
            mean, most = seen.mean(1), seen.amax(1)
        else:
            mean = (seen * real[..., None]).sum(1) / lengths[:, None]
            most = (seen + hidden[..., None]).amax(1)
        return self.head(self.drop(torch.cat([mean, most], 1)))


def _split(seen: Tensor) -> Tensor:
    """Give each head its stretch of the width."""
    return seen.unflatten(-1, (HEADS, WIDTH // HEADS)).transpose(1, 2)
