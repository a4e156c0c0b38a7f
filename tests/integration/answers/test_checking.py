"""`alongside answers check` compares what is found nationally with every scheme's own site."""

from pathlib import Path

from click.testing import CliRunner, Result

from alongside.cli.root import alongside
from answers.models import PublishedAnswer
from tenants.schemes.models import Scheme
from tests.integration.answers.conftest import Publish, kept


def check(data: Path, *more: str) -> Result:
    return CliRunner().invoke(alongside, ["--data", str(data), "answers", "check", *more])


def test_it_says_that_all_is_in_step(as_web: str, scheme: Scheme, publish: Publish, tmp_path: Path) -> None:
    publish(scheme)
    said = check(tmp_path)
    assert (said.exit_code, said.output) == (0, "Ashmere: in step\nBrackwell: in step\n")


def test_it_names_what_differs_ends_with_1_and_mends_when_told_to(
    as_web: str, scheme: Scheme, publish: Publish, tmp_path: Path
) -> None:
    point = publish(scheme)
    PublishedAnswer.objects.update(reason="Another reason.")
    said = check(tmp_path)
    assert said.exit_code == 1
    assert "Ashmere: 0 missing, 1 different, 0 that should be gone\n" in said.output
    mended = check(tmp_path, "--mend")
    assert mended.exit_code == 0 and "all mended" in mended.output
    row = kept(point)
    assert row is not None and row.reason == "You asked for it."
    assert check(tmp_path).exit_code == 0
