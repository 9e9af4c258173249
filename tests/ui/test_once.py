"""What is drawn once a process: the same for everybody, whoever came first."""

from django.template import Context, engines
from django.test import RequestFactory

from koru.ui.templatetags.koru_ui import navigation


def test_what_is_drawn_once_keeps_nothing_of_who_saw_it_first() -> None:
    page = engines["django"].from_string("{% load koru_ui %}{{ name }}: {% once %}<p>Same {{ name }}</p>{% endonce %}")
    assert page.render({"name": "Demo Rowan"}) == "Demo Rowan: <p>Same </p>"
    assert page.render({"name": "Demo Wren"}) == "Demo Wren: <p>Same </p>"


def test_what_is_included_once_stays_whole_inside_loops() -> None:
    page = engines["django"].from_string(
        "{% load koru_ui %}{% for n in 'ab' %}{% once %}{% include 'ui/help.html' %}{% endonce %}{% endfor %}"
    )
    assert page.render().count('href="/help-now/"') == 2
    assert page.render() == page.render()


def test_the_navigation_marks_the_place_of_each_page_anew() -> None:
    def drawn(path: str) -> str:
        return navigation(Context({"request": RequestFactory().get(path)}), "client")

    assert 'href="/today/" aria-current="page"' in drawn("/today/")
    assert 'href="/journal/" aria-current="page"' in drawn("/journal/")
    assert 'href="/journal/" aria-current="true"' in drawn("/journal/new/")
    assert "aria-current" not in drawn("/help-now/")
