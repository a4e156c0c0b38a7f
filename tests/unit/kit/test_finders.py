"""The files of others that we serve reach out to nobody."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import BaseFinder
from pytest_django import Settings

from kit.finders import FILES, IdbFinder, NhsFinder

CSS = (
    'p{color:red}@font-face{font-family:F;src:url("https://elsewhere.example/f.woff2")}a{color:blue}'
    "\n/*# sourceMappingURL=x.css.map */"
)


@pytest.fixture
def finder(tmp_path: Path, settings: Settings) -> BaseFinder:
    settings.NHSUK_FRONTEND, settings.DATA_FOLDER = tmp_path / "package", tmp_path / "data"
    for name in FILES:
        (tmp_path / "package" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "package" / name).write_text(CSS)
    return NhsFinder()


def test_the_style_comes_without_the_font_of_another_host(finder: NhsFinder) -> None:
    found = Path(finder.find("nhsuk/nhsuk-frontend.min.css"))
    assert found.read_text() == "p{color:red}a{color:blue}\n"


def test_a_newer_version_of_the_package_is_served(finder: NhsFinder, tmp_path: Path) -> None:
    finder.find("nhsuk/nhsuk-frontend.min.css")
    (tmp_path / "package" / "nhsuk-frontend.min.css").write_text("p{color:green}")
    assert Path(finder.find("nhsuk/nhsuk-frontend.min.css")).read_text() == "p{color:green}"


def test_only_the_files_that_pages_use_are_collected(finder: NhsFinder) -> None:
    assert [name for name, _ in finder.list([])] == list(FILES)
    assert all(storage.exists(name) for name, storage in finder.list([]))
    assert finder.find("nhsuk/index.scss") == []
    assert finder.find("elsewhere/nhsuk-frontend.min.css") == []


def test_a_missing_package_is_told_by_the_check(finder: NhsFinder, tmp_path: Path) -> None:
    assert finder.check() == []
    (tmp_path / "package" / FILES[0]).unlink()
    assert [problem.id for problem in finder.check()] == ["kit.E001"]


def test_every_picture_of_the_style_is_served_beside_it(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_FOLDER = tmp_path
    finder = NhsFinder()
    style = Path(finder.find("nhsuk/nhsuk-frontend.min.css")).read_text()
    pictures = set(re.findall(r"url\(([^)]*)\)", style))
    assert pictures
    assert [picture for picture in pictures if not finder.find(f"nhsuk/{picture}")] == []


def test_the_library_of_the_app_on_a_phone_is_served_by_itself(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_FOLDER = tmp_path
    finder = IdbFinder()
    assert "openDB" in Path(finder.find("idb/index.js")).read_text()
    assert finder.find("idb/umd.js") == []
    assert finder.check() == []
    settings.IDB = tmp_path / "nowhere"
    assert [problem.id for problem in finder.check()] == ["kit.E002"]
