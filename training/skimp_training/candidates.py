"""Candidate pairs as a cache meets them: each prompt with its nearest earlier prompts."""

import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from skimp_training.embedding import Vectors, embed_with_graph
from skimp_training.tokenizer import encode_texts

_DIGITS = 6


@dataclass(frozen=True)
class Arrival:
    """One prompt of a stream; prompts of one cluster may share an answer."""

    id: str
    prompt: str
    cluster: int


@dataclass(frozen=True)
class Candidate:
    """Indices of an arrival and of one near earlier prompt, and their cosine similarity."""

    arrival: int
    earlier: int
    similarity: float


def read_runs(path: Path, run_field: str) -> list[list[Arrival]]:
    """The arrivals of a JSON-lines stream (xz or plain) in order, one list for each fresh cache.

    `run_field` names the field by which rows belong to a cache; rows without it share one.
    """
    runs: dict[Any, list[Arrival]] = {}
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            run = runs.setdefault(row.get(run_field), [])
            run.append(
                Arrival(f"{row.get(run_field, 0)}-{len(run)}", row["prompt"], row["cluster"])
            )
    return list(runs.values())


def first_occurrences(run: Iterable[Arrival]) -> list[Arrival]:
    """Arrivals whose exact prompt has not been seen: an exact repeat never reaches the vectors."""
    seen: dict[str, Arrival] = {}
    for arrival in run:
        seen.setdefault(arrival.prompt, arrival)
    return list(seen.values())


def nearest_earlier(vectors: Vectors, count: int) -> Iterator[Candidate]:
    """The `count` nearest earlier vectors of each unit vector, nearest first: (arrivals, dims)."""
    for index in range(1, len(vectors)):
        similarity = vectors[:index] @ vectors[index]
        for earlier in np.argsort(-similarity, kind="stable")[:count]:
            yield Candidate(index, int(earlier), round(float(similarity[earlier]), _DIGITS))


def candidate_rows(
    arrivals: list[Arrival], vectors: Vectors, stream: tuple[str, int]
) -> Iterator[dict[str, Any]]:
    """Rows for `npm run score-pairs`; `stream` is its name and the candidates of an arrival."""
    name, count = stream
    for candidate in nearest_earlier(vectors, count):
        arrival, earlier = arrivals[candidate.arrival], arrivals[candidate.earlier]
        yield {
            "q1": earlier.prompt,
            "q2": arrival.prompt,
            "label": int(arrival.cluster == earlier.cluster),
            "arrival": arrival.id,
            "stream": name,
            "similarity": candidate.similarity,
        }


def embed_arrivals(
    arrivals: list[Arrival], session: ort.InferenceSession, tokenizer: Tokenizer
) -> Vectors:
    """Unit vectors (arrivals, dims).

    One prompt a run: an int8 product has one scale for its whole input, so that in a batch a
    prompt's vector would depend on its neighbours, as it never does in the page.
    """
    return embed_with_graph(session, encode_texts(tokenizer, (a.prompt for a in arrivals)))


def write_rows(rows: Iterable[dict[str, Any]], path: Path) -> int:
    """One JSON object a line; returns how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count
