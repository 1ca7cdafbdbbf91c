"""What is folded away on a small screen: a quotation that the messenger opens at a tap."""

from __future__ import annotations

from typing import Any

from store.domain.delivery import units
from store.domain.safety_text import FOLD, UNFOLD


def message_text(text: str) -> dict[str, Any]:
    """Return the parameters `text` and, where something is folded, `entities` of a message.

    A mark without its other half, left by cutting a long text, folds up to the end of the text.
    """
    if FOLD not in text and UNFOLD not in text:
        return {"text": text}
    plain, entities = "", []
    opened, *folded = text.split(FOLD)
    head, _, rest = opened.rpartition(UNFOLD)
    if head:
        entities.append(_quotation(0, head))
    plain = head + rest
    for part in folded:
        inside, _, after = part.partition(UNFOLD)
        if inside.strip():
            entities.append(_quotation(units(plain), inside))
        plain += inside + after
    return {"text": plain, "entities": entities}


def _quotation(offset: int, text: str) -> dict[str, Any]:
    return {"type": "expandable_blockquote", "offset": offset, "length": units(text)}
