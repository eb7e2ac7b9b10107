"""The format of written prompt families, and that all of them keep to it."""

from pathlib import Path

import numpy as np
import pytest

from skimp_training.train.written import (
    family_pairs,
    read_families,
    read_written,
    split_families,
    written_pairs,
)

_WRITTEN = Path(__file__).resolve().parent.parent / "written"
_BLOCK = """## direction files
A Copy a file from the server to my laptop
A how do I download one document off the machine
B Copy a file from my laptop to the server
B upload one
"""


def test_letters_make_the_labels(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(_BLOCK, encoding="utf-8")
    (family,) = read_families(path)
    assert (family.kind, family.domain, family.file) == ("direction", "files", "some")
    pairs = family_pairs(family, np.random.default_rng(0), ratio=2.0)
    assert sorted(pair.label for pair in pairs) == [0.0] * 4 + [1.0] * 2
    side = {prompt: letter for letter, prompts in family.prompts.items() for prompt in prompts}
    assert all((side[p.first] == side[p.second]) == (p.label == 1.0) for p in pairs)


def test_the_nearest_misses_are_kept_when_not_all_are() -> None:
    families = read_written(_WRITTEN)
    family = next(f for f in families if len(f.prompts) >= 3)
    few = family_pairs(family, np.random.default_rng(0), ratio=0.01)
    assert sum(pair.label == 0.0 for pair in few) <= 1


@pytest.mark.parametrize(
    "text", ["A no header\nB x", "## one letter\nA x\nA y", "## k d\nA x\nb y"]
)
def test_a_broken_block_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="not a block"):
        list(read_families(path))


def test_what_is_written_is_whole_and_split_without_overlap() -> None:
    families = read_written(_WRITTEN)
    assert len(families) > 2_000
    train, dev = split_families(families, seed=0)
    assert len(train) + len(dev) == len(families)
    assert 0.05 < len(dev) / len(families) < 0.15
    share = np.mean([pair.label for pair in written_pairs(train, seed=0)])
    assert 0.3 < share < 0.5
