"""Who may open which pages: named predicates, used as decorators. Whose record is open to whom is `koru.privacy`'s."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from .models import Person

View = Callable[..., HttpResponseBase]


def person_of(request: HttpRequest) -> Person:
    """The signed-in person. Behind one of the decorators below only."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


def _only(may: Callable[[Person], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not may(person_of(request)):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


person_required = _only(lambda person: True)
client_required = _only(lambda person: person.is_client)
therapist_required = _only(lambda person: person.is_therapist)
lead_required = _only(lambda person: person.is_therapist and person.is_lead)
desk_required = _only(lambda person: person.is_desk)
clinic_required = _only(lambda person: not person.is_client)


def ask_unless_shown_lately(request: HttpRequest) -> None:
    """Goes on for who has shown within five minutes that it is still them; else they are asked, and then it goes on.

    Raises ReauthenticationRequired, which allauth answers. It keeps what was posted in the session row, in the clear: not
    for a form with anybody's words in it.
    """
    if not has_shown_lately(request):
        raise ReauthenticationRequired


def has_shown_lately(request: HttpRequest) -> bool:
    """Whether nothing would be asked now."""
    return not is_reauthentication_required(request, app="koru.people")


def shown_lately(view: View) -> View:
    """For deeds that a session alone isn't enough for. Behind one of the decorators above only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        ask_unless_shown_lately(request)
        return view(request, *args, **kwargs)

    return guarded


def asked_first(request: HttpRequest, way_back: str) -> HttpResponse | None:
    """As `shown_lately`, for a file: the question, and from it back to a page of ours; None for who has shown it.

    Were it to go on by itself, the file would come and the question stay on the screen.
    """
    try:
        ask_unless_shown_lately(request)
    except ReauthenticationRequired:
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': way_back})}")
    return None
