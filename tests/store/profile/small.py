"""A made-up profile folder: the least that loads, to be broken one thing at a time."""

from __future__ import annotations

from pathlib import Path

from store.domain.reference import LANGUAGES
from store.profile.check import SAFETY_CARDS


def said(words: str, languages: tuple[str, ...] = LANGUAGES) -> str:
    """An inline table with the same words in each language."""
    return "{ " + ", ".join(f'{language} = "{words}"' for language in languages) + " }"


CATEGORY = f"""
[[categories]]
code = "street.cows"
group = "street"
label = {said("Cows")}
lead = "council"
partners = ["council"]
home_office_type = "nuisance"
priority = "P3"
record_type = "asb"
priority_rules = [{{ question = "loose", answer = "yes", priority = "P1" }}]

[[categories.questions]]
code = "loose"
kind = "yes_no"
text = {said("Are they loose?")}

[[categories.questions]]
code = "colour"
kind = "choice"
text = {said("What colour?")}
choices = [{{ code = "brown", label = {said("Brown")} }}, {{ code = "white", label = {said("White")} }}]
"""

FILES = {
    "district": """
[district]
code = "E1"
name = "Smallmouth"
partnership = "Smallmouth Safety"
council = "Smallmouth Council"
email = "safety@smallmouth.example"
box = [1, 51, 2, 52]
outside_km = 1
attribution = "None."
""",
    "groups": f'[[groups]]\ncode = "street"\nlabel = {said("Street")}\n',
    "categories": CATEGORY,
    "record_types": '[[record_types]]\ncode = "asb"\nlabel = "ASB"\n\n'
    '[[record_types]]\ncode = "fpn"\nlabel = "FPN"\nstaff_only = true\n',
    "partners": '[[partners]]\ncode = "council"\nname = "Smallmouth Council"\nkind = "council"\n',
    "contacts": '[[contacts]]\ncode = "council"\nname = "Council"\nphone = "01"\nverified_on = 2026-01-02\n',
    "projects": f'[[projects]]\ncode = "fence"\nname = "Fence"\nsummary = {said("A fence.")}\n',
    "areas": '[[areas]]\ncode = "north"\nname = "North"\n',
    "wards": '[[wards]]\ncode = "W1"\nname = "Hill"\narea = "north"\nlat = 51.5\nlon = 1.5\n'
    "box = [1.4, 51.4, 1.6, 51.6]\nvalid_from = 2013-01-01\n",
    "places": '[[places]]\nname = "The pump"\n',
    "neighbours": '[[neighbours]]\nname = "Bigmouth Council"\nlat = 52.0\nlon = 1.0\n',
    "targets": "".join(
        f'[[targets]]\npriority = "P{n}"\nfirst_contact_days = {n}\nupdate_days = 5\n\n' for n in (1, 2, 3, 4)
    ),
    "safety_texts": "".join(
        f'[[safety_texts]]\ncode = "{code}"\nversion = 1\ntext = {said("Call 999.")}\n\n'
        for code in SAFETY_CARDS
    ),
    "bank_holidays": "[[bank_holidays]]\nyear = 2026\ndays = [2026-12-28, 2026-12-25]\n",
}


def write_profile(folder: Path, **changed: str) -> Path:
    """Write the small profile with some files changed; an empty text leaves the file out."""
    for noun, text in {**FILES, **changed}.items():
        if text:
            (folder / f"{noun}.toml").write_text(text, "utf-8")
    return folder
