"""The mixture of training pairs, and what it holds out."""

import json
import lzma
from pathlib import Path
from types import SimpleNamespace

from skimp_training.train.mixture import (
    PASSES,
    Mixture,
    load_mixture,
    split_stream,
    write_calibration_streams,
    write_mixture,
)
from skimp_training.train.pairs import Pair, distinct, normalized, without_texts


def mixture() -> Mixture:
    groups = {name: [Pair(f"{name} {i}", "x", 1.0, name) for i in range(40)] for name in PASSES}
    dev = [Pair("a", "b", 1.0, "w"), Pair("b", "c", 1.0, "w"), Pair("a", "d", 0.0, "w")]
    return Mixture(groups, [1, 3], dev)


def test_a_group_is_drawn_as_often_as_its_passes_say() -> None:
    passes = dict.fromkeys(PASSES, 0.0) | {"written": 2.5, "edits": 0.25}
    drawn = mixture().drawn(0, passes)
    sources = [pair.source for pair in drawn]
    assert (sources.count("written"), sources.count("edits"), len(drawn)) == (100, 10, 110)


def test_sources_can_be_left_out() -> None:
    left = mixture().without(frozenset({"written"}))
    assert left.groups["written"] == []
    assert len(left.groups["edits"]) == 40


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_mixture(mixture(), tmp_path)
    assert load_mixture(tmp_path) == mixture()


def test_calibration_streams_hold_what_no_model_sees(tmp_path: Path) -> None:
    rows = [{"t": i, "prompt": f"p{i}", "cluster": i % 5} for i in range(50)]
    with lzma.open(tmp_path / "stream_zipf1.train.jsonl.xz", "wt") as lines:
        lines.writelines(f"{json.dumps(row)}\n" for row in rows)
    work = SimpleNamespace(data=tmp_path, seed=0)
    assert len(split_stream(work)) == round(0.7 * 5)  # type: ignore[arg-type]
    write_calibration_streams(work, mixture(), tmp_path)  # type: ignore[arg-type]
    stream = [json.loads(x) for x in (tmp_path / "calibration-stream.jsonl").open()]
    assert {row["cluster"] for row in stream} == {1, 3}
    assert len(stream) == 20
    families = {
        row["prompt"]: row["cluster"]
        for row in map(json.loads, (tmp_path / "calibration-families.jsonl").open())
    }
    assert families["a"] == families["b"] == families["c"] != families["d"]


def test_pairs_that_touch_held_out_prompts_go() -> None:
    pairs = [Pair("What  is IT", "y", 1.0, "s"), Pair("q", "r", 0.0, "s")]
    assert without_texts(pairs, frozenset({normalized("what is it")})) == pairs[1:]


def test_a_pair_counts_once_in_either_order() -> None:
    pairs = [Pair("A", "b", 1.0, "s"), Pair("b", "a", 0.0, "t"), Pair("a", "A ", 1.0, "s")]
    assert distinct(pairs) == pairs[:1]
