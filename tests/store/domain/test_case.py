from __future__ import annotations

from itertools import product

import pytest

from store.domain.case import (
    OUTCOME_LABELS,
    STATE_LABELS,
    CaseState,
    Outcome,
    check_closing,
    may,
    next_states,
)
from store.domain.errors import Refusal

# Rows: from; columns, in the same order: to. x = may.
TABLE = """
open              . x . . x x . x
investigating     . . x . x x . x
action_taken      . x . x x x . x
monitoring        . x x . x x . x
waiting_reporter  . x x x . x . x
waiting_partner   . x x x x . . x
reopened          . x . . x x . x
closed            . . . . . . x .
"""
ROWS = {row.split()[0]: row.split()[1:] for row in TABLE.strip().splitlines()}


@pytest.mark.parametrize(("state", "to"), list(product(CaseState, CaseState)))
def test_a_case_moves_as_the_table_says(state: CaseState, to: CaseState) -> None:
    assert may(state, to) == (ROWS[state][list(ROWS).index(to)] == "x")


def test_the_table_names_every_state_in_order() -> None:
    assert list(ROWS) == [state.value for state in CaseState]


def test_moves_on_offer_leave_out_closing_and_reopening() -> None:
    assert next_states(CaseState.OPEN) == (
        CaseState.INVESTIGATING,
        CaseState.WAITING_REPORTER,
        CaseState.WAITING_PARTNER,
    )
    assert next_states(CaseState.CLOSED) == ()


@pytest.mark.parametrize("state", [state for state in CaseState if state is not CaseState.CLOSED])
def test_any_case_but_a_closed_one_closes_with_an_outcome_and_words(state: CaseState) -> None:
    check_closing(state, Outcome.RESOLVED, "The bins are emptied daily now.")
    assert may(state, CaseState.CLOSED)


@pytest.mark.parametrize(
    ("state", "outcome", "words", "key"),
    [
        (CaseState.CLOSED, Outcome.RESOLVED, "Done.", "case.already_closed"),
        (CaseState.CLOSED, None, None, "case.already_closed"),
        (CaseState.OPEN, None, "Done.", "case.close_needs_outcome"),
        (CaseState.OPEN, Outcome.RESOLVED, None, "case.close_needs_words"),
        (CaseState.OPEN, Outcome.RESOLVED, " \n", "case.close_needs_words"),
    ],
)
def test_closing_is_refused_with_the_reason_why(
    state: CaseState, outcome: Outcome | None, words: str | None, key: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        check_closing(state, outcome, words)
    assert refusal.value.key == key


def test_every_state_and_outcome_has_a_label() -> None:
    assert set(STATE_LABELS) == set(CaseState)
    assert set(OUTCOME_LABELS) == set(Outcome)
