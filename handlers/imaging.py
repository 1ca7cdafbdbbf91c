"""Pictures: opened with care, made anew without their metadata; their place read only when asked.

Everything here may take a second of one processor and belongs into a thread. What comes in was
made by strangers: whatever a decoder raises means that the picture is broken.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from store.domain.errors import ForelandError
from store.domain.evidence import WhyRefused
from store.domain.evidence_file import COPY_LONGEST_PIXELS, MAX_PIXELS
from store.domain.evidence_place import point_of
from store.domain.place import Point

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.Image import Transpose

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITY = 85
WHITE = (255, 255, 255)
SIXTEEN_TO_EIGHT_BITS = 1 / 256


class UnusablePictureError(ForelandError):
    """A picture that is not kept; `why` says so."""

    def __init__(self, why: WhyRefused) -> None:
        super().__init__(why.value)
        self.why = why


def clean_copy(content: bytes) -> bytes:
    """Return the picture (the first frame of a moving one) as a JPEG with nothing but pixels in it.

    It stands upright as its orientation says, and its longest side is bounded. Raises
    `UnusablePictureError`; the dimensions are checked before anything is unpacked.
    """
    picture = _opened(content)
    try:
        return _made_anew(picture)
    except Exception as error:
        raise UnusablePictureError(WhyRefused.BROKEN_PICTURE) from error


def size_of(content: bytes) -> tuple[int, int]:
    """Return how wide and high a picture is, in pixels. Raises `UnusablePictureError`."""
    return _opened(content).size


def place_in(content: bytes) -> Point | None:
    """Return the point that the picture says it was taken at; None where it says none.

    To be called only for somebody who wants that place used.
    """
    from PIL import ExifTags

    try:
        gps = _opened(content).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # noqa: BLE001 - broken metadata is no metadata
        return None
    return point_of(gps)


def _opened(content: bytes) -> Picture:
    """Read the header alone."""
    from PIL import Image

    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnusablePictureError(WhyRefused.TOO_MANY_PIXELS) from error
    except Exception as error:
        raise UnusablePictureError(WhyRefused.BROKEN_PICTURE) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise UnusablePictureError(WhyRefused.TOO_MANY_PIXELS)
    return picture


def _made_anew(picture: Picture) -> bytes:
    bound = (COPY_LONGEST_PIXELS, COPY_LONGEST_PIXELS)
    turn = _turn(picture)
    picture.draft(None, bound)  # a JPEG unpacks smaller than it is, in less memory
    picture.load()
    # Made small before anything else: every step that copies a large picture costs its size again.
    simple = _simple(picture)
    simple.thumbnail(bound)
    made = BytesIO()
    _on_white(simple.transpose(turn) if turn else simple).save(made, "JPEG", quality=QUALITY)
    return made.getvalue()


def _turn(picture: Picture) -> Transpose | None:
    """Return how to turn the picture upright, as its metadata say (Exif 2.32, 4.6.4)."""
    from PIL import ExifTags
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    try:
        return turns.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001 - with broken metadata it stays as it lies
        return None


def _simple(picture: Picture) -> Picture:
    """Return the picture in grey or colours, with a layer of transparency where it has some."""
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value * SIXTEEN_TO_EIGHT_BITS).convert("L")
    wanted = "RGBA" if picture.has_transparency_data else "RGB"
    return picture if picture.mode == wanted else picture.convert(wanted)


def _on_white(picture: Picture) -> Picture:
    """Return a new picture on white, to which nothing of the old one clings but its pixels."""
    from PIL import Image

    sheet = Image.new("RGB", picture.size, WHITE)
    sheet.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    return sheet
