"""The languages we speak, as staff call them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "pl": "Polish",
        "ro": "Romanian",
        "cs": "Czech",
        "sk": "Slovak",
        "uk": "Ukrainian",
    }
)
