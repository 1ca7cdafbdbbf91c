"""From which score a card is shown: chosen so that few who need it go without."""

from __future__ import annotations

from collections.abc import Sequence

from store.domain.understanding import CONCERN, EMERGENCY, NO_REPORT, URGENCY, Understanding
from tests.training.corpus import Example

EMERGENCY_RECALL = 0.98
CARD_RECALL = 0.92
MOST_ALARMS = {
    EMERGENCY: 0.18,
    "s.suicide_selfharm": 0.04,
    "s.domestic_abuse": 0.04,
    "s.child_at_risk": 0.03,
}
"""How many of the other examples may get a card: more where silence could cost a life."""
MOST_CARD_ALARMS = 0.02
INTENT_PRECISION = 0.95
GRID = [n / 50 for n in range(-50, 51)]
LABELS = (EMERGENCY, *(CONCERN + card for card in URGENCY[1:]))
Read = Sequence[tuple[Example, dict[str, float]]]


def read_all(models: Sequence[tuple[Understanding, Sequence[Example]]]) -> Read:
    """Return every example with the scores of a model that has not seen it."""
    return [(e, model.linear.read(e.text)) for model, held in models for e in held]


def choose(read: Read) -> dict[str, float]:
    """Return the threshold of each card and of "this is no report"."""
    found = {label: _card(read, label) for label in LABELS}
    return found | {NO_REPORT: _intent(read)}


def _wanted(example: Example, label: str) -> bool:
    return bool(example.emergency) if label == EMERGENCY else label in example.codes


def _card(read: Read, label: str) -> float:
    """Return the highest threshold that reaches the recall, or the lowest with few enough alarms."""
    yes = sorted(p[label] for e, p in read if _wanted(e, label))
    no = sorted(p[label] for e, p in read if not _wanted(e, label))
    recall = EMERGENCY_RECALL if label == EMERGENCY else CARD_RECALL
    for_recall = yes[int((1 - recall) * len(yes))] if yes else 0.0
    alarms = MOST_ALARMS.get(label, MOST_CARD_ALARMS)
    for_quiet = no[min(len(no) - 1, int((1 - alarms) * len(no)))]
    return round(max(for_recall, for_quiet), 3)


def _intent(read: Read) -> float:
    """Return the lowest threshold at which what is called no report hardly ever is one."""
    said = []
    for example, likely in read:
        best = max((code for code in likely if code != EMERGENCY), key=likely.__getitem__)
        if best.startswith(NO_REPORT):
            said.append((likely[best], example.codes[0].startswith(NO_REPORT)))
    for threshold in GRID:
        kept = [right for score, right in said if score >= threshold]
        if kept and sum(kept) / len(kept) >= INTENT_PRECISION:
            return threshold
    return GRID[-1]
