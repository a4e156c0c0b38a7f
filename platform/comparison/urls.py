"""Comparison's pages on the platform, for national staff."""

from django.urls import path

from comparison import views

urlpatterns = [
    path("comparison/", views.comparison, name="comparison"),
    path("comparison/file/", views.comparison_file, name="comparison_file"),
]
