"""The glossary in the editor: a list that whoever edits the site keeps."""

from wagtail.admin.viewsets.model import ModelViewSet

from cms.models import HardWord


class HardWordsViewSet(ModelViewSet):
    """Words and what they mean, for Easy Read pages."""

    model = HardWord
    name = url_prefix = "hard-words"
    menu_label = "Hard words"
    icon = "help"
    menu_order = 350
    add_to_admin_menu = True
    list_display = ["word", "meaning"]
    search_fields = ["word", "meaning"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False
