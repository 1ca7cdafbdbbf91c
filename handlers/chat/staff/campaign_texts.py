"""How a campaign reads to staff in chat, in English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from handlers.chat.staff.texts import LABEL_MAX_CHARACTERS, when
from notifications import campaign_progress
from notifications.cards import category_label
from notifications.pieces import MESSAGE_MAX_UNITS, shortened
from notifications.wording import say
from store.domain import spread
from store.domain.campaign import STATE_LABELS, Campaign, CampaignFacts, CampaignState
from store.domain.campaign_button import CampaignButton
from store.domain.campaign_file import CampaignFile
from store.domain.campaign_results import Results
from store.domain.delivery import DeliveryState, units
from store.domain.event import Action
from store.domain.language import LANGUAGE_NAMES
from store.domain.reference import LANGUAGES, Profile
from store.domain.subscription_form import place_names
from store.queries.campaign_occurrences import Came
from store.queries.campaign_sample import Sample
from store.queries.campaigns import CampaignPage

ROOM = 400
"""So many units of a message are left for what is said above a card."""
LEAST_CHARACTERS = 60
"""Words are never shown shorter than this."""
_CUT = " … (shortened)"
_STANDS = {
    DeliveryState.SENT: "sent",
    DeliveryState.QUEUED: "waiting to go out",
    DeliveryState.LEASED: "going out just now",
    DeliveryState.HELD: "paused",
    DeliveryState.BLOCKED: "blocked us",
    DeliveryState.FAILED: "failed",
    DeliveryState.UNCERTAIN: "not known whether it arrived",
    DeliveryState.EXPIRED: "too late",
    DeliveryState.CANCELLED: "cancelled, or not wanted any more",
    DeliveryState.OVERTAKEN: "overtaken",
}


def label(campaign: Campaign, *, unconfirmed: bool) -> str:
    """Return a campaign as a button shows it; `unconfirmed`: its days are."""
    stands = "Draft, confirm its days" if unconfirmed else STATE_LABELS[campaign.state]
    amiss = "Cannot be read · " if campaign.unreadable else ""
    return shortened(f"{stands} · {amiss}{campaign.facts.title}", LABEL_MAX_CHARACTERS)


def page(found: CampaignPage, came: Came | None, results: Results, profile: Profile, at: datetime) -> str:
    """Return everything chat shows of a campaign at this time.

    A draft that would take several messages has its words shortened: trying it on oneself shows all of them.
    """

    def written(texts: Mapping[str, str]) -> str:
        return _page(found, came, results, profile, at, texts)

    texts = found.campaign.facts.texts
    return fitted(written, texts) if found.campaign.state is CampaignState.DRAFT else written(texts)


def fitted(written: Callable[[Mapping[str, str]], str], texts: Mapping[str, str]) -> str:
    """Return what is written with these words; where that would take several messages, they are shortened."""
    whole = written(texts)
    long = units(whole) - (MESSAGE_MAX_UNITS - ROOM)
    if long <= 0:
        return whole
    most = max(LEAST_CHARACTERS, (sum(map(units, texts.values())) - long) // len(texts) - len(_CUT))
    return written(
        {code: f"{text[:most].rstrip()}{_CUT}" if len(text) > most else text for code, text in texts.items()}
    )


def _page(
    found: CampaignPage,
    came: Came | None,
    results: Results,
    profile: Profile,
    at: datetime,
    texts: Mapping[str, str],
) -> str:
    of = found.campaign
    head = [f"Campaign {of.reference} · {STATE_LABELS[of.state]}", of.facts.title, *_sent_back(found)]
    if of.unreadable:
        return "\n".join([*head, f"What is kept of it cannot be read. Written by: {of.author}"])
    facts = [*_about(of.facts, profile, found.sample, at), *_last_due(of, at), *_days(came)]
    facts += [f"Written by: {of.author}", *_approved(of, at), *_waits(of)]
    says = [*above(found.file), *words(texts)]
    return "\n\n".join(["\n".join(head), *says, "\n".join(facts), *_results(of, results, at)])


def _about(facts: CampaignFacts, profile: Profile, hear: Sample | None, at: datetime) -> Iterable[str]:
    """Return the lines on whom a campaign reaches, how many these are now (`hear`), when and how."""
    yield from readers(facts, profile)
    if hear is not None:
        yield f"Would hear of it now: {hear.total:,} {'person' if hear.total == 1 else 'people'}"
        if hear.late:
            why = "it ends before their digest comes or their quiet hours end"
            yield f"Too late for {'about ' if hear.about else ''}{hear.late:,} of them: {why}"
    yield f"Goes out: {_goes_out(facts, at)}, outside quiet hours"
    yield from besides(facts, profile)


def words(texts: Mapping[str, str]) -> Iterable[str]:
    """Return the words in each language under its name."""
    return [f"{LANGUAGE_NAMES[one]}:\n{texts[one]}" for one in LANGUAGES if one in texts]


def readers(facts: CampaignFacts, profile: Profile) -> Iterable[str]:
    """Return the lines on whom a campaign is for, and in which of their languages it has no words."""
    if missing := _untranslated(facts):
        yield missing
    places = place_names(profile, facts.places)
    where = f", from {', '.join(places)}" if places else ", from everywhere"
    read = f", who read {_reads(facts)}" if facts.languages else ""
    yield f"For those who subscribed to: {_topic(facts)}{where}{read}"


def besides(facts: CampaignFacts, profile: Profile) -> Iterable[str]:
    """Return the lines on how long a campaign is good, what stands under it, and its public page."""
    yield f"Good for: {_good_for(facts.good_for)}"
    if facts.link:
        yield f"Read more: {facts.link}"
    if facts.buttons:
        yield f"Buttons: {', '.join(_buttons(facts, profile))}"
    yield f"Public page: {_public(facts)}"


def languages(facts: CampaignFacts) -> str:
    """Return in which languages a campaign has words and how many characters, and which are missing."""
    has = [
        f"{LANGUAGE_NAMES[code]}: {len(facts.texts[code]):,} characters"
        for code in LANGUAGES
        if code in facts.texts
    ]
    return "\n".join([*has, *filter(None, [_untranslated(facts)])])


def more(facts: CampaignFacts) -> Iterable[str]:
    """Return the lines on what is seldom set."""
    yield f"Name: {facts.title}"
    yield f"Topic: {_topic(facts)}"
    yield f"Languages read: {_reads(facts) if facts.languages else 'whatever they read'}"
    yield f"Good for: {_good_for(facts.good_for)}"
    yield f"Public page: {_public(facts)}"


def file_words(file: CampaignFile) -> str:
    """Return what a file is, and of a picture what it shows."""
    return f"a picture ({file.seen})" if file.seen else "a PDF"


def _topic(facts: CampaignFacts) -> str:
    return say("en", f"subscribe.topic.{facts.topic.value}")


def _reads(facts: CampaignFacts) -> str:
    return _listed([LANGUAGE_NAMES[one] for one in LANGUAGES if one in facts.languages])


def _public(facts: CampaignFacts) -> str:
    return "there once it goes out" if facts.public else "not there"


def _untranslated(facts: CampaignFacts) -> str:
    """Return the sentence on languages that have no words yet; empty where there is none."""
    names = [LANGUAGE_NAMES[code] for code in facts.untranslated]
    if not names:
        return ""
    them = "it" if len(names) == 1 else "them"
    return f"No words yet in {_listed(names)}. Who reads {them} gets the English ones."


def _goes_out(facts: CampaignFacts, at: datetime) -> str:
    """Return when a campaign goes out."""
    begins = when(facts.send_at, at) if facts.send_at is not None else "as soon as it is approved"
    return f"{begins}, spread over {facts.spread} hours" if facts.spread else begins


def _last_due(of: Campaign, at: datetime) -> Iterable[str]:
    """Return when the last of its messages is due, where it is spread over hours."""
    if of.facts.spread:
        begins = of.started_at or max(of.facts.send_at or at, at)
        yield f"The last of it is due: {when(spread.ends(begins, of.facts.spread), at)}"


def _good_for(time: timedelta) -> str:
    days, rest = divmod(time, timedelta(days=1))
    number, unit = (time // timedelta(hours=1), "hour") if rest else (days, "day")
    return f"{number} {unit}{'s' if number != 1 else ''}"


def _buttons(facts: CampaignFacts, profile: Profile) -> Iterable[str]:
    """Return what its buttons say in English, and at which kind of problem the form opens."""
    for one in CampaignButton:
        if one in facts.buttons:
            opens = facts.category if one is CampaignButton.REPORT else None
            at = f" ({category_label(profile, opens)})" if opens else ""
            yield f"{say('en', f'campaign.button.{one.value}')}{at}"


def above(file: CampaignFile | None) -> Iterable[str]:
    """Return what stands above the words; chat shows it to whoever tries it on themselves."""
    if file is not None:
        shows = f": {file.seen}" if file.seen else " (PDF)"
        yield f"{file.kind.value.capitalize()} above the words{shows}"


def _days(came: Came | None) -> Iterable[str]:
    """Return of which recurring campaign it is a time, and whether its days are still a proposal."""
    if came is None:
        return
    proposal = " (a proposal)" if came.unconfirmed else ""
    days = f": {came.words}{proposal}" if came.words else " not known yet"
    yield f"One time of the recurring campaign “{came.title}”, its days{days}"
    if came.unconfirmed:
        yield "Its days are to be confirmed before it can be sent for approval."


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _sent_back(found: CampaignPage) -> Iterable[str]:
    """Return why it is a draft again, where the last that happened to it was that."""
    last = max(found.story, key=lambda line: line.id, default=None)
    if found.campaign.state is CampaignState.DRAFT and last and last.action == Action.CAMPAIGN_SENT_BACK:
        yield f"{last.who} sent it back: {last.detail or ''}".rstrip(": ")


def _approved(of: Campaign, at: datetime) -> Iterable[str]:
    if of.approver is not None and of.approved_at is not None:
        yield f"Approved by: {of.approver}, {when(of.approved_at, at)}"


def _waits(of: Campaign) -> Iterable[str]:
    if of.state is CampaignState.WAITING:
        yield "It waits for a supervisor who did not write it."


def _results(of: Campaign, found: Results, at: datetime) -> Iterable[str]:
    """Return what was counted last; the page in the console counts as it is looked at."""
    if of.started_at is None:
        return
    if found.counted_at is None:
        yield "Its messages are being counted. Look again in a few seconds."
    elif found.told:
        stands = [f"{count:,} {said}" for state, said in _STANDS.items() if (count := found.of(state))]
        yield f"{found.ended:,} of {found.told:,} done: {', '.join(stands)}."
        if left := campaign_progress.left(found, at, lambda one: when(one, at)):
            yield f"{left[:1].upper()}{left[1:]}"
