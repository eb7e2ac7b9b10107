"""What a policy rests on is told once, however often it rests on it."""

from pathlib import Path
from typing import Any

import pytest

from skimp_training.compress.provenance import describe_policy, last_seed
from skimp_training.train.loop import write_json


def write(build: Path, name: str, described: dict[str, Any], file: str = "training.json") -> None:
    (build / name).mkdir(exist_ok=True)
    write_json(build / name / file, described)


def test_every_part_is_told_once_and_the_first_first(tmp_path: Path) -> None:
    write(tmp_path, "first", {"steps": 9, "config": {"seed": 1}})
    write(tmp_path, "second", {"steps": 5, "config": {"seed": 2}, "onto": "first"})
    write(tmp_path, "mean", {"meanOf": ["second", "first"]})
    write(tmp_path, "start", {"graft": {"onto": "mean", "before": "first", "after": "second"}})
    config = {"seed": 7, "origin": "mean", "start": "start"}
    curve = [{"step": 3, "seconds": 40, "reward": -1.0}]
    write(tmp_path, "rl", {"config": config, "gains": 80, "curve": curve}, "curve.json")
    found = describe_policy(tmp_path, "rl")
    assert list(found) == ["first", "second", "mean", "start", "rl"]
    assert found["rl"]["steps"] == 3
    assert found["rl"]["textsWithGains"] == 80
    assert "curve" not in found["rl"]
    assert last_seed(found) == 7
    assert last_seed(describe_policy(tmp_path, "start")) == 2


def test_a_restored_policy_rests_on_what_its_manifest_tells(tmp_path: Path) -> None:
    trained = {"first": {"config": {"seed": 4}}, "rl": {"meanOf": ["first"]}}
    write(tmp_path, "restored", {"restored": "89ff", "of": "rl", "training": trained})
    write(tmp_path, "mean", {"meanOf": ["restored"]})
    found = describe_policy(tmp_path, "mean")
    assert list(found) == ["first", "rl", "restored", "mean"]
    assert found["restored"] == {"restored": "89ff", "of": "rl"}
    assert last_seed(found) == 4


def test_a_policy_that_does_not_tell_is_refused(tmp_path: Path) -> None:
    (tmp_path / "step-60").mkdir()
    write(tmp_path, "mean", {"meanOf": ["step-60"]})
    with pytest.raises(FileNotFoundError):
        describe_policy(tmp_path, "mean")
