from django.urls import URLPattern

app_name = "moodtracking"
urlpatterns: list[URLPattern] = []
