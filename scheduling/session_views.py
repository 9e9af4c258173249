from uuid import UUID

from django.http import HttpRequest, HttpResponse


def session(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    return HttpResponse()
