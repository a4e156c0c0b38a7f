"""The one Jinja2 environment: what every template of ours can use."""

from collections.abc import MutableMapping
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from kit import dates, fields, forms, languages, pair, tables, waiting


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page of ours, by its name."""
    return reverse(name, args=args, kwargs=kwargs)


class _Environment(Environment):
    """A page draws some forty macros of other templates, and each time Jinja compares the names that both know: by a
    chain of mappings that took a fifth of the page's time. Nothing is added to the environment once templates are read.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """Templates of ours first, then the NHS components; a missing word of context is empty, never a crash."""
    options["loader"] = ChoiceLoader([options["loader"], PackageLoader("nhsuk_frontend_jinja")])
    options["undefined"] = ChainableUndefined
    # As the NHS templates were written for: without it two thirds of a page are blanks.
    options["trim_blocks"] = options["lstrip_blocks"] = True
    env = _Environment(**options)
    # What a phrase takes in is escaped like everything else, and a per cent sign in it is written twice.
    env.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(
        url=url,
        static=static,
        day=dates.day,
        short_day=dates.short_day,
        moment=dates.moment,
        field_params=fields.params,
        field_component=fields.component,
        error_list=forms.error_list,
        has_errors=forms.has_errors,
        form_open=forms.form_open,
        hidden_for=forms.hidden_for,
        table_params=tables.table_params,
        summary_params=tables.summary_params,
        page_links=tables.page_links,
        where_it_is=pair.where_it_is,
        soonest=waiting.soonest,
        language=languages.spoken,
        said=languages.said,
        as_written=languages.as_written,
        is_checked=languages.is_checked,
        languages=languages.ways,
        first_page=languages.first_page,
        in_order=waiting.in_order,
        how_many=waiting.how_many,
    )
    env.filters.update(day=dates.day, short_day=dates.short_day, moment=dates.moment)
    return env
