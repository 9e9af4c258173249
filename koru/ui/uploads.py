"""Files on their way in: held in memory only, so that nothing somebody sends lies unsealed on a disk."""

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

LARGEST = 10_000_000
LONGEST_REQUEST = 60_000_000


class InMemory(FileUploadHandler):
    """Keeps up to LARGEST bytes of a request's files. What goes beyond is read and let go: its form says so in words.

    A request longer than LONGEST_REQUEST is refused before it is read (413).
    """

    chunk_size = 2**16

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        if request is not None and int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_REQUEST:
            raise RequestDataTooBig("a request's files are longer than is read")
        self.room = LARGEST
        self.kept = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        fits = raw_data[: self.room]
        self.room -= len(fits)
        self.kept.write(fits)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        """`size` is that of the whole file, also when not all of it was kept."""
        self.kept.seek(0)
        return UploadedFile(self.kept, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra)
