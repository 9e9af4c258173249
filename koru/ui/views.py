"""The gallery: each component in each of its states. In the demo and in tests only."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from . import samples
from .forms import KoruForm, OneLineField
from .widgets import Choices, DateInput, Slide, Steps, Ticks

MOODS = ("very low", "low", "a bit low", "in between", "okay", "good", "very good")
ENERGIES = ("empty", "low", "some", "good", "full")
STOPS = [*((str(stop), format_html('<span class="vh">stop {} of 11</span>', stop)) for stop in range(1, 12)), ("skip", "Skip")]
READERS = (("me", "Only me"), ("therapist", "My therapist"), ("bring", "Bring to session"))
SENTENCES = {"me": "Sealed. Nobody at the practice can read it.", "therapist": "Wren can read it before you meet."}


class Sample(KoruForm):
    """One of each kind of field."""

    keyed = True
    name = OneLineField(label="What should we call you?", max_length=80)
    email = forms.EmailField(label="Email", help_text="For the link to move or cancel. Nothing else.")
    day = forms.DateField(label="Day", widget=DateInput)
    zone = forms.ChoiceField(label="Times shown in", choices=[("America/Denver", "Denver time"), ("UTC", "UTC")])
    mood = forms.TypedChoiceField(label="How are you right now?", choices=enumerate(MOODS), widget=Steps, required=False)
    energy = forms.TypedChoiceField(label="How is your energy?", choices=enumerate(ENERGIES), widget=Steps, required=False)
    way = forms.ChoiceField(
        label="Did you work in a way that suits you?",
        choices=STOPS,
        widget=Slide(low="not my way", high="my way"),
        required=False,
    )
    share = forms.ChoiceField(label="Who may read this?", choices=READERS, widget=Choices(hints=SENTENCES))
    tags = forms.MultipleChoiceField(label="What was around?", choices=READERS, widget=Ticks, required=False)
    text = forms.CharField(label="A note", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="Someone will take me home")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    filled = Sample(
        {"name": "Demo Rowan", "email": "rowan.example.org", "mood": "1", "way": "7", "share": "me"}, auto_id="with_%s"
    )
    return render(request, "ui/gallery.html", {**samples.ALL, "empty": Sample(auto_id="plain_%s"), "filled": filled})
