from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_the_sending_benchmark_runs_and_our_campaign_is_whole(tmp_path: Path) -> None:
    found = tmp_path / "figures.json"
    command = [sys.executable, "-m", "tests.benchmarks", "sending", "--bots", "campaign"]
    small = ["--recipients", "90", "--parts", "kills,replies,million", "--talk-seconds", "4"]
    few = ["--while-talking", "300", "--subscribers", "3000", "--databases", "sqlite", "--json", str(found)]
    subprocess.run([*command, *small, *few], cwd=ROOT, capture_output=True, timeout=110, check=False)
    told = json.loads(found.read_text())
    [ours] = told["kills"]
    assert (ours["untried"], ours["twice"], ours["refused"]) == (0, 0, 0)
    assert ours["worst_window"] <= 30
    assert ours["lost"] <= ours["uncertain"] < 30
    [waits] = told["replies"]
    assert (waits["messages"], waits["refused"]) == (20, 0)
    assert [one["rows"] for one in told["million"]] == [3_000]


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
