"""Our own files and the script library's, served under names that carry their content's hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

OWN = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HASH_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it is served."""

    name: str
    media_type: str
    body: bytes


class StaticFiles:
    """Every file, read once: they are few and small."""

    def __init__(self, bodies: Mapping[str, bytes]) -> None:
        served = {plain: _served(plain, body) for plain, body in bodies.items()}
        self._served_name = {plain: file.name for plain, file in served.items()}
        self._files = {file.name: file for file in served.values()}

    def url(self, plain: str) -> str:
        """Return the address of a file by its plain name; `KeyError` when there is none."""
        return f"/static/{self._served_name[plain]}"

    def get(self, name: str) -> StaticFile | None:
        """Return the file served under this name."""
        return self._files.get(name)


def load() -> StaticFiles:
    """Read our own files, and htmx from the wheel that carries it (files only, no Django)."""
    own = {path.name: path.read_bytes() for path in sorted(OWN.iterdir()) if path.suffix in TYPES}
    htmx = files("js_lib_htmx").joinpath("static", "htmx", "htmx.min.js").read_bytes()
    return StaticFiles({**own, "htmx.js": htmx})


def _served(plain: str, body: bytes) -> StaticFile:
    path = Path(plain)
    digest = hashlib.sha256(body).hexdigest()[:HASH_CHARACTERS]
    return StaticFile(f"{path.stem}.{digest}{path.suffix}", TYPES[path.suffix], body)
