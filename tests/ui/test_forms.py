"""Every form of Koru: typed words kept, errors in words beside the field and in the summary, a key against double submits."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from koru.ui.forms import NOTICE, KoruForm, OneLineField, answer
from koru.ui.widgets import Choices, Steps


class Asked(KoruForm):
    keyed = True
    name = OneLineField(label="What should we call you?", max_length=20)
    email = forms.EmailField(label="Email", help_text="For the link to move or cancel.")
    mood = forms.TypedChoiceField(label="Mood", choices=enumerate("abcdefg"), widget=Steps, required=False)
    share = forms.ChoiceField(label="Who may read this?", choices=[("me", "Only me")], widget=Choices(hints={"me": "Sealed."}))
    text = forms.CharField(widget=forms.Textarea, required=False, max_length=100_000)


RIGHT = {"name": "Rowan", "email": "rowan@example.org", "share": "me"}


def shown(form: forms.BaseForm) -> str:
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


def request() -> HttpRequest:
    return RequestFactory().get("/ui/")


def test_nul_and_lone_surrogates_are_gone_before_validation_and_that_is_said() -> None:
    form = Asked({**RIGHT, "text": "one\x00two\ud800"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "onetwo\ufffd"
    assert NOTICE in shown(form).replace("&#x27;", "'")


def test_a_form_without_odd_characters_says_nothing_of_them() -> None:
    assert Asked(RIGHT).notice == ""


def test_a_querydict_with_several_values_keeps_them_all() -> None:
    class Several(KoruForm):
        tags = forms.MultipleChoiceField(choices=[("a", "a"), ("b", "b")])

    form = Several(QueryDict("tags=a&tags=b"))
    assert form.is_valid()
    assert form.cleaned_data["tags"] == ["a", "b"]


def test_everything_typed_is_shown_again_beside_what_is_wrong() -> None:
    page = shown(Asked({**RIGHT, "email": "rowan.example.org", "text": "שלום <b>"}))
    assert 'value="rowan.example.org"' in page
    assert "שלום &lt;b&gt;" in page
    assert page.count("Enter an email address with an @, like name@example.org") == 2
    assert '<a href="#id_email">' in page
    assert 'aria-describedby="id_email_helptext id_email_error"' in page
    assert 'aria-invalid="true"' in page


def test_the_error_stands_between_hint_and_field() -> None:
    page = shown(Asked({**RIGHT, "email": ""}))
    places = [page.index(part) for part in ('id="id_email_helptext"', 'id="id_email_error"', 'name="email"')]
    assert places == sorted(places)


def test_the_summary_leads_to_the_first_radio_of_a_group() -> None:
    assert '<a href="#id_share_0">Who may read this? Choose one</a>' in shown(Asked({**RIGHT, "share": ""}))


def test_a_form_that_was_not_sent_shows_no_summary() -> None:
    assert "There is a problem" not in shown(Asked())


def test_a_newline_in_a_name_is_refused_in_words() -> None:
    assert Asked({**RIGHT, "name": "Rowan\nBcc: all"}).errors["name"] == ["Please use one line."]


def test_too_long_a_name_says_how_long_it_is() -> None:
    assert Asked({**RIGHT, "name": "x" * 21}).errors["name"] == ["Keep this to 20 characters. It has 21 now."]


def test_a_hundred_thousand_characters_fit_and_one_more_is_said() -> None:
    assert Asked({**RIGHT, "text": "x" * 100_000}).is_valid()
    assert "100001 now" in Asked({**RIGHT, "text": "x" * 100_001}).errors["text"][0]


def test_a_step_that_is_not_shown_is_refused() -> None:
    assert Asked({**RIGHT, "mood": "٣"}).errors["mood"] == ["Pick one of the values shown."]


def test_the_key_stays_the_same_when_the_form_comes_back() -> None:
    key = "0198f0f0-0000-7000-8000-000000000000"
    form = Asked({**RIGHT, "email": "", "key": key})
    assert f'value="{key}"' in shown(form)
    assert Asked({**RIGHT, "key": key}).is_valid()


def test_a_key_that_is_none_protects_nothing_but_costs_no_words() -> None:
    form = Asked({**RIGHT, "key": "nonsense"})
    assert form.is_valid()
    assert isinstance(form.cleaned_data["key"], UUID)


def test_two_fresh_forms_carry_two_keys() -> None:
    assert Asked()["key"].value() != Asked()["key"].value()


def test_scales_are_real_radios_each_with_its_words() -> None:
    page = shown(Asked())
    assert page.count('type="radio" id="id_mood_') == 7
    assert "steps seven" in page


def test_what_is_asked_for_alone_is_marked_optional() -> None:
    page = shown(Asked())
    assert page.count("(optional)") == 1
    assert "required" not in page
    assert "placeholder" not in page


def test_free_text_runs_in_its_own_direction() -> None:
    assert shown(Asked()).count('dir="auto"') == 2


def test_an_answer_with_faults_is_422_and_begins_its_title_with_error() -> None:
    class Sample(KoruForm):
        name = OneLineField()

    wrong = answer(request(), "base_public.html", Sample({}))
    fresh = answer(request(), "base_public.html", Sample())
    assert (wrong.status_code, fresh.status_code) == (422, 200)
    assert "<title>Error: " in wrong.content.decode()
    assert "<title>Koru" in fresh.content.decode()
