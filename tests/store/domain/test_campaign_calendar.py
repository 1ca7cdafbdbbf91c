from __future__ import annotations

from datetime import time, timedelta

from store.domain.campaign_pattern import proposed
from tests.support.campaign_patterns import FROST, REACTIVE


def test_an_entry_proposes_a_recurring_campaign_in_the_languages_that_it_has() -> None:
    plan = proposed(FROST)
    assert (plan.rule, plan.at, plan.sure) == (REACTIVE, time(9), False)
    assert plan.facts.texts == {"en": "Frost tonight. Ask {email}.", "pl": "Dziś mróz."}
    assert plan.facts.good_for == timedelta(days=7)
    assert FROST.told == "With the first warning. In the plan: homelessness."
