"""The forms that change what a recurring campaign says, and its file: those of a campaign, without a time."""

from __future__ import annotations

from dataclasses import replace

from store.domain.campaign_file_form import CAMPAIGN_FILE
from store.domain.campaign_part import CAMPAIGN_PART

PATTERN_PART = replace(CAMPAIGN_PART, code="pattern_part")
PATTERN_FILE = replace(CAMPAIGN_FILE, code="pattern_file")
