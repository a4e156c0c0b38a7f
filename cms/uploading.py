"""How an editor uploads a PDF, or chooses one that is there."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from wagtail.admin.viewsets.chooser import ChooserViewSet

from cms.models.papers import UploadedPaper
from kit import pdfs


class PaperForm(forms.ModelForm):
    """The document is written anew, so that nothing in it acts or tells who made it."""

    class Meta:
        model = UploadedPaper
        fields = ["title", "file"]

    def clean(self) -> dict[str, Any]:
        """The document as it will be kept."""
        given = super().clean() or {}
        file = given.get("file")
        if not file:
            return given
        try:
            content = file.read(pdfs.MOST_BYTES + 1)
            made = pdfs.rewritten(content, title=given.get("title", ""))
        except pdfs.NotAPaper as refused:
            raise forms.ValidationError({"file": str(refused)}) from refused
        given["file"] = ContentFile(made.content, name="paper.pdf")
        self.instance.pages, self.instance.is_tagged = made.pages, made.is_tagged
        return given


class PaperChooser(ChooserViewSet):
    """The pages behind the button “Choose a PDF”."""

    model = UploadedPaper
    icon = "doc-full"
    choose_one_text = "Choose a PDF"
    choose_another_text = "Choose another PDF"
    create_action_label = "Upload"
    creation_tab_label = "Upload a PDF"
    search_tab_label = "Those that are here"
    page_title = "Choose a PDF"
    creation_form_class = PaperForm
