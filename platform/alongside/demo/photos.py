"""Photos of the demonstration: drawn here, of rooms that do not exist and with nobody in them."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

MARK = "Demonstration data"
WIDTH, HEIGHT = 1200, 900
WALL, FLOOR, SKIRTING, INK = "#d8dde0", "#b8aa99", "#8a9299", "#212b32"
DOOR, SEAT, LEG, PAPER = "#7d6b5d", "#2f6f73", "#5a6268", "#ffffff"


def waiting_room(*, seats: int = 4) -> bytes:
    """An empty waiting room, as a JPEG: a row of seats, a door, a notice board; its mark stands across it."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), WALL)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 620, WIDTH, HEIGHT), FLOOR)
    draw.rectangle((0, 604, WIDTH, 620), SKIRTING)
    draw.rectangle((930, 210, 1120, 604), DOOR)
    draw.ellipse((950, 410, 970, 430), PAPER)
    draw.rectangle((90, 130, 430, 330), PAPER, INK, 4)
    for line in range(4):
        draw.line((120, 175 + line * 38, 400 - line % 2 * 70, 175 + line * 38), SKIRTING, 8)
    for number in range(seats):
        _seat(draw, 110 + number * 190)
    font = ImageFont.load_default(44)
    draw.rectangle((0, HEIGHT - 110, WIDTH, HEIGHT), INK)
    draw.text((WIDTH / 2, HEIGHT - 55), f"{MARK}: a drawing, and no real place", PAPER, font, anchor="mm")
    held = BytesIO()
    picture.save(held, "JPEG", quality=85)
    return held.getvalue()


def _seat(draw: ImageDraw.ImageDraw, left: int) -> None:
    draw.rounded_rectangle((left, 430, left + 150, 560), 18, SEAT)
    draw.rounded_rectangle((left, 570, left + 150, 606), 12, SEAT)
    for leg in (left + 16, left + 122):
        draw.rectangle((leg, 606, leg + 12, 700), LEG)
