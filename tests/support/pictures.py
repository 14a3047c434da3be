"""Small pictures for tests that only need one to be there."""

from io import BytesIO

from PIL import Image


def png(colour: str = "red") -> bytes:
    """Return a PNG of one colour."""
    file = BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "PNG")
    return file.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
