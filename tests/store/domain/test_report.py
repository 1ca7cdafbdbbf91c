from __future__ import annotations

from itertools import product

import pytest

from store.domain.case import CaseState
from store.domain.errors import Refusal
from store.domain.report import (
    REASON_LABELS,
    REASONS,
    STATE_LABELS,
    ClosedReason,
    PlainStatus,
    ReportState,
    check_ending,
    may,
    plain_status,
)

ENDED = (ReportState.SIGNPOSTED, ReportState.REJECTED, ReportState.WITHDRAWN)


@pytest.mark.parametrize(("state", "to"), list(product(ReportState, ReportState)))
def test_a_waiting_report_moves_anywhere_and_what_staff_ended_goes_back(
    state: ReportState, to: ReportState
) -> None:
    decided = state is ReportState.WAITING and to is not ReportState.WAITING
    again = state in {ReportState.SIGNPOSTED, ReportState.REJECTED} and to is ReportState.WAITING
    assert may(state, to) == (decided or again)


@pytest.mark.parametrize("end", ENDED)
def test_an_end_needs_one_of_its_own_reasons(end: ReportState) -> None:
    for reason in ClosedReason:
        if reason in REASONS[end]:
            check_ending(ReportState.WAITING, end, reason)
        else:
            with pytest.raises(Refusal, match=r"report\.needs_reason"):
                check_ending(ReportState.WAITING, end, reason)
    with pytest.raises(Refusal, match=r"report\.needs_reason"):
        check_ending(ReportState.WAITING, end, None)


def test_a_report_already_decided_is_not_ended_again() -> None:
    with pytest.raises(Refusal) as refusal:
        check_ending(ReportState.IN_CASE, ReportState.REJECTED, ClosedReason.NOT_ASB)
    assert (refusal.value.key, refusal.value.values) == ("report.already_decided", {"state": "in_case"})


@pytest.mark.parametrize("to", [ReportState.WAITING, ReportState.IN_CASE])
def test_going_into_a_case_is_no_end(to: ReportState) -> None:
    with pytest.raises(Refusal, match=r"report\."):
        check_ending(ReportState.WAITING, to, ClosedReason.NOT_ASB)


@pytest.mark.parametrize("case_state", [None, *CaseState])
def test_outside_a_case_the_report_alone_decides_the_plain_word(case_state: CaseState | None) -> None:
    assert plain_status(ReportState.WAITING, case_state) is PlainStatus.RECEIVED
    assert plain_status(ReportState.WAITING, case_state, taken=True) is PlainStatus.BEING_LOOKED_AT
    assert {plain_status(end, case_state) for end in ENDED} == {PlainStatus.CLOSED}


@pytest.mark.parametrize(
    ("case_state", "word"),
    [
        (None, PlainStatus.BEING_LOOKED_AT),
        (CaseState.OPEN, PlainStatus.BEING_LOOKED_AT),
        (CaseState.INVESTIGATING, PlainStatus.BEING_LOOKED_AT),
        (CaseState.WAITING_REPORTER, PlainStatus.BEING_LOOKED_AT),
        (CaseState.WAITING_PARTNER, PlainStatus.BEING_LOOKED_AT),
        (CaseState.REOPENED, PlainStatus.BEING_LOOKED_AT),
        (CaseState.ACTION_TAKEN, PlainStatus.ACTION_UNDER_WAY),
        (CaseState.MONITORING, PlainStatus.ACTION_UNDER_WAY),
        (CaseState.CLOSED, PlainStatus.CLOSED),
    ],
)
def test_in_a_case_the_case_decides_the_plain_word(case_state: CaseState | None, word: PlainStatus) -> None:
    assert plain_status(ReportState.IN_CASE, case_state) is word


def test_every_state_and_reason_has_a_label_and_every_reason_a_use() -> None:
    assert set(STATE_LABELS) == set(REASONS) == set(ReportState)
    assert set(REASON_LABELS) == set(ClosedReason) == {reason for some in REASONS.values() for reason in some}
