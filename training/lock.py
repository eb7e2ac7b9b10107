"""Writes requirements.lock: every package that pyproject.toml needs, by version and sha256.

Run `python lock.py` after a change of pyproject.toml. pip resolves; nothing is installed.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parent
_HEADER = """\
# CPython 3.11 on x86-64 Linux. Written by lock.py; install with
#   pip install --require-hashes -r requirements.lock
# torch is the CPU wheel (2.13.0+cpu), which needs no CUDA packages. The default index's wheel of
# that version wants them, and pip would prefer it if its hash were listed too: point pip at the
# CPU wheel with --find-links FOLDER, or at PyTorch's CPU index.
"""


def resolve(requirements: list[str]) -> list[dict[str, Any]]:
    """What pip would install into an empty environment."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.json"
        pip = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "-q"]
        subprocess.run([*pip, "--report", str(report), *requirements], check=True)
        install: list[dict[str, Any]] = json.loads(report.read_bytes())["install"]
    return install


def lock_entry(item: dict[str, Any]) -> str:
    """One requirement without its local version label (`+cpu`), which only some indexes carry."""
    name = item["metadata"]["name"].lower().replace("_", "-")
    version = item["metadata"]["version"].split("+")[0]
    sha256 = item["download_info"]["archive_info"]["hashes"]["sha256"]
    return f"{name}=={version} \\\n    --hash=sha256:{sha256}"


def main() -> None:
    """Resolves pyproject.toml with its dev extra and writes the lock beside it."""
    project = tomllib.loads((_FOLDER / "pyproject.toml").read_text())["project"]
    installed = resolve([*project["dependencies"], *project["optional-dependencies"]["dev"]])
    entries = sorted(lock_entry(item) for item in installed)
    (_FOLDER / "requirements.lock").write_text(_HEADER + "\n".join(entries) + "\n")


if __name__ == "__main__":
    main()
