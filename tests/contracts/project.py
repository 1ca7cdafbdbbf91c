"""The project as a thing to look at: its files, its modules, its functions, its words."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "notifications", "store")


@cache
def files() -> tuple[Path, ...]:
    """All files that are, or would be, committed; relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(Path(name) for name in sorted(listed.split("\0")) if name and (ROOT / name).is_file())


@cache
def texts() -> dict[Path, str]:
    """All files that are text, with their content."""
    found = {}
    for path in files():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            found[path] = content.decode()
    return found


@cache
def modules() -> dict[Path, ast.Module]:
    """The program's own modules: no tests, no migration steps."""
    return {
        path: ast.parse(text, str(path))
        for path, text in texts().items()
        if path.suffix == ".py" and path.parts[0] in ROOMS and "versions" not in path.parts
    }


def functions() -> Iterator[tuple[str, int]]:
    """Each function's place and its length in lines, not counting its docstring."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path}:{node.lineno} {node.name}", _length(node)


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    words = ast.get_docstring(node, clean=False)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if words is not None else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def imports(tree: ast.Module) -> Iterator[str]:
    """Every module name that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."
