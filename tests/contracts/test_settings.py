from __future__ import annotations

import ast
import dataclasses
import re
from pathlib import Path

from bot.settings import SETTINGS, Settings
from tests.contracts.project import ROOT, modules


def _documented() -> set[str]:
    rows = re.findall(r"^\|([^|]+)\|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    return {name for cell in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", cell)}


def _exemplified() -> set[str]:
    return set(re.findall(r"^([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_every_setting_is_in_the_example_and_in_the_documents() -> None:
    names = {setting.name for setting in SETTINGS}
    assert _exemplified() == names
    assert _documented() == names


def test_every_setting_has_a_meaning_and_is_named_once() -> None:
    assert [setting.name for setting in SETTINGS if not setting.meaning.strip()] == []
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)


def test_a_setting_and_its_field_have_the_same_name() -> None:
    fields = {field.name.upper() for field in dataclasses.fields(Settings)}
    assert fields == {setting.name for setting in SETTINGS}


def test_only_the_settings_read_the_environment() -> None:
    readers = {path for path, tree in modules().items() if _reads_environment(tree)}
    assert readers <= {Path("bot/settings.py")}


def _reads_environment(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} for node in ast.walk(tree)
    )
