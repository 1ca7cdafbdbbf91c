"""Whatever people do, in whatever order, across restarts: nothing is lost, doubled or a dead end."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.support.any_way import SCRIPTS, Script, drive
from tests.support.form import SEND, data_of, start
from tests.support.ledger import kept
from tests.support.town import Town


@pytest.mark.timeout(600)
@settings(
    max_examples=10,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(script=SCRIPTS)
async def test_nothing_is_lost_or_doubled_and_no_screen_is_a_dead_end(own_town: Town, script: Script) -> None:
    await drive(own_town, script)


@pytest.mark.parametrize("times", [2, 5])
async def test_sending_twice_makes_one_report(town: Town, times: int) -> None:
    shown = await start(town.ada, "review", group="other")
    data = next(data for data in data_of(shown) if data.endswith(SEND))
    for _ in range(times):
        town.ada.tap_data(data, shown.id)
    await town.settled()
    assert len((await town.house.read(kept, town.ada.id)).references) == 1
