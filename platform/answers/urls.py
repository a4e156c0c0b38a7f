"""What others did, on the platform."""

from django.urls import path

from answers import views

urlpatterns = [
    path("answers/", views.answers, name="answers"),
    path("answers/follow/", views.answers_follow, name="answers_follow"),
]
