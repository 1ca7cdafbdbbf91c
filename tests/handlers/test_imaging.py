from __future__ import annotations

import pytest
from PIL import Image

from handlers.imaging import UnusablePictureError, clean_copy, place_in
from store.domain.evidence import WhyRefused
from store.domain.evidence_file import COPY_LONGEST_PIXELS
from tests.support.pictures import (
    BLUE,
    HARBOUR,
    HARBOUR_POINT,
    MAKER,
    RED,
    declared_png,
    encoded,
    exif,
    jpeg,
    near,
    opened,
)

WHITE, GREY = (255, 255, 255), (128, 128, 128)


def test_nothing_but_pixels_is_left_in_a_copy() -> None:
    original = jpeg(HARBOUR)
    assert MAKER.encode() in original
    assert b"a note" in original
    made = clean_copy(original)
    assert MAKER.encode() not in made
    assert b"a note" not in made
    assert b"Exif" not in made
    copy = opened(made)
    assert (copy.format, copy.size, len(copy.getexif())) == ("JPEG", (64, 48), 0)
    assert set(copy.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert near(copy.getpixel((9, 9)), RED)


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (64, 32)), (3, (64, 32)), (6, (32, 64)), (8, (32, 64))]
)
def test_a_picture_stands_upright(orientation: int, size: tuple[int, int]) -> None:
    lying = Image.new("RGB", (64, 32), RED)
    lying.paste(BLUE, (0, 0, 32, 32))
    copy = opened(clean_copy(encoded(lying, "JPEG", exif=exif(orientation=orientation), quality=95)))
    assert copy.size == size
    blue = {1: (8, 16), 3: (56, 16), 6: (16, 8), 8: (16, 56)}[orientation]
    assert near(copy.getpixel(blue), BLUE)


def test_a_large_picture_is_made_smaller_and_keeps_its_shape() -> None:
    copy = opened(clean_copy(jpeg(size=(5200, 2600))))
    assert copy.size == (COPY_LONGEST_PIXELS, COPY_LONGEST_PIXELS // 2)


def test_transparency_becomes_white() -> None:
    palette = Image.new("P", (8, 8))
    palette.putpalette([*RED, *BLUE])
    for seen_through in (
        encoded(palette, "PNG", transparency=0),
        encoded(Image.new("RGBA", (8, 8), (*RED, 0)), "PNG"),
        encoded(Image.new("LA", (8, 8), (0, 0)), "PNG"),
        encoded(Image.new("RGBA", (8, 8), (*RED, 0)), "WEBP", lossless=True),
    ):
        assert near(opened(clean_copy(seen_through)).getpixel((4, 4)), WHITE)


def test_every_kind_of_colour_becomes_ours() -> None:
    sixteen = Image.frombytes("I;16", (8, 8), b"\x00\x80" * 64)
    for picture, colour in (
        (encoded(Image.new("CMYK", (8, 8), (0, 0, 0, 0)), "JPEG"), WHITE),
        (encoded(Image.new("L", (8, 8), 128), "JPEG"), GREY),
        (encoded(Image.new("1", (8, 8), 1), "PNG"), WHITE),
        (encoded(sixteen, "PNG"), GREY),
    ):
        copy = opened(clean_copy(picture))
        assert copy.mode == "RGB"
        assert near(copy.getpixel((4, 4)), colour)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "MPO"])
def test_of_a_moving_picture_the_first_frame_is_taken(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), RED), Image.new("RGB", (8, 8), BLUE)]
    copy = opened(clean_copy(encoded(frames[0], kind, save_all=True, append_images=frames[1:])))
    assert near(copy.getpixel((4, 4)), RED)
    assert getattr(copy, "n_frames", 1) == 1


@pytest.mark.parametrize("side", [7_100, 10_000, 60_000])
def test_a_picture_that_says_it_is_huge_is_refused_before_it_is_unpacked(side: int) -> None:
    with pytest.raises(UnusablePictureError) as refused:
        clean_copy(declared_png(side, side))
    assert refused.value.why is WhyRefused.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    "broken",
    [
        jpeg()[:-200],
        jpeg()[:40],
        declared_png(500, 500)[:60],
        declared_png(500, 500),
        b"\xff\xd8\xff\xe0" + b"photo" * 20,
        b"GIF89a",
        b"",
    ],
)
def test_a_broken_or_truncated_picture_is_refused_with_its_reason(broken: bytes) -> None:
    with pytest.raises(UnusablePictureError) as refused:
        clean_copy(broken)
    assert refused.value.why is WhyRefused.BROKEN_PICTURE


def test_other_formats_are_not_even_tried() -> None:
    for kind in ("TIFF", "BMP", "ICO"):
        with pytest.raises(UnusablePictureError):
            clean_copy(encoded(Image.new("RGB", (16, 16)), kind))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_broken_metadata_do_not_spoil_a_picture() -> None:
    picture = encoded(Image.new("RGB", (8, 8), RED), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f")
    assert opened(clean_copy(picture)).size == (8, 8)
    assert place_in(picture) is None
    odd = encoded(Image.new("RGB", (8, 8), RED), "JPEG", exif=b"Exif\0\0garbage")
    assert opened(clean_copy(odd)).size == (8, 8)
    assert place_in(odd) is None


def test_the_place_of_a_picture_is_read() -> None:
    for picture in (
        jpeg(HARBOUR),
        encoded(Image.new("RGB", (8, 8)), "PNG", exif=exif(HARBOUR)),
        encoded(Image.new("RGB", (8, 8)), "WEBP", exif=exif(HARBOUR)),
    ):
        assert place_in(picture) == pytest.approx(HARBOUR_POINT, abs=1e-6)


def test_a_picture_without_place_has_none() -> None:
    assert place_in(jpeg()) is None
    assert place_in(clean_copy(jpeg(HARBOUR))) is None
    assert place_in(b"%PDF-") is None
