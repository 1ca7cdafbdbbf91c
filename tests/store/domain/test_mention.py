from __future__ import annotations

import pytest

from store.domain.mention import MOST_MENTIONED, named_in


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("@dan please, and @Dan. Also (@cleo.hart)", ("dan", "cleo.hart")),
        ("write to dan@example.org or @@dan", ()),
        ("@", ()),
        ("@a", ("a",)),
        ("nobody", ()),
        (" ".join(f"@p{n}" for n in range(40)), tuple(f"p{n}" for n in range(MOST_MENTIONED))),
    ],
)
def test_a_note_names_people_by_their_usernames(note: str, named: tuple[str, ...]) -> None:
    assert named_in(note) == named
