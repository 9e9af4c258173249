from django.urls import path

from .views import help_now

app_name = "safety"
urlpatterns = [path("help-now/", help_now, name="help_now")]
