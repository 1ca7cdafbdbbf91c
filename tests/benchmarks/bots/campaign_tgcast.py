"""tgcast as its manual shows it: a campaign in its own SQLite file, sent by threads, told 30 a second."""

from __future__ import annotations

import signal

from tgcast import CampaignConfig, Recipient, Telecast

from tests.benchmarks.bots.watch import arguments, say, tell
from tests.benchmarks.campaign import WORDS, read


class Words:
    """The same words for everybody."""

    def render(self, key: str, locale: str, vars: dict[str, object]) -> str:  # noqa: A002 - tgcast's name
        """Return them."""
        return WORDS


def run() -> None:
    """Send to everybody, or go on where a killed one stopped, and wait to be killed."""
    place = arguments()
    campaign, kept = read(place.folder), place.folder / "tgcast.db"
    begun = kept.exists()
    engine = Telecast(
        bot_token=place.token,
        store_dsn=str(kept),
        telegram_base_url=place.url,
        template_renderer=Words(),
        global_rps=float(campaign.per_second),
    )
    signal.signal(signal.SIGUSR1, lambda *_: tell())
    engine.start()
    say("READY")
    if not begun:
        number = engine.create_campaign(CampaignConfig(name="News", template_key="news"))
        engine.add_recipients(number, [Recipient(chat_id=chat) for chat in campaign.chats])
        engine.start_campaign(number)
    while True:
        signal.pause()


if __name__ == "__main__":
    run()
