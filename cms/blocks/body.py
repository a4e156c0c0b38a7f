"""The content of a page, block by block."""

from wagtail import blocks

from cms.blocks.pictures import FilmBlock, PictureBlock
from cms.blocks.words import ActionLink, Details, DoList, RichWords, Warning


class Body(blocks.StreamBlock):
    """What an editor can put on a page of words and pictures."""

    heading = blocks.CharBlock(max_length=120, icon="title", template="cms/blocks/heading.jinja")
    paragraph = RichWords(icon="pilcrow", template="cms/blocks/paragraph.jinja")
    inset_text = RichWords(icon="openquote", label="Text set apart", template="cms/blocks/inset_text.jinja")
    warning = Warning()
    action_link = ActionLink()
    details = Details()
    do_list = DoList()
    picture = PictureBlock()
    film = FilmBlock()

    class Meta:
        block_counts = {"picture": {"max_num": 20}}
