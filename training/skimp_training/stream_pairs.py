"""Candidate pairs as a cache meets them: each prompt with its nearest earlier prompt."""

import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import onnxruntime as ort
from tokenizers import Tokenizer

from skimp_training.embedding import Vectors, embed_with_graph
from skimp_training.tokenizer import encode


@dataclass(frozen=True)
class Arrival:
    """One prompt of a stream; prompts of one cluster may share an answer."""

    prompt: str
    cluster: int


@dataclass(frozen=True)
class CandidatePair:
    """The nearest earlier prompt of an arrival, and whether its answer would have been right."""

    similarity: float
    label: int
    """1 when both prompts belong to one cluster, else 0."""
    guard: str | None = None
    """Name of the guard that refused the pair; such a pair is never served."""


def read_stream(path: Path) -> list[Arrival]:
    """The arrivals of an xz-compressed JSON-lines stream, in order."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Arrival(row["prompt"], row["cluster"]) for row in rows]


def first_occurrences(stream: Iterable[Arrival]) -> list[Arrival]:
    """Arrivals whose exact prompt has not been seen: an exact repeat never reaches the vectors."""
    seen: dict[str, Arrival] = {}
    for arrival in stream:
        seen.setdefault(arrival.prompt, arrival)
    return list(seen.values())


def nearest_earlier(vectors: Vectors) -> Iterator[tuple[int, int, float]]:
    """(index, index of nearest earlier vector, similarity) for each unit vector but the first."""
    for index in range(1, len(vectors)):
        similarity = vectors[:index] @ vectors[index]
        nearest = int(similarity.argmax())
        yield index, nearest, float(similarity[nearest])


def candidate_pairs(arrivals: list[Arrival], vectors: Vectors) -> list[CandidatePair]:
    """Pairs in order of arrival; `vectors` are unit length, (arrivals, dims)."""
    return [
        CandidatePair(
            similarity=round(similarity, 6),
            label=int(arrivals[index].cluster == arrivals[nearest].cluster),
        )
        for index, nearest, similarity in nearest_earlier(vectors)
    ]


def embed_arrivals(
    arrivals: list[Arrival], session: ort.InferenceSession, tokenizer: Tokenizer
) -> Vectors:
    """Unit vectors (arrivals, dims)."""
    return embed_with_graph(session, encode(tokenizer, [arrival.prompt for arrival in arrivals]))


def write_pairs(pairs: Iterable[CandidatePair], path: Path) -> None:
    """One JSON object a line: `{"similarity": number, "label": 0 | 1, "guard": string | null}`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(asdict(pair)) for pair in pairs)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read_pairs(path: Path) -> list[CandidatePair]:
    """Pairs from a file as `write_pairs` makes it; a missing `guard` means none.

    Raises:
        ValueError: a label is neither 0 nor 1, or a similarity is not from -1 to 1.
    """
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        pair = CandidatePair(float(row["similarity"]), row["label"], row.get("guard"))
        if pair.label not in (0, 1) or not -1.001 <= pair.similarity <= 1.001:
            message = f"{path}:{number}: needs a label of 0 or 1 and a cosine similarity"
            raise ValueError(message)
        pairs.append(pair)
    return pairs
