"""Koru's addresses and one bare view: signed in, one query, a short page."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from koru.people.models import Alliance
from koru.people.permissions import person_of, person_required
from koru.urls import urlpatterns as korus

PAGE = engines["django"].from_string("<!doctype html><title>Bare</title><p>{{ person }} {{ count }}</p>")


@person_required
def bare(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    count = Alliance.objects.filter(client=person).count()
    return HttpResponse(PAGE.render({"person": person, "count": count}, request))


urlpatterns = [*korus, path("bare/", bare)]
