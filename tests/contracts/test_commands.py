from __future__ import annotations

import importlib
import re
import subprocess
import sys
import time

import pytest

from bot.commands import COMMANDS
from tests.contracts.project import ROOT


def test_every_command_is_documented_and_every_documented_command_exists() -> None:
    text = (ROOT / "docs/commands.md").read_text()
    assert set(re.findall(r"python -m bot ([a-z][a-z-]*)", text)) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_has_a_module_that_says_what_it_does(name: str) -> None:
    assert (importlib.import_module(COMMANDS[name]).__doc__ or "").strip()


def test_two_commands_are_never_one_module() -> None:
    assert len(set(COMMANDS.values())) == len(COMMANDS)


def test_help_names_every_command_and_comes_at_once() -> None:
    began = time.monotonic()
    command = [sys.executable, "-m", "bot", "--help"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert time.monotonic() - began < 2.0  # one second on an idle machine
    assert [name for name in COMMANDS if name not in said] == []


def test_dev_help_names_every_command_of_dev() -> None:
    script = (ROOT / "dev").read_text()
    said = subprocess.run([ROOT / "dev", "help"], capture_output=True, text=True, check=True).stdout
    names = re.findall(r"^    ([a-z]+)\) [a-z]", script.partition("case $command in")[2], re.MULTILINE)
    assert {"run", "test", "check", "bench"} <= set(names)
    assert [name for name in names if not re.search(rf"^  {name}\b", said, re.MULTILINE)] == []
