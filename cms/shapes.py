"""In which shapes and sizes pictures come on pages and paper: the worker makes all of them as a picture comes."""

from dataclasses import dataclass
from hashlib import sha256

LIGHTER = "format-webp|webpquality-75"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a picture comes on a page: its size for every browser, smaller ones in WebP, and how wide it is drawn."""

    size: str
    lighter: tuple[str, ...]
    drawn: str

    @property
    def specs(self) -> list[str]:
        """Every size that is made of it; the one for every browser first."""
        return [self.size, *(f"{size}|{LIGHTER}" for size in self.lighter)]


# As wide as the words on a phone; two thirds of them on a desk, which is 420 pixels beside something and 640 alone.
IN_WORDS = Shape(
    "max-900x1200",
    ("max-400x533", "max-640x853", "max-900x1200"),
    "(min-width: 641px) 440px, 100vw",
)
PORTRAIT = Shape("fill-240x240", ("fill-120x120", "fill-240x240", "fill-360x360"), "120px")
IN_A_LIST = Shape("fill-240x180", ("fill-120x90", "fill-240x180", "fill-360x270"), "120px")
BESIDE_AN_IDEA = Shape("max-400x400", ("max-100x100", "max-200x200", "max-400x400"), "(min-width: 641px) 96px, 64px")
ON_PAPER = "max-500x500|format-jpeg|jpegquality-85"
FOR_EDITORS = "max-400x300"
SHAPES = (IN_WORDS, PORTRAIT, IN_A_LIST, BESIDE_AN_IDEA)
EVERY_SIZE = [*dict.fromkeys([*(spec for shape in SHAPES for spec in shape.specs), ON_PAPER, FOR_EDITORS])]


def edition() -> str:
    """Which sizes there are, in few letters: with a new shape come new letters, and every picture is promised again."""
    return sha256(repr(EVERY_SIZE).encode()).hexdigest()[:16]
