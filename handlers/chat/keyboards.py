"""How buttons are laid out."""

from __future__ import annotations

from collections.abc import Sequence

from notifications.buttons import Button

SHORT_LABEL = 14


def stacked(buttons: Sequence[Button]) -> list[list[Button]]:
    """Lay buttons out: two in a row where every label is short, else one."""
    columns = 2 if all(len(label) <= SHORT_LABEL for label, _ in buttons) else 1
    return [list(buttons[i : i + columns]) for i in range(0, len(buttons), columns)]
