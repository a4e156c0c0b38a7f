"""For staff: findings that stand in a spreadsheet are looked at first, and then added, all or none."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kit import kept
from kit.imports import BadFile, Problem
from tenants.feedback import imports_kept
from tenants.feedback.forms import ImportForm
from tenants.feedback.importing import COLUMNS, bring_in, import_points, read
from tenants.feedback.views.asking import SchemeRequest, done
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

WRONG = "Nothing was added. Put right what is listed below, then choose the file again"
MEANWHILE = "Nothing was added, because something has changed since you looked. Choose the file again"


@requires(Permission.IMPORT_POINTS)
def points_import(request: SchemeRequest) -> HttpResponse:
    """Choose the file; each bad cell of it is named, and nothing of it is kept if there is one."""
    form = ImportForm(kept.posted_or_kept(request), request.FILES or None)
    problems: list[Problem] = []

    def look() -> None:
        try:
            table = read(form.cleaned_data["file"].read(), sheet=form.cleaned_data["sheet"])
            bring_in(table, scheme=request.scheme_here, apply=False, by=request.user)
            imports_kept.keep(request, table)
        except BadFile as bad:
            problems.extend(bad.problems)
            form.refuse(WRONG, "file")

    if done(form, look) and not problems:
        return redirect("feedback:points_import_look")
    return render(request, "feedback/points_import.jinja", {"form": form, "problems": problems, "columns": COLUMNS})


@requires(Permission.IMPORT_POINTS)
def points_import_look(request: SchemeRequest) -> HttpResponse:
    """What would be added; the button adds it, all or none."""
    found = imports_kept.looked_at(request)
    if found is None:
        return redirect("feedback:points_imported" if imports_kept.added(request) else "feedback:points_import")
    adds = request.method == "POST"
    try:
        report = import_points(found.rows, scheme=request.scheme_here, apply=adds, by=request.user, send=found.send)
    except BadFile as bad:
        imports_kept.forget(request)
        return _again(request, bad)
    if adds:
        imports_kept.end(request, found, report)
        return redirect("feedback:points_imported")
    return render(request, "feedback/points_import_look.jinja", {"report": report, "notes": found.notes})


@requires(Permission.IMPORT_POINTS)
def points_imported(request: SchemeRequest) -> HttpResponse:
    """What was added, with the slips to hand over, shown for a quarter of an hour at most."""
    if request.method == "POST":
        imports_kept.forget(request)
        return redirect("feedback:register")
    return render(request, "feedback/points_imported.jinja", {"new": imports_kept.added(request)})


def _again(request: SchemeRequest, bad: BadFile) -> HttpResponse:
    """The rows will not do any more, as when the clock of a demonstration was moved between looking and adding."""
    form = ImportForm({})
    form.errors.clear()
    form.refuse(MEANWHILE, "file")
    return render(request, "feedback/points_import.jinja", {
        "form": form, "problems": bad.problems, "columns": COLUMNS,
    })  # fmt: skip
