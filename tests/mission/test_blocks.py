"""Blocks offer only choices that every visitor can use."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError

from mission.blocks import CallToActionBlock, ContentBlock, VideoBlock


def stream(*headings):
    block = ContentBlock()
    return block, block.to_python(
        [{"type": "heading", "value": {"level": level, "text": f"Część {n}"}} for n, level in enumerate(headings)]
    )


def test_headings_in_order_are_accepted():
    block, value = stream("h2", "h3", "h3", "h2")
    assert len(block.clean(value)) == 4


def test_a_page_cannot_begin_with_a_heading_of_the_lower_level():
    block, value = stream("h3", "h2")
    with pytest.raises(StreamBlockValidationError) as refusal:
        block.clean(value)
    assert list(refusal.value.block_errors) == [0]


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "data:text/html,x"])
def test_a_call_to_action_leads_to_exactly_one_safe_place(url):
    block = CallToActionBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"text": "Zapisz się", "page": None, "url": url}))


def test_a_film_needs_a_file_or_an_address():
    block = VideoBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"title": "Film", "video": None, "captions": None, "url": "", "transcript": ""}))


@pytest.mark.parametrize("name", ContentBlock().child_blocks)
def test_every_block_has_an_icon_a_description_a_template_and_a_preview(name):
    block = ContentBlock().child_blocks[name]
    assert block.meta.icon != "placeholder"
    assert block.get_description()
    assert block.meta.template
    assert block.is_previewable
