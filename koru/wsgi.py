"""The door for web servers."""

import os

from django.core.wsgi import get_wsgi_application

from koru.sealing.starting import refuse_without_keys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koru.settings.production")

application = get_wsgi_application()
refuse_without_keys()
