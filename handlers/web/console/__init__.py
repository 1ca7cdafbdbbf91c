"""The console of staff: its pages, one table of routes."""

from __future__ import annotations

from handlers.web.console import (
    account,
    alerts,
    assignment,
    bulk,
    case_deeds,
    case_file,
    case_records,
    cases,
    company,
    entry,
    evidence,
    export,
    home,
    map_page,
    report_deeds,
    reports,
    search,
    sign_in,
    system,
    views,
)

ROUTES = (
    *sign_in.ROUTES,
    *home.ROUTES,
    *account.ROUTES,
    *entry.ROUTES,
    *reports.ROUTES,
    *report_deeds.ROUTES,
    *cases.ROUTES,
    *assignment.ROUTES,
    *case_deeds.ROUTES,
    *case_file.ROUTES,
    *case_records.ROUTES,
    *company.ROUTES,
    *evidence.ROUTES,
    *alerts.ROUTES,
    *bulk.ROUTES,
    *export.ROUTES,
    *map_page.ROUTES,
    *search.ROUTES,
    *system.ROUTES,
    *views.ROUTES,
)
