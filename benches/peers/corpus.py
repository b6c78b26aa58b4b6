"""Writes a corpus of postmortems of about 9 kB each; half of them have findings.

    corpus.py FOLDER COUNT

The same count gives the same bytes everywhere. Documents are drawn from a few hundred words and
sentences, so that no two are alike and none is real. An odd document carries one to four mistakes.
"""

import datetime
import pathlib
import random
import sys

SERVICES = [
    "checkout", "search", "catalogue", "accounts", "billing", "mail", "uploads", "reports",
    "webhooks", "sessions", "exports", "feed", "gateway", "images", "ledger", "quotes",
]
TEAMS = ["Platform", "Payments", "Storage", "Network", "Data", "Delivery", "Identity"]
NAMES = ["Ada Brandt", "Ben Okoro", "Chloe Tan", "Dario Rossi", "Elin Berg", "Femi Ade", "Gita Rao"]
ZONES = [
    ("America/Los_Angeles", "-08:00"), ("Europe/Berlin", "+01:00"), ("Asia/Tokyo", "+09:00"),
    ("Europe/London", "+00:00"), ("America/Sao_Paulo", "-03:00"), ("Asia/Kolkata", "+05:30"),
]
PARTS = [
    "the connection pool", "the queue of writes", "the replica", "the cache of sessions",
    "the index", "the router", "the feature flag", "the certificate chain", "the batch job",
    "the health probe", "the disk of the primary", "the retry loop", "the token service",
    "the autoscaler", "the scheduler", "the load balancer",
]
CHANGES = [
    "a lower limit on open connections", "a new version of the client library",
    "a larger batch size", "a shorter time to live", "a rewritten query",
    "another order of start-up", "a renamed queue", "a stricter check of headers",
    "a new default for retries", "a migration that adds a column",
]
SYMPTOMS = [
    "answered slowly", "rejected new connections", "held requests until they timed out",
    "returned old entries", "ran out of memory", "restarted in a circle", "lost its leader",
    "filled its disk", "dropped every second message", "served an empty list",
]
CATEGORIES = [
    "config-change", "deployment", "software-bug", "design", "testing", "capacity", "network",
    "dependency", "process",
]
ASIDES = [
    "The dashboards of that hour are attached.",
    "Nobody had seen this before in production.",
    "The same load had passed in the test cluster, which has a tenth of the nodes.",
    "Alerts on the edge stayed quiet, since they look at averages.",
    "The old path was still warm, so traffic could move back at once.",
    "A second region carried the reads meanwhile.",
    "Support saw the first tickets shortly after.",
    "The log of the deployment shows the same order of steps.",
    "Each retry added to the load that it waited for.",
    "Writes were kept in order all the time.",
]
VERBS = ["Add", "Measure", "Limit", "Document", "Test", "Alert on", "Automate", "Remove", "Split"]
OBJECTS = [
    "the number of open connections a service may hold",
    "a load test that grows with the size of the cluster",
    "the order in which services start after a power cut",
    "an alert on the age of the oldest message in the queue",
    "the switch that sends reads to the replica",
    "a dashboard with the saturation of every pool",
    "the rollout of configuration cluster by cluster",
    "the runbook for a lost leader",
    "the check that compares both indexes before they are swapped",
]


class Incident:
    """One made-up incident, told with its own random numbers."""

    def __init__(self, number):
        self.number = number
        self.dice = random.Random(number * 7919 + 17)
        dice = self.dice
        day = datetime.date(2024, 1, 8) + datetime.timedelta(days=number * 3 % 700)
        self.zone, self.offset = dice.choice(ZONES)
        # Far from a change of clocks: winter in the north, where these zones have the given offset.
        day = day.replace(month=dice.choice([1, 2, 12]), day=min(day.day, 26))
        self.start = datetime.datetime.combine(day, datetime.time(dice.randrange(8, 16), dice.randrange(60)))
        self.services = dice.sample(SERVICES, 3)
        self.slug = f"{dice.choice(self.services)}-{dice.choice(['slow', 'down', 'errors', 'stale'])}-{number}"
        self.id = f"{day}-{self.slug}"
        names = dice.sample(NAMES, 3)
        self.people = [(name.split()[0].lower(), name) for name in names]
        self.parts = dice.sample(PARTS, 8)

    def at(self, minutes):
        moment = self.start + datetime.timedelta(minutes=minutes)
        return f"{moment:%Y-%m-%dT%H:%M}{self.offset}"

    def day(self, days):
        return f"{self.start.date() + datetime.timedelta(days=days)}"

    def sentence(self):
        dice = self.dice
        part, other = dice.sample(self.parts, 2)
        return dice.choice([
            f"{part[0].upper()}{part[1:]} {dice.choice(SYMPTOMS)} after {dice.choice(CHANGES)} had reached it.",
            f"While {part} {dice.choice(SYMPTOMS)}, {other} took the load over.",
            f"With {dice.choice(CHANGES)}, {part} {dice.choice(SYMPTOMS)} and {other} followed.",
            dice.choice(ASIDES),
        ])

    def prose(self, sentences, indent):
        words = " ".join(self.sentence() for _ in range(sentences)).split()
        lines, line = [], ""
        for word in words:
            if len(line) + len(word) > 92:
                lines.append(line.rstrip())
                line = ""
            line += word + " "
        lines.append(line.rstrip())
        return "".join(f"{' ' * indent}{line}\n" for line in lines)

    def text(self):
        dice = self.dice
        first, second, third = self.services
        owner, helper, reviewer = (key for key, _ in self.people)
        out = []
        add = out.append
        add("# Made up for measurements; see benches/peers.\n")
        add(f"version: 1\nid: {self.id}\ntitle: {first.capitalize()} and {second} answer with errors\n")
        add("severity: sev2\nstatus: resolved\nstage: reviewed\n")
        add(f"timezone: {self.zone}\nowner: {owner}\npeople:\n")
        for key, name in self.people:
            add(f"  {key}: {{name: {name}, role: engineer, team: {dice.choice(TEAMS)}}}\n")
        add(f"services: [{first}, {second}, {third}]\ntags: [{dice.choice(['storage', 'network', 'load'])}]\nsources: [S1]\n\n")
        add(f"summary: |\n{self.prose(3, 2)}\n")
        add(f"background: |\n{self.prose(4, 2)}\n")
        long = dice.randrange(40, 200)
        add(f"impact:\n  summary: |\n{self.prose(3, 4)}  services:\n")
        add(f"    - {{service: {first}, effect: outage, from: {self.at(0)}, until: {self.at(long // 2)}, share: 100%}}\n")
        add(f"    - {{service: {second}, effect: degraded, from: {self.at(4)}, until: {self.at(long)}, share: {dice.randrange(5, 60)}%}}\n")
        add("  figures:\n")
        add(f"    - {{what: orders that came in late, value: {dice.randrange(200, 9000)}, unit: orders, measured: true}}\n")
        add("  data: none\n  slo:\n")
        add(f"    - {{name: {first} availability, target: 99.9%, window: 30d}}\n\n")
        add(f"detection: {{by: alert, how: The alert on {dice.choice(self.parts)} paged the team.}}\n\n")
        add(self.causes())
        add(self.timeline(long))
        add(f"recovery:\n  how: |\n{self.prose(3, 4)}  method: rollback\n  permanent: true\n")
        add("  plan: \"https://runbooks.example.com/roll-back\"\n\n")
        add("lessons:\n")
        for heading in ("went_well", "went_wrong", "got_lucky", "surprises"):
            add(f"  {heading}:\n")
            for _ in range(2):
                add(f"    - {self.sentence()}\n")
        add("\n")
        add(self.actions())
        add("links:\n")
        add(f"  - id: S1\n    title: The record of the call\n    url: \"https://records.example.com/{self.number}/call\"\n")
        add(f"  - id: S2\n    title: The change\n    url: \"https://code.example.com/changes/{dice.randrange(10**6)}\"\n")
        add(f"review: {{reviewers: [{reviewer}], date: {self.day(3)}, shared_with: company, shared_on: {self.day(4)}}}\n")
        return "".join(out)

    def causes(self):
        dice = self.dice
        out = ["causes:\n"]
        roles = ["trigger", "root", "contributing", "contributing", "prolonged"]
        for index, role in enumerate(roles):
            out.append(f"  - id: C{index + 1}\n    role: {role}\n    state: confirmed\n    category: {dice.choice(CATEGORIES)}\n")
            out.append(f"    what: {self.sentence()}\n")
            if dice.random() < 0.2:
                out.append(f"    detail: |\n{self.prose(2, 6)}")
            if index < 2:
                out.append(f"    because: [C{index + 2}, C4]\n")
            out.append("    evidence: [S1]\n")
        return "".join(out) + "\n"

    def timeline(self, long):
        dice = self.dice
        owner, helper, _ = (key for key, _ in self.people)
        steps = [
            (-30, "change", self.sentence()),
            (0, "started", "The first requests fail."),
            (2, "[detected, acknowledged]", "The alert pages the team, and it takes the page up."),
            (4, "declared", "An incident is declared."),
            (9, "communication", "The status page tells of errors."),
        ]
        middle = sorted(dice.sample(range(10, long - 6), 9))
        for minute in middle:
            steps.append((minute, dice.choice(["note", "action", "hypothesis", "decision"]), self.sentence()))
        for minute in range(25, long - 6, 20):
            steps.append((minute, "communication", "The status page says what is known by now."))
        steps += [
            (long - 5, "identified", self.sentence()),
            (long - 3, "mitigated", "Most requests are answered again."),
            (long, "resolved", "All services are well."),
        ]
        out = ["timeline:\n"]
        for minute, kind, what in sorted(steps, key=lambda step: step[0]):
            out.append(f"  - at: {self.at(minute)}\n    kind: {kind}\n    what: {what}\n")
            if kind == "communication":
                out.append("    audience: public\n    channel: status page\n")
            else:
                out.append(f"    by: {dice.choice([owner, helper])}\n")
            out.append("    source: S1\n")
            if dice.random() < 0.1:
                out.append(f"    note: {dice.choice(ASIDES)}\n")
        return "".join(out) + "\n"

    def actions(self):
        dice = self.dice
        owner, helper, _ = (key for key, _ in self.people)
        out = ["actions:\n"]
        kinds = ["prevent", "detect", "mitigate", "prevent", "process"]
        for index, kind in enumerate(kinds):
            out.append(f"  - id: A{index + 1}\n    what: {dice.choice(VERBS)} {dice.choice(OBJECTS)}.\n    kind: {kind}\n")
            out.append(f"    for: [C{index + 1}]\n    owner: {dice.choice([owner, helper])}\n")
            out.append(f"    priority: P{1 + index % 3}\n    due: {self.day(20 + 7 * index)}\n")
            out.append(f"    status: done\n    done_on: {self.day(15 + 7 * index)}\n    outcome: {dice.choice(ASIDES)}\n")
            out.append(f"    ticket: \"https://tickets.example.com/OPS-{dice.randrange(1000, 9999)}\"\n")
        return "".join(out) + "\n"


def once(old, new):
    """A mistake that replaces the first of something."""
    return lambda text: text.replace(old, new, 1)


def drop_line(beginning):
    """A mistake that leaves a line out."""
    def mistake(text):
        start = text.find("\n" + beginning)
        return text if start < 0 else text[: start + 1] + text[text.index("\n", start + 1) + 1 :]
    return mistake


MISTAKES = [
    once("kind: declared", "kind: declraed"),
    once("summary: |", "sumary: |"),
    once("status: done", "status: declined"),
    once("\n    owner: ", "\n    owner: no-"),
    once("service: ", "service: former-"),
    once("    for: [C2]", "    for: [C9]"),
    once("An incident is declared.", "TODO"),
    once("share: 100%", "share: 130%"),
    once("severity: sev2\n", ""),
    once("permanent: true", "permanent: yes"),
    once("status: resolved", "status: solved"),
    once("background: |\n", "background: |\n  The page was still <what was it?> then, as ticket TBD says.\n"),
    once("what: The first requests fail.", "what: Errors #4412 begin"),
    drop_line("    until: "),
    drop_line("    done_on: "),
    drop_line("detection: "),
    drop_line("timezone: "),
    once("kind: mitigated", "kind: resolved"),
    once("evidence: [S1]", "evidence: [S7]"),
    once("method: rollback", "method: roll-back"),
    once("what: All services are well.", "what: Done: all services are well."),
    once("tags: [", "tags: [a, [b], "),
    once("    source: S1\n", "    source: S1\n    source: S2\n"),
]


def document(number):
    """The id and the text of a document; an odd one has findings."""
    incident = Incident(number)
    text = incident.text()
    if number % 2 == 1:
        sure = MISTAKES[number // 2 % len(MISTAKES)]
        dice = random.Random(number)
        text = sure(text)
        for mistake in dice.sample(MISTAKES, dice.randrange(4)):
            text = mistake(text)
    return incident.id, text


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    for number in range(count):
        name, text = document(number)
        data = text.encode()
        size += len(data)
        (folder / f"{name}.yaml").write_bytes(data)
    print(f"{count} documents, {size / max(count, 1) / 1000:.1f} kB on average")


main()
