"""The bytes of a recording or picture as an answer: all of it, or the stretch that a player asks for."""

from itertools import chain

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from . import chunks
from .models import Attachment, Chunk
from .ranges import NotThere, Stretch, asked_for

BARE = "default-src 'none'; sandbox"
NAMES = {"voice": "voice-note", "drawing": "drawing", "photo": "photo"}


def stream(request: HttpRequest, attachment: Attachment, form: str = Chunk.Form.WHOLE) -> HttpResponseBase:
    """206 for a stretch, 416 for one behind the end. The first chunk is opened before anything is said."""
    size = chunks.size_of(attachment, form)
    try:
        stretch = asked_for(request.headers.get("Range", ""), size)
    except NotThere:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    status, part = (206, stretch) if stretch else (200, Stretch(0, size - 1))
    headers = _headers(attachment, part)
    if stretch:
        headers["Content-Range"] = stretch.content_range(size)
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    pieces = chunks.read(attachment, form, part)
    return StreamingHttpResponse(chain([next(pieces)], pieces), status=status, headers=headers)


def _headers(attachment: Attachment, part: Stretch) -> dict[str, str]:
    """Opened by itself it is shown as nothing but what it is: no script, no frame, no guessing."""
    ending = attachment.media_type.split("/")[1]
    return {
        "Content-Type": attachment.media_type,
        "Content-Length": str(part.length),
        "Content-Disposition": f'inline; filename="{NAMES[attachment.kind]}.{ending}"',
        "Content-Security-Policy": BARE,
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store",
    }
