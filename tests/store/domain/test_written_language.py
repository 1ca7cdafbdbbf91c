from __future__ import annotations

import pytest

from store.domain.written_language import written_in


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Every night they play loud music and nobody can sleep in our street.", "en"),
        ("stop spamming me about drop ins, take me off, bye", "en"),
        ("Codziennie w nocy głośna muzyka u sąsiada, nie możemy spać, dzieci płaczą.", "pl"),
        ("pod sklepem w margate codziennie pija i krzycza na ludzi, boje sie tam chodzic", "pl"),
        ("În fiecare noapte vecinul de sus ascultă muzică foarte tare și nu putem dormi.", "ro"),
        ("vecinii fac scandal in fiecare noapte si nu putem sa dormim", "ro"),
        ("Každou noc pouští soused hlasitou hudbu a nemůžeme spát, děti pláčou.", "cs"),
        ("kazdou noc tady nekdo krici a jeste se perou, jsem z toho nemocny", "cs"),
        ("Každú noc púšťa sused hlasnú hudbu a nemôžeme spať, už sme volali políciu.", "sk"),
        ("kazdu noc tu niekto krici a este sa biju, som z toho chory", "sk"),
        ("Щоночі сусід вмикає гучну музику, і ми не можемо спати.", "uk"),
    ],
)
def test_a_text_of_some_length_tells_its_language_with_or_without_its_accents(
    text: str, language: str
) -> None:
    assert written_in(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tak",
        "Dziękuję bardzo, do widzenia",
        "Dreamland, Margate, CT9 1XJ, Marine Terrace",
        "Каждую ночь сосед включает громкую музыку, мы не спим",
        "дома на улице стоят машины людей",
        "Der Nachbar macht jede Nacht sehr laute Musik und wir schlafen nicht",
        "Lads on bikes every night by the shop. Boje sie tam chodzic, prosze o pomoc w nocy",
    ],
)
def test_short_mixed_and_other_texts_give_no_guess(text: str) -> None:
    assert written_in(text) is None
