from django.urls import URLPattern

app_name = "journaling"
urlpatterns: list[URLPattern] = []
