"""What every template may ask for. Nothing here touches the database: Help now has to work without it."""

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    return {"koru_demo": settings.KORU_DEMO}
