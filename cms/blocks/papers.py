"""What a printed paper is put together from: words, answered points and stories."""

from wagtail import blocks

from cms.answers import POINT
from cms.blocks.points import PointBlock

STORY = "story"


class PaperBody(blocks.StreamBlock):
    """The content of a poster, a leaflet, a newsletter or an exhibition, in its order."""

    heading = blocks.CharBlock(max_length=80, icon="title", template="cms/blocks/heading.jinja")
    words = blocks.TextBlock(max_length=1000, icon="pilcrow", template="cms/blocks/plain_words.jinja")
    point = PointBlock()
    story = blocks.PageChooserBlock(page_type="cms.StoryPage", template="cms/blocks/story.jinja")

    class Meta:
        block_counts = {POINT: {"max_num": 30}, STORY: {"max_num": 10}}
