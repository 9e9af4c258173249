"""Drawing and choosing a photo in a real browser: kept on the device until saved, and found again there."""

import pytest
from playwright.sync_api import Page, expect

from journaling.attachments import chunks
from journaling.attachments.models import Attachment
from journaling.attachments.ranges import Stretch
from tests.journaling.attachments.browsing import DRAW, PHOTO, draw, keeps, ready, save
from tests.journaling.attachments.files import picture

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_drawing_is_made_undone_kept_and_shown(phone: Page) -> None:
    ready(phone, DRAW)
    draw(phone)
    phone.get_by_role("button", name="Violet").click()
    draw(phone, down=120)
    phone.get_by_role("button", name="Undo").click()
    phone.get_by_role("button", name="Yellow").click()
    phone.get_by_role("button", name="Broad line").click()
    draw(phone, down=160)
    phone.locator("summary", has_text="Describe it").click()
    phone.get_by_label("A description").fill("Two lines.")
    save(phone)
    one = Attachment.objects.get()
    data = b"".join(chunks.read(one, "whole", Stretch(0, one.size - 1)))
    assert (one.width, one.height, one.media_type) == (1200, 900, "image/png")
    assert data.startswith(b"\x89PNG")
    expect(phone.get_by_role("img", name="Two lines.")).to_be_visible()
    assert phone.get_by_role("img", name="Two lines.").evaluate("(image) => image.naturalWidth") == 640


def test_a_drawing_comes_back_to_a_new_tab_and_can_be_cleared(phone: Page) -> None:
    ready(phone, DRAW)
    draw(phone)
    keeps(phone, 1)
    again = phone.context.new_page()
    phone.close()
    ready(again, DRAW)
    expect(again.get_by_role("button", name="Undo")).to_be_enabled()
    again.get_by_role("button", name="Clear the sheet").click()
    expect(again.get_by_role("button", name="Undo")).to_be_disabled()
    keeps(again, 0)


def test_a_large_photo_is_made_smaller_on_the_device_and_shown_before_it_is_saved(phone: Page) -> None:
    ready(phone, PHOTO)
    large = picture("PNG", (2600, 2000)) + bytes(4_500_000)
    phone.get_by_label("Take or choose a photo").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": large})
    expect(phone.get_by_role("img", name="The photo you chose")).to_be_visible()
    assert phone.evaluate("() => document.querySelector('[name=file]').files[0].size") < 1_000_000
    save(phone)
    assert Attachment.objects.get().width == 2400
