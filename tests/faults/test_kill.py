"""kill -9 at random moments: nothing that a person said is lost, and nothing happens twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.killing import kill_often

REPORTS = 30
KILLS = 5


@pytest.mark.timeout(180)
async def test_five_kills_lose_no_report_and_double_none(database_url: str, tmp_path: Path) -> None:
    outcome = await kill_often(tmp_path, database_url, kills=KILLS, reports=REPORTS, seed=20)
    assert outcome.stored == REPORTS
    assert outcome.told == REPORTS, "each person sees the reference of each of their reports"
    assert (outcome.parked, outcome.waiting, outcome.refused) == (0, 0, 0)
    status, said = outcome.audit
    assert status == 0, said
    assert "In order" in said
