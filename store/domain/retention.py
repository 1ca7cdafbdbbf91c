"""How long things are kept that nobody needs any more (proposals of ours, DPIA to confirm)."""

from __future__ import annotations

from datetime import timedelta

DRAFT_DAYS = timedelta(days=7)
"""A form that nobody finished."""
UPDATE_DAYS = timedelta(days=30)
"""The row of a handled update; its payload is emptied at once."""
DELIVERY_DAYS = timedelta(days=90)
"""The row of a finished delivery; its content is emptied at once."""
CAMPAIGN_FILE_DAYS = timedelta(days=90)
"""The file of a campaign that was cancelled without going out, or of a recurring one after its end."""
SIGN_IN_DAYS = timedelta(days=30)
"""Tokens and sessions after their end."""
ORIGINAL_DAYS = timedelta(days=30)
"""The sealed original of a picture, unless it is marked as evidence or in quarantine."""
