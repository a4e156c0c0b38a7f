"""What Wagtail's admin is told about our pages and lists."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem, SubmitForModerationMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cms.choosing import AnswerChooser
from cms.hard_words_list import HardWordsViewSet
from cms.languages import ENGLISH
from cms.models import AnswersPage, HomePage, NoticePage
from cms.models.publishing import PUBLISH, SEND_BACK
from cms.rich_links import OurPageLinks
from cms.staff_views import EasyReadReport, reading_of
from cms.untranslated import left_in_english
from cms.uploading import PaperChooser
from cms.views import not_here
from kit.dates import moment

# What Wagtail calls the buttons that bring a page nearer to the site.
ON_ITS_WAY = {"action-publish", "action-submit", "action-workflow-action"}
STAYS = "This page stays: people look for it here. You can change its words."

SENT_BACK = "“{title}” went back. Whoever handed it in reads what should change."
WILL_BE_THERE = "“{title}” comes on the site on {moment}."
IS_THERE = "“{title}” is on the site."


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def keep_what_people_look_for(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The home page and “You said, we did” cannot be taken away."""
    return _refused(request, page) if _stays(page) else None


@hooks.register("before_delete_page")
def keep_the_homes(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The first page of another language may be taken off the site; what is below it, and who may write, hang on it."""
    return _refused(request, page) if isinstance(page.specific, HomePage) else None


@hooks.register("before_bulk_action")
def keep_it_among_many(
    request: HttpRequest, action_type: str, objects: list[Any], action_class: Any
) -> HttpResponse | None:
    """Nor taken away as one of many."""
    pages = [one.specific for one in objects if isinstance(one, Page)]
    kept = [one for one in pages if _stays(one)]
    if action_type == "delete":
        kept += [one for one in pages if isinstance(one, HomePage) or _is_kept_notice(one)]
    return _refused(request, kept[0]) if kept and action_type in ("delete", "unpublish") else None


@hooks.register("before_delete_page")
def keep_the_notices(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A notice may be taken off the site, and stays to be completed again."""
    return _refused(request, page) if _is_kept_notice(page) else None


def _stays(page: Page) -> bool:
    return isinstance(page.specific, HomePage | AnswersPage) and page.locale.language_code == ENGLISH


def _is_kept_notice(page: Page) -> bool:
    return isinstance(page.specific, NoticePage) and page.locale.language_code == ENGLISH


@hooks.register("register_rich_text_features", order=1)
def links_stay_in_the_language(features: Any) -> None:
    """A link to a page leads on in the language in which the words are read."""
    features.register_link_type(OurPageLinks)


class NoDocuments:
    """Wagtail's pages ask where documents are listed; sites here hold none, so that there is nothing to find."""

    model = type("Document", (), {})

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        """The one name that is asked for."""
        return [path("", not_here, name="listing")]


@hooks.register("construct_admin_api")
def no_documents(router: Any) -> None:
    """Let Wagtail's pages find the name."""
    router.register_endpoint("documents", NoDocuments)


@hooks.register("register_admin_viewset")
def answer_chooser() -> AnswerChooser:
    """The pages on which an editor chooses an answered point."""
    return AnswerChooser("answer_chooser", url_prefix="choose-answer")


@hooks.register("register_admin_viewset")
def paper_chooser() -> PaperChooser:
    """The pages on which an editor uploads a PDF, or chooses one."""
    return PaperChooser("paper_chooser", url_prefix="choose-paper")


@hooks.register("register_settings_menu_item")
def editors_menu_item() -> MenuItem:
    """The way to the list of who edits this site."""
    return MenuItem("Who edits this site", reverse("wagtailusers_users:index"), icon_name="user", order=600)


@hooks.register("register_admin_menu_item")
def way_back_menu_item() -> MenuItem:
    """The way back from the editor to the pages of the service."""
    return MenuItem("Staff pages", reverse("staff"), icon_name="arrow-left", order=1)


@hooks.register("register_admin_menu_item")
def links_menu_item() -> MenuItem:
    """The way to the report of links."""
    return MenuItem("Links of the site", reverse("site_links"), icon_name="link", order=500)


@hooks.register("register_admin_menu_item")
def people_in_pictures_menu_item() -> MenuItem:
    """The way to who agreed to be seen."""
    return MenuItem("People in pictures", reverse("pictures"), icon_name="group", order=310)


@hooks.register("register_admin_menu_item")
def uploaded_menu_item() -> MenuItem:
    """The way to the PDFs that were uploaded."""
    return MenuItem("Uploaded PDFs", reverse("uploaded"), icon_name="doc-full", order=320)


@hooks.register("construct_help_menu")
def nothing_that_leads_outside(request: HttpRequest, items: list[MenuItem]) -> None:
    """Pages of Wagtail's makers are of no help with this site, and tell them who reads them."""
    items[:] = [item for item in items if not item.url.startswith("http")]


@hooks.register("after_edit_page")
@hooks.register("after_create_page")
def say_what_is_left_in_english(request: HttpRequest, page: Page) -> None:
    """Whoever hands in or publishes a page hears which words nobody has put into its language; nothing is refused."""
    left = left_in_english(page) if ON_ITS_WAY & request.POST.keys() else []
    if left:
        which = f"1 part of “{page.title}” is" if len(left) == 1 else f"{len(left)} parts of “{page.title}” are"
        first = Truncator(left[0]).words(12)
        messages.warning(request, f"{which} still in English, word for word, such as “{first}”.")


class HandInMenuItem(SubmitForModerationMenuItem):
    """What an editor does with a page that is ready."""

    def get_context_data(self, parent_context: Any) -> Any:
        """In our own words."""
        return super().get_context_data(parent_context) | {"label": "Hand in"}


class TakeBackMenuItem(CancelWorkflowMenuItem):
    """What an editor does with a page that they handed in too early."""

    label = "Take back"


@hooks.register("construct_page_action_menu")
def one_way_to_each_end(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """The ways on from a page, in our own words; of a page that was handed in, its editor hears what became of it."""
    names = {item.name for item in items}
    for item in items:
        if item.name == PUBLISH:
            item.label = "Publish"
    ours = {"action-submit": HandInMenuItem, "action-cancel-workflow": TakeBackMenuItem}
    left_out = {"action-restart-workflow"} | ({"action-publish"} if PUBLISH in names else set())
    items[:] = [
        ours[item.name](item.order) if item.name in ours else item for item in items if item.name not in left_out
    ]


@hooks.register("after_edit_page")
def say_what_became_of_it(request: HttpRequest, page: Page) -> None:
    """Whoever looked at a page reads what their press of a button did, and finds the way to see it."""
    pressed = request.POST.get("workflow-action-name")
    now = Page.objects.get(pk=page.pk)
    if pressed == SEND_BACK:
        messages.success(request, SENT_BACK.format(title=now.draft_title))
    elif pressed == PUBLISH and now.approved_schedule and now.go_live_at:
        messages.success(request, WILL_BE_THERE.format(title=now.draft_title, moment=moment(now.go_live_at)))
    elif pressed == PUBLISH and now.live:
        messages.success(request, IS_THERE.format(title=now.title), buttons=[messages.button(now.url, "See it")])


@hooks.register("register_admin_viewset")
def hard_words() -> HardWordsViewSet:
    """The glossary of this site's Easy Read."""
    return HardWordsViewSet()


@hooks.register("register_admin_urls")
def how_pages_read() -> list[URLPattern]:
    """Pages of ours within the editor."""
    return [
        path("reading-age/<slug:model>/", reading_of, name="reading_age"),
        path("reports/easy-read/", EasyReadReport.as_view(), name="easy_read_report"),
        path("reports/easy-read/results/", EasyReadReport.as_view(results_only=True), name="easy_read_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def easy_read_menu_item() -> MenuItem:
    """The way to the list of pages without an Easy Read, or with an old one."""
    return MenuItem("Easy Read", reverse("easy_read_report"), icon_name="list-ul", order=100)


@hooks.register("insert_editor_js")
def checks_while_typing() -> SafeString:
    """How words read, and the rule of Easy Read, while somebody types."""
    return format_html('<script type="module" src="{}"></script>', static("cms/easy.js"))


@hooks.register("insert_global_admin_js")
def dates_stay_as_typed() -> SafeString:
    """The calendar beside a date and time, which comes before each of them is drawn."""
    return format_html('<script src="{}"></script>', static("cms/moments.js"))


@hooks.register("insert_global_admin_css")
def how_checks_look() -> SafeString:
    """What the same needs to be seen."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/easy.css"))


def _refused(request: HttpRequest, page: Page) -> HttpResponse:
    messages.error(request, STAYS)
    return redirect("wagtailadmin_pages:edit", page.pk)
