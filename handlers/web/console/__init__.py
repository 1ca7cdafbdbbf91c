"""The console of staff: its pages, one table of routes."""

from __future__ import annotations

from handlers.web.console import (
    account,
    alerts,
    bulk,
    case_deeds,
    cases,
    evidence,
    export,
    home,
    map_page,
    report_deeds,
    reports,
    sign_in,
    system,
    views,
)

ROUTES = (
    *sign_in.ROUTES,
    *home.ROUTES,
    *account.ROUTES,
    *reports.ROUTES,
    *report_deeds.ROUTES,
    *cases.ROUTES,
    *case_deeds.ROUTES,
    *evidence.ROUTES,
    *alerts.ROUTES,
    *bulk.ROUTES,
    *export.ROUTES,
    *map_page.ROUTES,
    *system.ROUTES,
    *views.ROUTES,
)
