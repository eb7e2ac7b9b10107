"""The paper's experiment: hard pairs, both losses, three seeds, before and after (2402.01173)."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from transformers import BertModel

from skimp_training.train.embedder import EmbedderConfig, train_embedder
from skimp_training.train.encoder import embed_texts, fresh_encoder, similarities
from skimp_training.train.hard_pairs import balance_by_similarity
from skimp_training.train.loop import write_json
from skimp_training.train.metrics import bootstrap_interval, roc_auc, served_at
from skimp_training.train.pairs import (
    Pair,
    normalized,
    pair_row,
    read_pairs,
    texts_of,
    without_texts,
    write_rows,
)
from skimp_training.train.streams import Arrival, read_stream, score_stream, stream_of_pairs
from skimp_training.train.workplace import Workplace

_log = logging.getLogger("skimp_training")
LOSSES: tuple[Literal["bce", "sld"], ...] = ("bce", "sld")
SEEDS = (0, 1, 2)
TRAIN_PAIRS = 6_000
"""Of the hard pairs, which the paper had 37,382 of: a minute a run on two cores."""
RUNS = 3


@dataclass(frozen=True)
class PaperData:
    """Everything that the runs share."""

    train: list[Pair]
    train_stream: list[Arrival]
    tests: dict[str, list[Pair]]
    stream: list[Arrival]


def hard_subset(work: Workplace, base: BertModel, pairs: list[Pair]) -> list[Pair]:
    """The subset of `pairs` whose labels the base model's similarity does not tell."""
    similarity = similarities(base, work.tokens, [(pair.first, pair.second) for pair in pairs])
    kept = balance_by_similarity([pair.label for pair in pairs], similarity, work.seed)
    return [pairs[index] for index in kept]


def prepare(work: Workplace) -> PaperData:
    """Hard pairs and streams; train pairs that share a text with a train stream are left out."""
    base = fresh_encoder(work.encoder_config, work.encoder_weights)
    hard = hard_subset(work, base, read_pairs(work.data, "same_response.train"))
    train_stream = stream_of_pairs(hard, RUNS, work.seed)
    in_stream = frozenset(normalized(arrival.prompt) for arrival in train_stream)
    rest = without_texts(hard, in_stream)
    rng = np.random.default_rng(work.seed)
    chosen = rng.permutation(len(rest))[:TRAIN_PAIRS]
    tests: dict[str, list[Pair]] = {}
    for name in ("same_response", "natural_pairs"):
        tests[name] = read_pairs(work.data, f"{name}.dev")
        tests[f"{name}, hard"] = hard_subset(work, base, tests[name])
    for name in ("pairs_extra", "medical_pairs"):
        tests[name] = read_pairs(work.data, f"{name}.dev")
    stream = read_stream(work.data / "stream_paper.dev.jsonl.xz")
    _log.info("hard pairs: %d, trained on %d", len(hard), len(chosen))
    return PaperData([rest[int(index)] for index in chosen], train_stream, tests, stream)


def measure(work: Workplace, encoder: BertModel, data: PaperData) -> dict[str, Any]:
    """AUC with interval on each test set, and net efficiency on the streams."""
    found: dict[str, Any] = {"auc": {}}
    for name, pairs in data.tests.items():
        score = similarities(encoder, work.tokens, [(pair.first, pair.second) for pair in pairs])
        label = [pair.label for pair in pairs]
        low, high = bootstrap_interval(score, label, draws=300)
        found["auc"][name] = {
            "pairs": len(pairs),
            "auc": roc_auc(score, label),
            "interval": [low, high],
            "servedAt1": served_at(score, label, 0.01),
            "servedAt5": served_at(score, label, 0.05),
        }
    streams = {}
    for name, stream in (("train", data.train_stream), ("dev", data.stream)):
        vectors = embed_texts(encoder, work.tokens, [arrival.prompt for arrival in stream])
        streams[name] = score_stream(stream, vectors)
    fixed, on_train = streams["train"].best()
    best, on_dev = streams["dev"].best()
    found["stream"] = {
        "best": on_dev,
        "bestThreshold": best,
        "fixed": streams["dev"].at(fixed),
        "fixedThreshold": fixed,
        "onTrain": on_train,
    }
    return found


def run_paper(work: Workplace) -> None:
    """All runs that have no result yet in `build/paper/`."""
    folder = work.build / "paper"
    names = ["base", *(f"{loss}-{seed}" for loss in LOSSES for seed in SEEDS)]
    if all((folder / f"{name}.json").exists() for name in names):
        return
    data = prepare(work)
    work.tokens.add(texts_of(data.train))
    for name in names:
        if (folder / f"{name}.json").exists():
            continue
        config = None
        if name != "base":
            loss, seed = name.split("-")
            config = EmbedderConfig(loss="bce" if loss == "bce" else "sld", seed=int(seed))
        run_training(work, data, config)


def run_training(work: Workplace, data: PaperData, config: EmbedderConfig | None) -> BertModel:
    """One run, or the base where there is no `config`: writes its figures, returns the encoder."""
    name = "base" if config is None else f"{config.loss}-{config.seed}"
    folder = work.build / "paper"
    encoder = fresh_encoder(work.encoder_config, work.encoder_weights)
    result: dict[str, Any] = {}
    if config is not None:
        run = folder / name
        result["training"] = train_embedder(encoder, work.tokens, data.train, config, run)
    result |= measure(work, encoder, data)
    write_json(folder / f"{name}.json", result)
    _log.info("%s: %s", name, json.dumps(result["stream"]))
    return encoder


def write_hard_pairs(work: Workplace, pairs: list[Pair], path: Path) -> dict[str, Any]:
    """Builds the hard subset of `pairs`, writes it as JSON lines, and says what is left."""
    base = fresh_encoder(work.encoder_config, work.encoder_weights)
    hard = hard_subset(work, base, pairs)
    similarity = similarities(base, work.tokens, [(pair.first, pair.second) for pair in hard])
    scored = zip(hard, similarity, strict=True)
    rows = ({**pair_row(pair), "similarity": round(float(score), 6)} for pair, score in scored)
    write_rows(path, rows)
    auc = roc_auc(similarity, [pair.label for pair in hard]) if hard else None
    return {"given": len(pairs), "kept": len(hard), "baseAuc": auc, "file": path.name}
