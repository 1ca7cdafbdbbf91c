"""Number plates of vehicles registered in the United Kingdom, as people type them.

Shapes: current (AB12 CDE, since 2001), prefix (A123 BCD, 1983 to 2001) and suffix (ABC 123D, 1963
to 1983); the letters I and Q do not stand in the first two places of a current plate, nor Z there.
"""

from __future__ import annotations

import re

from store.domain.understood import Found

_EDGE = r"(?<![^\W_])(?:{})(?![^\W_])"
_CURRENT = re.compile(_EDGE.format(r"([A-HJ-PR-Y]{2}[0-9]{2})[ -]?([A-HJ-PR-Z]{3})"), re.IGNORECASE)
_PREFIX = re.compile(_EDGE.format(r"([A-HJ-NPR-TV-Y][0-9]{1,3}) ?([A-HJ-PR-Y][A-HJ-PR-Z]{2})"), re.IGNORECASE)
_SUFFIX = re.compile(_EDGE.format(r"([A-HJ-PR-Z]{3}) ?([0-9]{1,3}[A-HJ-NPR-TV-Y])"), re.IGNORECASE)


def find_plate(text: str) -> Found | None:
    """Return the first number plate in a text, as written and as `AB12 CDE`; None without one."""
    for shape in (_CURRENT, _PREFIX, _SUFFIX):
        for match in shape.finditer(text):
            if _is_a_plate(match, strict=shape is not _CURRENT):
                return Found(match.group(), f"{match.group(1)} {match.group(2)}".upper())
    return None


def _is_a_plate(match: re.Match[str], *, strict: bool) -> bool:
    """Tell a plate in one of the old shapes from words ("the 24h", "b12 for")."""
    return not strict or match.group() == match.group().upper()
