from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_conversation_benchmark_runs_and_loses_nothing(tmp_path: Path) -> None:
    found = tmp_path / "figures.json"
    command = [sys.executable, "-m", "tests.benchmarks", "conversation", "--quick", "--bots", "ours"]
    ran = subprocess.run(
        [*command, "--json", str(found)], cwd=ROOT, capture_output=True, text=True, timeout=50, check=False
    )
    assert ran.returncode == 0, ran.stderr
    ours = json.loads(found.read_text())[0]["ours"]
    assert ours["updates"] == 224
    assert (ours["loss"]["lost"], ours["loss"]["forms_lost"]) == (0, 0)
