"""A picture as it may be kept: decoded, turned upright, drawn anew without what a camera wrote into it. Pure.

Sizes are asked of its head before a single dot is decoded; nothing that was sent is kept byte for byte.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from .refused import (
    CUT,
    DRAWN_BY_CODE,
    HEIC,
    MOVING,
    NO_PICTURE,
    NOTHING,
    TOO_LARGE,
    TOO_MANY_DOTS,
    Refused,
)

LARGEST = 5_000_000
MOST_DOTS = 40_000_000
LONGEST_SIDE = 2400
SMALL_SIDE = 640
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
PHONES = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
Image.MAX_IMAGE_PIXELS = None  # the ceiling is ours, asked before decoding: see `_head`


@dataclass(frozen=True, slots=True)
class Picture:
    data: bytes
    small: bytes
    media_type: str
    width: int
    height: int


def seen(data: bytes, size: int, *, drawn: bool = False, largest: int = LARGEST, longest: int = LONGEST_SIDE) -> Picture:
    """What was sent, drawn anew: a drawing as PNG, a photo as JPEG or WebP; `size` is that of the file. Raises Refused.

    `longest`: dots of its longer side, as it is kept.
    """
    if not size:
        raise Refused(NOTHING)
    if size > largest:
        raise Refused(TOO_LARGE.format(most=largest // 1_000_000))
    image = _upright(_head(data))
    kept_as = "PNG" if drawn else "WEBP" if image.mode == "RGBA" else "JPEG"
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    width, height = image.size
    whole = _written(image, kept_as)
    image.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return Picture(whole, _written(image, kept_as), f"image/{kept_as.lower()}", width, height)


def _head(data: bytes) -> Image.Image:
    """The picture with its size known and its dots not decoded yet."""
    if data[4:8] == b"ftyp" and data[8:12] in PHONES:
        raise Refused(HEIC)
    if b"<svg" in data[:2000].lower() or b"<!doctype svg" in data[:2000].lower():
        raise Refused(DRAWN_BY_CODE)
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as failure:
        raise Refused(NO_PICTURE) from failure
    if image.width * image.height > MOST_DOTS:
        raise Refused(TOO_MANY_DOTS)
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise Refused(MOVING)
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Decoded, turned as the camera was held, and bare: colours alone, on a canvas of its own."""
    try:
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        turned = ImageOps.exif_transpose(image)
        clear = "A" in turned.getbands() or "transparency" in turned.info
        return _bare(turned.convert("RGBA" if clear else "RGB"))
    except (OSError, ValueError, SyntaxError, IndexError, MemoryError, OverflowError, ZeroDivisionError) as failure:
        raise Refused(CUT) from failure


def _bare(image: Image.Image) -> Image.Image:
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _written(image: Image.Image, kept_as: str) -> bytes:
    into = BytesIO()
    image.save(into, kept_as, quality=85, optimize=True)
    return into.getvalue()
