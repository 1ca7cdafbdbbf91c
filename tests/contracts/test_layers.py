from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.contracts.project import ROOMS, ROOT, imports, modules


def test_no_arrow_points_up() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_domain_needs_the_standard_library_only() -> None:
    for path, tree in modules().items():
        if path.is_relative_to("store/domain"):
            foreign = {
                name for name in imports(tree) if name.partition(".")[0] not in sys.stdlib_module_names
            }
            assert {name for name in foreign if not f"{name}.".startswith("store.domain.")} == set(), path


def test_the_emulator_is_another_program() -> None:
    for path, tree in modules().items():
        if path.is_relative_to("bot/emulator"):
            ours = {name for name in imports(tree) if name.partition(".")[0] in ROOMS}
            assert {name for name in ours if not f"{name}.".startswith("bot.emulator.")} == set(), path


def test_the_program_knows_nothing_of_its_tests() -> None:
    for path, tree in modules().items():
        assert {name for name in imports(tree) if name.partition(".")[0] in {"tests", "pytest"}} == set(), (
            path
        )
