"""Pictures of pixels: whether they can be shown, and as they are printed."""

import warnings
from contextlib import suppress
from io import BytesIO

from hitoe.messages import say

FORMATS = ("PNG", "JPEG", "MPO", "GIF", "WEBP", "BMP")
"""What is read, whatever the names of files say: MPO is the JPEG of some cameras."""
DEEP = ("I;16", "I;16B", "I")
"""Greys of 16 bits: few programs print them, nor CMYK."""
MOST_PIXELS = 80_000_000
SCAN, MOST_SCANS = b"\xff\xda", 50
"""Of a JPEG: what each scan begins with. A progressive one has about ten, and all pixels are gone through for each."""
DAMAGED = say("is damaged, or no picture: save it anew as PNG or JPEG")
warnings.filterwarnings("ignore", module=r"PIL\b")  # of damage that is told here, or does not show


def fault(content: bytes) -> str | None:
    """Return what is wrong with a picture, to be put after its name; None if nothing is."""
    from PIL import Image, ImageFile, ImageOps

    too_many = say("has more than {most:,} pixels: save it smaller", most=MOST_PIXELS)
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        for ImageFile.LOAD_TRUNCATED_IMAGES in (False, True):  # WeasyPrint sets it, and then Pillow reads other parts
            with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(content)) as image:
                if image.format not in FORMATS:
                    return say("is a {format}, whatever its name says: save it as PNG or JPEG", format=image.format)
                if image.width * image.height > MOST_PIXELS:
                    return too_many
                if image.format in ("JPEG", "MPO") and content.count(SCAN) > MOST_SCANS:
                    return say("has more than {most} scans: save it anew as PNG or JPEG", most=MOST_SCANS)
                image.load()
                ImageOps.exif_transpose(image)
    except Image.DecompressionBombError:
        return too_many
    except MemoryError:
        raise
    except Exception:  # whatever damaged bytes lead to
        return DAMAGED
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return None


def pixels(content: bytes) -> int:
    """Return how many pixels a picture has, 0 if it cannot be opened: `fault` tells that."""
    from PIL import Image

    with suppress(Exception), warnings.catch_warnings(action="ignore"), Image.open(BytesIO(content)) as image:
        return image.width * image.height
    return 0


def printable(content: bytes) -> bytes:
    """Return a picture that has no fault for the sheet: CMYK as RGB, and greys of 16 bits in 8."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(content)) as image:
        if image.mode != "CMYK" and image.mode not in DEEP:
            return content
        seen = ImageOps.exif_transpose(image)  # the PNG would not say how a camera was held
        grey = image.mode in DEEP
        plain = seen.convert("I").point(lambda value: value * (1 / 257)).convert("L") if grey else seen.convert("RGB")
    file = BytesIO()
    plain.save(file, "PNG", exif=b"")
    return file.getvalue()
