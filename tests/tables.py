"""Tables that somebody took away as a file, read as a program for spreadsheets reads them."""

import csv
import io
import zipfile
from xml.etree import ElementTree

from kit import exports

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def of_csv(data: bytes) -> list[list[str]]:
    """The rows of a CSV."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def of_ods(data: bytes) -> list[list[str]]:
    """The rows of an OpenDocument spreadsheet, in which every cell is a text or a number and none a formula."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type, package.read(first).decode()) == ("mimetype", 0, exports.ODS)
        content = ElementTree.fromstring(package.read("content.xml"))
    found = []
    for row in content.iter(f"{TABLE}table-row"):
        numbers = [one for one in row if one.get(f"{OFFICE}value-type") == "float"]
        assert {one.get(f"{OFFICE}value-type") for one in row if one not in numbers} == {"string"}
        assert all(one.get(f"{OFFICE}value") == one.findtext(f"{TEXT}p") for one in numbers)
        assert not [name for one in row for name in one.attrib if name.endswith("formula")]
        found.append(["\n".join(p.text or "" for p in one.iter(f"{TEXT}p")) for one in row])
    return found


READ = {"csv": of_csv, "ods": of_ods}
