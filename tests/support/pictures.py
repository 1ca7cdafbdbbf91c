"""Pictures made on the spot: as cameras write them, and as attackers do."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image

RED, BLUE = (255, 0, 0), (0, 0, 255)
MAKER = "Camera of somebody"
HARBOUR = {1: "N", 2: (51.0, 20.0, 3.48), 3: "E", 4: (1.0, 24.0, 43.92)}
"""Ramsgate, 51.3343 1.4122, as EXIF spells it."""
HARBOUR_POINT = (51.3343, 1.4122)


def encoded(picture: Image.Image, kind: str, **how: Any) -> bytes:
    made = BytesIO()
    picture.save(made, kind, **how)
    return made.getvalue()


def exif(gps: dict[int, Any] | None = None, orientation: int | None = None) -> Image.Exif:
    written = Image.Exif()
    written[ExifTags.Base.Make] = MAKER
    if orientation is not None:
        written[ExifTags.Base.Orientation] = orientation
    if gps is not None:
        written.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    return written


def jpeg(gps: dict[int, Any] | None = None, size: tuple[int, int] = (64, 48)) -> bytes:
    """A photo as a phone writes it: with its maker, a comment, and perhaps a place."""
    return encoded(Image.new("RGB", size, RED), "JPEG", exif=exif(gps), comment=b"a note")


def declared_png(width: int, height: int) -> bytes:
    """A small file that says it is as large as this."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def opened(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def near(colour: Any, wanted: tuple[int, ...]) -> bool:
    """Whether a colour is this one, but for what JPEG loses."""
    return all(abs(a - b) <= 4 for a, b in zip(colour, wanted, strict=True))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
