"""Monitoring as a scheme sees it."""

from django.urls import path

from peer_monitoring.views import at_schemes

urlpatterns = [path("monitoring/", at_schemes.monitoring, name="monitoring")]
