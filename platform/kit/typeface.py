"""Which signs the typeface of our papers has: a paper with any other cannot be made (ADR 0043)."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from struct import unpack_from
from typing import Any

from django.conf import settings

REGULAR = Path("400Regular") / "Arimo_400Regular.ttf"
# In place of a letter that the typeface lacks, so that nobody takes what is left for the whole.
LACKING = "?"
_BREAKS = frozenset("\n\r\t")


def printable(data: Any) -> Any:
    """The same with each word in signs that can be printed: pictures within words are left out, letters are marked."""
    if isinstance(data, str):
        return "".join(_printable(sign) for sign in unicodedata.normalize("NFC", data))
    if isinstance(data, Mapping):
        return {key: printable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [printable(one) for one in data]
    return data


@cache
def _printable(sign: str) -> str:
    if sign in _BREAKS or sign in _signs():
        return sign
    alike = unicodedata.normalize("NFKC", sign)
    if alike and all(one in _signs() for one in alike):
        return alike
    return LACKING if unicodedata.category(sign)[0] in "LNP" else ""


@cache
def _signs() -> frozenset[str]:
    font = (settings.TYPEFACES / REGULAR).read_bytes()
    (tables,) = unpack_from(">H", font, 4)
    records = [font[12 + 16 * number : 28 + 16 * number] for number in range(tables)]
    (start,) = next(unpack_from(">I", one, 8) for one in records if one.startswith(b"cmap"))
    (offset,) = unpack_from(">I", font, start + 8)
    return frozenset(map(chr, _codes(font, start + offset)))


def _codes(font: bytes, table: int) -> Iterator[int]:
    """The codes with a sign in a table of format 4 (OpenType, cmap)."""
    (twice,) = unpack_from(">H", font, table + 6)
    parts = f">{twice // 2}H"
    lasts = unpack_from(parts, font, table + 14)
    firsts, deltas, ranges = (unpack_from(parts, font, table + 16 + twice * number) for number in (1, 2, 3))
    for number, (first, last, delta, further) in enumerate(zip(firsts, lasts, deltas, ranges, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            at = table + 16 + 3 * twice + 2 * number + further + 2 * (code - first)
            sign = unpack_from(">H", font, at)[0] if further else code
            if sign and (sign + delta) & 0xFFFF:
                yield code
