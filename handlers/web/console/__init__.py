"""The console of staff: its pages, one table of routes."""

from __future__ import annotations

from handlers.web.console import (
    account,
    alerts,
    case_deeds,
    case_records,
    cases,
    company,
    evidence,
    home,
    report_deeds,
    reports,
    sign_in,
    system,
)

ROUTES = (
    *sign_in.ROUTES,
    *home.ROUTES,
    *account.ROUTES,
    *reports.ROUTES,
    *report_deeds.ROUTES,
    *cases.ROUTES,
    *case_deeds.ROUTES,
    *case_records.ROUTES,
    *company.ROUTES,
    *evidence.ROUTES,
    *alerts.ROUTES,
    *system.ROUTES,
)
