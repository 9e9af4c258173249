"""The headers that every answer carries: pages, fragments, errors and static files."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
        "publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
}
RECORDS = ALWAYS["Permissions-Policy"].replace("microphone=()", "microphone=(self)")


class Headers:
    """Outermost but for the log, so that nothing leaves without them. The CSP is django-csp's, just inside."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.inner(request)
        for name, value in ALWAYS.items():
            response[name] = value
        if getattr(response, "records", False):
            response["Permissions-Policy"] = RECORDS
        if settings.SECURE_HSTS_SECONDS:
            response["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        if signed_out(request):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response


def may_record(response: HttpResponse) -> HttpResponse:
    """The page asks for the microphone, when somebody taps to record."""
    vars(response)["records"] = True
    return response


def signed_out(request: HttpRequest) -> bool:
    """Whether this answer ends a session: what the browser kept of its pages goes with it."""
    match = request.resolver_match
    at_logout = match is not None and match.view_name == "account_logout"
    return at_logout and request.method == "POST" and not request.user.is_authenticated
