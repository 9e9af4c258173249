"""Pages of the demo's mailbox. Outside the demo they aren't there."""

from collections.abc import Callable
from functools import wraps

from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .mailbox import Mail, mail_named, mails

View = Callable[..., HttpResponseBase]
NONE = "'none'"
AS_MAIL = {
    "default-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
}


def demo_only(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not settings.KORU_DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@demo_only
def mailbox(request: HttpRequest) -> HttpResponse:
    """All mails, or those of one address: `?to=`."""
    to = request.GET.get("to", "")
    return render(request, "reminders/mailbox.html", {"mails": mails(to), "to": to})


@require_safe
@demo_only
def mail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "reminders/mailbox_mail.html", {"mail": _found(name)})


@require_safe
@demo_only
def mail_as_it_looks(request: HttpRequest, name: str) -> HttpResponseBase:
    """The HTML of a mail, which carries its styles with it: here alone the policy allows that."""
    html = _found(name).html
    return csp(AS_MAIL)(lambda _: HttpResponse(html))(request)


def _found(name: str) -> Mail:
    found = mail_named(name)
    if found is None:
        raise Http404
    return found
