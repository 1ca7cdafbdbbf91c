"""Words for residents: keys and values in, sentences in their language out."""

from __future__ import annotations

from notifications.wording.catalogue import say, say_many, translated

__all__ = ["say", "say_many", "translated"]
