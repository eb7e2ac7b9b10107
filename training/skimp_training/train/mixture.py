"""What the shipped models are trained on: every source, and how often each of its pairs is seen."""

import itertools
import json
import logging
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from skimp_training.train import edits
from skimp_training.train.encoder import embed_texts, fresh_encoder
from skimp_training.train.opposites import (
    guard_opposites,
    opposites_by_word,
    wordnet_opposites,
)
from skimp_training.train.pairs import (
    Pair,
    distinct,
    normalized,
    pair_key,
    read_pairs,
    read_rows,
    without_texts,
    write_rows,
)
from skimp_training.train.streams import read_stream
from skimp_training.train.workplace import TRAINING, Workplace
from skimp_training.train.written import read_written, split_families, written_pairs

_log = logging.getLogger("skimp_training")

PASSES = {
    "same_response": 1.0,
    "natural_pairs": 1.3,
    "pairs_extra": 2.0,
    "medical_pairs": 2.0,
    "written": 2.5,
    "edits": 1.0,
    "intents": 1.0,
    "readings": 1.0,
    "stream": 1.0,
}
"""How often each pair of a group is seen. Groups of which little is known travel best often."""
REFINING_PASSES = {
    "same_response": 0.15,
    "natural_pairs": 0.3,
    "pairs_extra": 0.7,
    "medical_pairs": 2.0,
    "written": 1.5,
    "edits": 0.3,
    "intents": 0.1,
    "readings": 0.3,
    "stream": 0.7,
}
"""The same for the verifier's second training: what travels, and enough of the rest to keep it."""
EDITED_PROMPTS = 14_000
CALIBRATION_SHARE = 0.7
"""Share of the train stream's clusters that no model sees: the risk is fitted on them."""
_MAX_WORDS = 40


@dataclass(frozen=True)
class Mixture:
    """Training pairs by group, and what is held out."""

    groups: dict[str, list[Pair]]
    calibration_clusters: list[int]
    """Clusters of the stream `stream_zipf1.train` that are kept for calibration."""
    written_dev: list[Pair]

    def drawn(self, seed: int, passes: Mapping[str, float] = PASSES) -> list[Pair]:
        """All groups' pairs, each as often as `passes` says; a broken pass is drawn at random."""
        rng = np.random.default_rng(seed)
        found: list[Pair] = []
        for name, pairs in self.groups.items():
            whole, part = divmod(passes[name], 1)
            found += pairs * int(whole)
            drawn = rng.permutation(len(pairs))[: round(part * len(pairs))]
            found += [pairs[int(index)] for index in drawn]
        return found

    def without(self, sources: frozenset[str]) -> "Mixture":
        """The same without the pairs of some sources."""
        kept = {
            name: [pair for pair in pairs if pair.source not in sources]
            for name, pairs in self.groups.items()
        }
        return Mixture(kept, self.calibration_clusters, self.written_dev)


def build_mixture(work: Workplace, wordnet: Path) -> Mixture:
    """Reads, makes and mines all pairs; what calibration needs is in none of them."""
    calibration = split_stream(work)
    held_out = frozenset(
        normalized(arrival.prompt)
        for arrival in read_stream(work.data / "stream_zipf1.train.jsonl.xz")
        if arrival.cluster in calibration
    )
    families, dev_families = split_families(read_written(TRAINING / "written"), work.seed)
    groups = {
        "same_response": read_pairs(work.data, "same_response.train"),
        "natural_pairs": read_pairs(work.data, "natural_pairs.train"),
        "pairs_extra": read_pairs(work.data, "pairs_extra.train"),
        "medical_pairs": read_pairs(work.data, "medical_pairs.train"),
        "written": written_pairs(families, work.seed),
        "edits": edited_pairs(work, wordnet),
        "intents": intent_pairs(work),
        "readings": [*readings(work), *situations(work), *squad_questions(work)],
        "stream": stream_neighbours(work, calibration),
    }
    seen: set[tuple[str, str]] = set()
    for name, pairs in groups.items():
        kept = []
        for pair in distinct(without_texts(pairs, held_out)):
            key = pair_key(pair)
            if key not in seen:
                seen.add(key)
                kept.append(pair)
        groups[name] = kept
        share = sum(pair.label for pair in kept) / max(1, len(kept))
        _log.info("%s: %d pairs, %.0f %% the same", name, len(kept), 100 * share)
    return Mixture(groups, sorted(calibration), written_pairs(dev_families, work.seed))


def split_stream(work: Workplace) -> set[int]:
    """The clusters of the train stream that are kept for calibration."""
    stream = read_stream(work.data / "stream_zipf1.train.jsonl.xz")
    clusters = sorted({arrival.cluster for arrival in stream})
    rng = np.random.default_rng(work.seed)
    drawn = rng.permutation(len(clusters))[: round(CALIBRATION_SHARE * len(clusters))]
    return {clusters[int(index)] for index in drawn}


def stream_neighbours(work: Workplace, calibration: set[int], neighbours: int = 3) -> list[Pair]:
    """What the base model retrieves for the prompts of the stream's other clusters."""
    stream = read_stream(work.data / "stream_zipf1.train.jsonl.xz")
    clusters = {a.prompt: a.cluster for a in stream if a.cluster not in calibration}
    prompts = list(clusters)
    return [
        Pair(prompts[a], prompts[b], float(clusters[prompts[a]] == clusters[prompts[b]]), "stream")
        for a, b, _ in nearest_pairs(work, prompts, neighbours)
    ]


def nearest_pairs(
    work: Workplace, texts: Sequence[str], neighbours: int
) -> list[tuple[int, int, float]]:
    """(index, index of a near other text, base similarity), `neighbours` for each text."""
    vectors = embed_texts(
        fresh_encoder(work.encoder_config, work.encoder_weights), work.tokens, texts
    )
    found: list[tuple[int, int, float]] = []
    for start in range(0, len(texts), 1_000):
        scores = vectors[start : start + 1_000] @ vectors.T
        scores[np.arange(len(scores)), np.arange(start, start + len(scores))] = -2
        nearest = np.argpartition(-scores, neighbours, axis=1)[:, :neighbours]
        for row, others in enumerate(nearest):
            found += [(start + row, int(other), float(scores[row, other])) for other in others]
    return found


def intent_pairs(work: Workplace) -> list[Pair]:
    """Nearest utterances of other intents (different), and Banking77's near ones of one intent.

    One intent is weaker than one response in general; a bank's help answers an intent of
    Banking77 with one text, where the base model already finds the utterances alike.
    """
    rows = list(read_rows(work.data / "intents.train.jsonl.xz"))
    rng = np.random.default_rng(work.seed)
    texts = [row["text"] for row in rows]
    found: list[Pair] = []
    for first, second, similarity in nearest_pairs(work, texts, 4):
        left, right = rows[first], rows[second]
        is_same = left["intent"] == right["intent"] and left["src"] == right["src"]
        if is_same and left["src"] == "banking77" and similarity > 0.75 and rng.random() < 0.4:
            found.append(Pair(left["text"], right["text"], 1.0, "intents/banking77"))
        elif not is_same and similarity > 0.55 and rng.random() < 0.6:
            found.append(Pair(left["text"], right["text"], 0.0, f"intents/{left['src']}"))
    return found


def readings(work: Workplace) -> list[Pair]:
    """Two readings of one ambiguous question, with answers that share nothing: different."""
    found: list[Pair] = []
    for row in read_rows(work.data / "ambignq.train.jsonl.xz"):
        for group in row["multi"]:
            for left, right in itertools.islice(itertools.combinations(group, 2), 2):
                if not _answers(left["a"]) & _answers(right["a"]):
                    found.append(Pair(left["q"], right["q"], 0.0, "ambignq"))
    return found


def _answers(answers: Iterable[str]) -> set[str]:
    return {normalized(answer) for answer in answers}


def situations(work: Workplace) -> list[Pair]:
    """A question at two dates or places with answers that share nothing: different."""
    by_question: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for row in read_rows(work.data / "situatedqa.train.jsonl.xz"):
        by_question[row["id"]].append((row["edited"], _answers(row["a"])))
    found: list[Pair] = []
    for versions in by_question.values():
        for (left, one), (right, other) in itertools.islice(itertools.combinations(versions, 2), 1):
            if not one & other:
                found.append(Pair(left, right, 0.0, "situatedqa"))
    return found


def squad_questions(work: Workplace) -> list[Pair]:
    """SQuAD questions with their rewordings: the same."""
    rows = read_rows(work.data / "squad_para.train.jsonl.xz")
    return [Pair(row["q"], row["q_para"], 1.0, "squad_para") for row in rows]


def edited_pairs(work: Workplace, wordnet: Path) -> list[Pair]:
    """Real prompts with one edit that changes the answer, and with rewordings that do not.

    Both sides of both labels are reworded alike: that a prompt was reworded tells nothing.
    """
    rng = np.random.default_rng(work.seed)
    prompts = plain_prompts(work)
    guard = TRAINING.parent / "src" / "worker" / "cache" / "guards" / "antonym-table.ts"
    opposites = opposites_by_word(guard_opposites(guard) | wordnet_opposites(wordnet))
    names = [match for text in prompts for match in edits.NAME.findall(text)]
    common = [name for name, count in Counter(names).items() if count >= 2]
    kinds: dict[str, edits.Edit] = {
        "opposite": edits.swap_opposite(opposites),
        "number": edits.change_number,
        "direction": edits.swap_direction,
        "negation": edits.negate,
        "name": edits.swap_name(common),
    }
    quota = dict.fromkeys(kinds, EDITED_PROMPTS // len(kinds)) | {"opposite": EDITED_PROMPTS // 3}
    found: list[Pair] = []
    for index in rng.permutation(len(prompts)):
        text = prompts[int(index)]
        for kind in rng.permutation(list(kinds)):
            if quota[kind] == 0:
                continue
            changed = kinds[kind](text, rng)
            if changed is None:
                continue
            quota[kind] -= 1
            plain, reworded = text, edits.reword(text, rng)
            found.append(Pair(plain, edits.reword(changed, rng), 0.0, "edits", str(kind)))
            found.append(Pair(reworded, edits.reword(text, rng), 1.0, "edits", str(kind)))
            break
        if not any(quota.values()):
            break
    return found


def plain_prompts(work: Workplace) -> list[str]:
    """Distinct prompts of the sets that have many and varied ones."""
    texts: list[str] = [row["q"] for row in read_rows(work.data / "qa_open.train.jsonl.xz")]
    texts += [row["text"] for row in read_rows(work.data / "intents.train.jsonl.xz")]
    for name in ("natural_pairs.train", "medical_pairs.train"):
        texts += [pair.first for pair in read_pairs(work.data, name)]
    texts += [row["q"] for row in read_rows(work.data / "squad_para.train.jsonl.xz")]
    clean = (re.sub(r"\s+", " ", text).strip() for text in texts)
    return [text for text in dict.fromkeys(clean) if 3 <= len(text.split()) <= _MAX_WORDS]


def write_calibration_streams(work: Workplace, mixture: Mixture, folder: Path) -> None:
    """The streams that the risk is fitted on, of prompts that no model was trained on.

    `calibration-stream.jsonl`: the train stream's held-out clusters. `calibration-families.jsonl`:
    the written families of dev, shuffled: next to every prompt lies a near miss.
    """
    held_out = set(mixture.calibration_clusters)
    stream = read_stream(work.data / "stream_zipf1.train.jsonl.xz")
    kept = [(arrival.prompt, arrival.cluster) for arrival in stream if arrival.cluster in held_out]
    clusters: dict[str, int] = {}
    for pair in mixture.written_dev:
        for text in (pair.first, pair.second):
            clusters.setdefault(text, len(clusters))
    for pair in mixture.written_dev:
        if pair.label > 0.5:  # one response answers both: one cluster, the lower number
            low, high = sorted((clusters[pair.first], clusters[pair.second]))
            clusters = {text: low if at == high else at for text, at in clusters.items()}
    texts = list(clusters)
    order = np.random.default_rng(work.seed).permutation(len(texts))
    families = [(texts[int(at)], clusters[texts[int(at)]]) for at in order]
    for name, rows in (("calibration-stream", kept), ("calibration-families", families)):
        numbered = (
            {"t": place, "prompt": prompt, "cluster": cluster}
            for place, (prompt, cluster) in enumerate(rows)
        )
        write_rows(folder / f"{name}.jsonl", numbered)


def write_mixture(mixture: Mixture, folder: Path) -> None:
    """One JSON-lines file a group, and what is held out."""
    for name, pairs in {**mixture.groups, "written.dev": mixture.written_dev}.items():
        write_rows(folder / f"{name}.jsonl", map(asdict, pairs))
    held_out = json.dumps(mixture.calibration_clusters)
    (folder / "calibration-clusters.json").write_text(held_out, encoding="utf-8")


def load_mixture(folder: Path) -> Mixture:
    """What `write_mixture` wrote."""

    def read(name: str) -> list[Pair]:
        return [Pair(**row) for row in read_rows(folder / f"{name}.jsonl")]

    clusters = json.loads((folder / "calibration-clusters.json").read_text(encoding="utf-8"))
    return Mixture({name: read(name) for name in PASSES}, clusters, read("written.dev"))
