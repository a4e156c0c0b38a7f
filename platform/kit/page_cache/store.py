"""The pages that one process keeps: so many bytes at most, those out first that nobody asked for longest."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from time import monotonic

MOST_BYTES = 32 * 1024 * 1024
MOST_OF_ONE = 1024 * 1024
# Whatever nobody foresaw is over by then.
LONGEST = 60.0  # seconds
# What Python itself needs for a page beside its body.
AROUND = 2_000

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is sent: its body packed, and every header, for who can unpack it and for who cannot."""

    schema: str
    body: bytes
    mark: str
    headers: dict[str, str]
    packed_mark: str
    packed_headers: dict[str, str]

    @classmethod
    def of(cls, *, schema: str, headers: dict[str, str], content: bytes) -> "Page":
        """The same content gives the same mark in every process."""
        digest = blake2b(content, digest_size=12)
        # The directives of a policy come in another order in each process.
        digest.update(repr(sorted((name, sorted(value.split("; "))) for name, value in headers.items())).encode())
        body = gzip.compress(content, mtime=0)
        mark, packed_mark = f'"{digest.hexdigest()}"', f'"{digest.hexdigest()}-gzip"'
        own = {"ETag": mark, "Content-Length": str(len(content))}
        packed = {"ETag": packed_mark, "Content-Length": str(len(body)), "Content-Encoding": "gzip"}
        return cls(schema, body, mark, headers | own, packed_mark, headers | packed)

    @property
    def size(self) -> int:
        return AROUND + len(self.body)


@dataclass(frozen=True, slots=True)
class _Entry:
    page: Page
    until: float


class Store:
    """Answers only while it is sure to hear of changes (`trust`), and never keeps what was drawn before one of them."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._pages: OrderedDict[Key, _Entry] = OrderedDict()
        self._bytes = 0
        self._trusted_until = 0.0
        self._changes = 0
        self._last_change: dict[str, int] = {}
        self._last_of_all = 0
        self._lock = Lock()

    def get(self, key: Key) -> Page | None:
        """A page that still stands."""
        now = monotonic()
        entry = self._pages.get(key)
        if entry is None or now >= self._trusted_until or now >= entry.until:
            return None
        try:
            self._pages.move_to_end(key)
        except KeyError:  # thrown away at this moment
            return None
        return entry.page

    def moment(self) -> int | None:
        """To be taken before a page is drawn and given to `put`; None while changes are not heard."""
        return self._changes if monotonic() < self._trusted_until else None

    def put(self, key: Key, page: Page, *, drawn_since: int) -> bool:
        """Keep a page, unless something changed since its drawing began: what it shows may be older than that."""
        size = page.size + sum(map(len, key))
        if size > MOST_OF_ONE:
            return False
        with self._lock:
            if drawn_since < max(self._last_of_all, self._last_change.get(page.schema, 0)):
                return False
            self._take(key)
            self._pages[key] = _Entry(page, monotonic() + LONGEST)
            self._bytes += size
            while self._bytes > self._most:
                self._take(next(iter(self._pages)))
        return True

    def change(self, schema: str) -> None:
        """Something that pages of a schema show has changed."""
        with self._lock:
            self._changes += 1
            self._last_change[schema] = self._changes
            for key in [key for key, entry in self._pages.items() if entry.page.schema == schema]:
                self._take(key)

    def change_all(self) -> None:
        """Something has changed that any page may show."""
        with self._lock:
            self._changes += 1
            self._last_of_all = self._changes
            self._pages.clear()
            self._bytes = 0

    def trust(self, *, until: float) -> None:
        """All changes were heard up to now; answer until this reading of `time.monotonic`."""
        self._trusted_until = until

    def distrust(self) -> None:
        """Changes are not heard: answer nothing, and keep nothing that is being drawn now."""
        self._trusted_until = 0.0
        self.change_all()

    @property
    def bytes(self) -> int:
        """What is kept, with what is around it."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._pages)

    def _take(self, key: Key) -> None:
        entry = self._pages.pop(key, None)
        if entry is not None:
            self._bytes -= entry.page.size + sum(map(len, key))


STORE = Store()
