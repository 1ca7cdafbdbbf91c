from __future__ import annotations

import re

import pytest

from tests.contracts.project import files, texts

TOP = {
    *("bot", "handlers", "store", "notifications", "tests", "docs", "deploy"),
    *("pyproject.toml", "requirements.lock", "README.md", "CHANGELOG.md", "LICENSE", "dev"),
    *(".ci", ".env.example", ".gitignore"),
}
LOCKS = ("requirements.lock", "tests/requirements.lock")
REGISTRIES = ("py" + "pi.org", "python" + "hosted.org", "registry.npm" + "js.org", "deb." + "debian.org")


def test_the_top_level_holds_what_the_readme_explains_and_nothing_else() -> None:
    found = {path.parts[0] for path in files()}
    assert TOP - found == set()
    assert {name for name in found - TOP if not name.startswith(".")} == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_each_package_by_hash_and_names_no_place(lock: str) -> None:
    text = next(content for path, content in texts().items() if str(path) == lock)
    assert "://" not in text
    assert not re.search(r"^\s*(-|file:|/)(?!-hash)", text, re.MULTILINE)
    packages = re.findall(r"^[a-z0-9].*(?:\n {4}.*)*", text, re.MULTILINE)
    assert packages
    assert [package for package in packages if "==" not in package or "--hash=sha256:" not in package] == []


def test_no_file_names_a_folder_of_one_persons_machine() -> None:
    folder = re.compile(r"(?<![\w.}/*-])/" + r"(?:work|home|root|Users)/")
    assert [str(path) for path, text in texts().items() if folder.search(text)] == []


def test_no_file_names_a_package_registry() -> None:
    found = [str(path) for path, text in texts().items() if any(name in text for name in REGISTRIES)]
    assert found == []


def test_a_folder_of_python_is_a_package() -> None:
    folders = {path.parent for path in files() if path.suffix == ".py"}
    bare = {str(place) for place in folders if place / "__init__.py" not in files()}
    assert bare - {"store/migrations/versions"} == set()
