"""The script that a good programmer writes where there is no tool: a page of each document, with PyYAML, Jinja2 and
Python-Markdown. It shows what the built-in template `full` shows, but for the drawing.

    script.py DOCUMENTS PAGES
"""

import datetime
import functools
import pathlib
import sys
import zoneinfo

import jinja2
import markdown
import yaml
from markupsafe import Markup

HERE = pathlib.Path(__file__).resolve().parent
UTC = datetime.timezone.utc
MILESTONES = ("started", "detected", "acknowledged", "declared", "identified", "mitigated", "resolved")


class Prose:
    """Markdown of a document as HTML; HTML in it is text. Making a parser takes longer than using it."""

    def __init__(self):
        self.parser = markdown.Markdown(extensions=["tables", "fenced_code"], output_format="html")
        self.parser.preprocessors.deregister("html_block")
        self.parser.inlinePatterns.deregister("html")

    def __call__(self, text):
        return Markup(self.parser.reset().convert(text))


class Moment:
    """A time of a document, on the wall clock of its readers and in UTC; also one that is only roughly known."""

    def __init__(self, given, zone, about=False):
        self.machine = str(given)
        self.about = "about " if about else ""
        self.instant = None
        if len(self.machine) > 10:
            at = datetime.datetime.fromisoformat(self.machine)
            at = at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone)
            self.instant = at
            self.day = f"{at.day} {at:%B %Y}"
            self.clock = f"{self.about}{at:%H:%M}"
            utc = at.astimezone(UTC)
            self.utc = f"{utc.day} {utc:%B %Y, %H:%M} UTC"
        elif self.machine == "unknown":
            self.day, self.clock = "Time unknown", "unknown"
        else:
            self.day, self.clock = day(given), f"{self.about}hour not known"

    def until(self, other):
        """The time of another moment as it stands behind this one: with its day where it is another."""
        return other.clock if other.day == self.day else f"{other.day}, {other.clock}"

    @property
    def full(self):
        return f"{self.day}, {self.clock}"


def day(given):
    """A date of a document in words."""
    try:
        at = given if isinstance(given, datetime.date) else datetime.date.fromisoformat(given)
    except ValueError:
        return given
    return f"{at.day} {at:%B %Y}"


def length(seconds):
    """A length of time in its two largest units."""
    minutes = round(abs(seconds) / 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    units = [(days, "d"), (hours, "h"), (minutes, "min")]
    said = [f"{count} {unit}" for count, unit in units if count][:2]
    return " ".join(said) or "at once"


def between(first, last):
    """The seconds between two moments; nothing where one of them is not known."""
    if first and last and first.instant and last.instant:
        return (last.instant - first.instant).total_seconds()
    return None


def union(windows):
    """The seconds that windows cover; where they overlap, the time counts once."""
    total, end = 0, None
    for window in sorted(windows, key=lambda window: window["from"].instant):
        first, last = window["from"].instant, window["until"].instant
        first = first if end is None else max(first, end)
        if last > first:
            total += (last - first).total_seconds()
            end = last
    return total


def listed(value):
    return value if isinstance(value, list) else [value]


def label(word):
    return str(word).replace("-", " ").replace("_", " ").capitalize()


class Page:
    """What the template sees of a document beside its fields."""

    def __init__(self, document):
        self.document = document
        name = document.get("timezone")
        self.zone = zoneinfo.ZoneInfo(name) if name else UTC
        self.people = document.get("people") or {}
        self.links = {link["id"]: link for link in document.get("links") or [] if "id" in link}
        self.causes = {cause["id"]: cause for cause in document.get("causes") or []}
        self.told = set()
        self.events = self.timeline()
        self.marks = {}
        for event in self.events:
            for kind in event["kinds"]:
                if kind in MILESTONES:
                    self.marks.setdefault(kind, event["at"])

    def timeline(self):
        """The events in the order of time, each with its moments; key events are numbered."""
        events = []
        for event in self.document.get("timeline") or []:
            at = Moment(event["at"], self.zone, event.get("about"))
            until = Moment(event["until"], self.zone) if event.get("until") else None
            events.append({**event, "at": at, "until": until, "kinds": listed(event["kind"])})
        known = [event["at"].instant for event in events if event["at"].instant]
        last = min(known, default=datetime.datetime.now(UTC))
        for event in events:
            last = event["order"] = event["at"].instant or last
        events.sort(key=lambda event: event["order"])
        marked = any(event.get("key") for event in events)
        number = 0
        for event in events:
            is_milestone = any(kind in MILESTONES for kind in event["kinds"])
            if event.get("key") if marked else is_milestone:
                number += 1
                event["number"] = number
            event["milestone"] = is_milestone
            event["anchor"] = f"t{event['order'].astimezone(UTC):%Y%m%dT%H%M%SZ}"
        return events

    def days(self):
        """The events of each day."""
        days = {}
        for event in self.events:
            days.setdefault(event["at"].day, []).append(event)
        return days

    def tiles(self):
        """The numbers at the head of the page."""
        marks = self.marks
        words = [event["at"] for event in self.events if event.get("audience") in ("public", "customers")]
        started = marks.get("started")
        asked = [
            ("Users affected for", started, marks.get("resolved"), "from first effect to full recovery"),
            ("Detected after", started, marks.get("detected"), self.noticed()),
            ("Acknowledged after", marks.get("detected"), marks.get("acknowledged"), "from detection"),
            ("Identified after", started, marks.get("identified"), "the cause was known"),
            ("Mitigated after", started, marks.get("mitigated"), "most users well again"),
            ("Users told after", started, words[0] if words else None, self.silence(words)),
        ]
        tiles = []
        for name, first, last, note in asked:
            seconds = between(first, last)
            if seconds is not None:
                before = " before" if seconds < 0 else ""
                tiles.append({"label": name, "value": length(seconds) + before, "note": note})
        return tiles

    def noticed(self):
        by = (self.document.get("detection") or {}).get("by")
        return f"by {by}" if by else None

    def silence(self, words):
        """The longest time in which users were told nothing."""
        ends = [self.marks.get("started"), *words, self.marks.get("resolved")]
        gaps = [between(first, last) for first, last in zip(ends, ends[1:])]
        gaps = [gap for gap in gaps if gap and gap > 0]
        return f"longest silence {length(max(gaps))}" if gaps else None

    @functools.cached_property
    def services(self):
        """The windows of each service, and how long it was down and degraded."""
        services, summed = {}, []
        for window in (self.document.get("impact") or {}).get("services") or []:
            window = {
                **window,
                "from": Moment(window["from"], self.zone),
                "until": Moment(window["until"], self.zone) if window.get("until") else None,
            }
            services.setdefault(window["service"], []).append(window)
        for name, windows in services.items():
            closed = [w for w in windows if w["until"] and w["until"].instant and w["from"].instant]
            down = union(w for w in closed if w.get("effect") == "outage")
            degraded = union(w for w in closed if w.get("effect") == "degraded")
            summed.append(
                {
                    "name": name,
                    "windows": windows,
                    "down": length(down) if down else "–",
                    "degraded": length(degraded) if degraded else "–",
                }
            )
        return summed

    def budgets(self):
        """How much of each error budget is gone, by the time its service was down."""
        down = {service["name"]: service for service in self.services}
        for slo in (self.document.get("impact") or {}).get("slo") or []:
            service = down.get(str(slo["name"]).split(" ")[0])
            consumed = None
            if service and str(slo["window"]).endswith("d"):
                allowed = (1 - float(str(slo["target"]).rstrip("%")) / 100) * int(slo["window"][:-1]) * 86_400
                windows = [w for w in service["windows"] if w["until"] and w.get("effect") == "outage"]
                consumed = f"{union(windows) / allowed * 100:.0f} %" if allowed else None
            yield {**slo, "consumed": consumed}

    def roots(self):
        """The causes that explain no other."""
        behind = {id for cause in self.causes.values() for id in cause.get("because") or []}
        return [cause for id, cause in self.causes.items() if id not in behind]

    def is_told(self, cause):
        """Whether a cause was told already: it may explain several others."""
        was_told = cause in self.told
        self.told.add(cause)
        return was_told

    def answers(self, cause):
        """The actions that answer a cause."""
        actions = self.document.get("actions") or []
        return [action["id"] for action in actions if cause in (action.get("for") or [])]

    def person(self, key):
        return (self.people.get(key) or {}).get("name") or key

    def period(self):
        first, last = self.marks.get("started"), self.marks.get("resolved")
        return (first, last) if first else None


def main():
    documents, pages = (pathlib.Path(given) for given in sys.argv[1:3])
    pages.mkdir(parents=True, exist_ok=True)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(prose=Prose(), label=label, day=day)
    template = environment.get_template("page.html")
    # The loader that is written in C, where it is there.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for file in sorted(documents.glob("*.yaml")):
        document = yaml.load(file.read_text(), Loader=loader)
        page = template.render(document, page=Page(document))
        (pages / f"{file.stem}.html").write_text(page)


main()
