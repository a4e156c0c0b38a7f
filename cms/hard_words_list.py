"""The glossary in the editor: whoever edits the site reads it, and whoever publishes keeps it (ADR 0065)."""

from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.models import HardWord


class HardWordsIndex(IndexView):
    """The list, which says to whom it cannot be changed by whom it can."""

    template_name = "cms/hard_words.html"


class HardWordsViewSet(ModelViewSet):
    """Words and what they mean, for Easy Read pages."""

    model = HardWord
    name = url_prefix = "hard-words"
    index_view_class = HardWordsIndex
    menu_label = "Hard words"
    icon = "help"
    menu_order = 350
    add_to_admin_menu = True
    list_display = ["word", "meaning"]
    search_fields = ["word", "meaning"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False
