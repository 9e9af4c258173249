"""The lines of addresses that allauth and Django's admin bring along."""

from .lines import NO, Line, admin, anyone, signed_in

AS_STRANGER = (200, 422)
SIGNING_IN = {
    "accounts/login/": signed_in(302, 302, stranger=AS_STRANGER),
    "accounts/login/code/": signed_in(302, 302, stranger=AS_STRANGER),
    "accounts/login/code/confirm/": anyone(302, 302),
    "accounts/logout/": signed_in(200, 302),
    "accounts/inactive/": anyone(200, NO),
    "accounts/signup/": signed_in(302, 302, stranger=(200, 200)),  # shut: it says that an invitation is needed
    "accounts/reauthenticate/": signed_in(403, 403),
    "accounts/email/": signed_in(200, 302),
    "accounts/confirm-email/": anyone(302, 302),
    "accounts/password/change/": signed_in(302, 302),
    "accounts/password/set/": signed_in(200, 422),
    "accounts/password/reset/": anyone(200, 422),
    "accounts/password/reset/done/": anyone(200, NO),
    "accounts/password/reset/key/done/": anyone(200, NO),
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": anyone(200, 422),
    "accounts/2fa/": signed_in(200, NO),
    "accounts/2fa/authenticate/": anyone(302, 302),
    "accounts/2fa/reauthenticate/": signed_in(403, 403),
    "accounts/2fa/totp/activate/": signed_in(200, 422),
    "accounts/2fa/totp/deactivate/": signed_in(404, 404),
    "accounts/2fa/recovery-codes/": signed_in(404, NO),
    "accounts/2fa/recovery-codes/generate/": signed_in(200, 422),
    "accounts/2fa/recovery-codes/download/": signed_in(404, 404),
    "accounts/2fa/webauthn/": signed_in(200, NO),
    "accounts/2fa/webauthn/add/": signed_in(200, 422),
    "accounts/2fa/webauthn/reauthenticate/": signed_in(403, 403),
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": signed_in(404, 404),
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": signed_in(404, 404),
    "accounts/2fa/webauthn/login/": anyone(302, 302),
    "accounts/sessions/": signed_in(200, 302),
}

FORM = (200, 200)
SHUT = (403, 403)
WHOLE = {"": FORM, "add/": FORM, "history/": FORM, "delete/": FORM, "change/": FORM, "bare": (302, 302)}
EDITED = {**WHOLE, "add/": SHUT, "delete/": SHUT}
MODELS = {
    "measures/offering": {**WHOLE, "delete/": SHUT, "change/": (200, 302)},
    "people/clinic": EDITED,
    "people/person": EDITED,
    "reminders/letter": {**EDITED, "change/": (200, 302)},  # saving changes nothing
    "practices/resource": WHOLE,
    "safety/helpline": WHOLE,
    "scheduling/room": {**WHOLE, "delete/": SHUT},
    "scheduling/appointmentkind": EDITED,
    "scheduling/equipment": WHOLE,
    "scheduling/skill": WHOLE,
    "scheduling/coursetemplate": {**WHOLE, "delete/": SHUT},
    "scheduling/checklistitem": {**WHOLE, "delete/": SHUT},
}


def _lines_of(model: str, statuses: dict[str, tuple[int, int]]) -> dict[str, Line]:
    one = f"admin/{model}/<path:object_id>/"
    of_all = {f"admin/{model}/{name}": admin(*statuses[name]) for name in ("", "add/")}
    of_one = {f"{one}{name}": admin(*statuses[name]) for name in ("history/", "delete/", "change/")}
    return {**of_all, **of_one, one: admin(*statuses["bare"])}


ADMIN_SITE = {
    "admin/": admin(200, 200),
    "admin/login/": Line(frozenset({"admin"}), 302, 422, shut=403),
    "admin/logout/": admin(NO, 302),
    "admin/password_change/": admin(200, 422),
    "admin/password_change/done/": admin(200, NO),
    "admin/autocomplete/": admin(403, NO),
    "admin/jsi18n/": admin(200, NO),
    "admin/r/<path:content_type_id>/<path:object_id>/": admin(404, 404),
    "admin/^(?P<app_label>people|reminders|safety|practices|scheduling|measures)/$": admin(200, 200),
    "admin/(?P<url>.*)$": admin(404, 404),
    **{route: line for model, statuses in MODELS.items() for route, line in _lines_of(model, statuses).items()},
}
