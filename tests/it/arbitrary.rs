//! Documents that nobody would write and the model can hold all the same.

use std::collections::BTreeMap;

use postmortem::model::*;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

/// Any document of the format.
pub fn postmortem() -> impl Strategy<Value = Postmortem> {
    (head(), prose(), facts(), rest()).prop_map(|(head, prose, facts, rest)| {
        let mut document = Postmortem::new(head.0, head.1);
        (
            document.severity,
            document.status,
            document.stage,
            document.view,
        ) = head.2;
        (document.timezone, document.owner) = head.3;
        (
            document.people,
            document.services,
            document.tags,
            document.sources,
        ) = prose.0;
        (
            document.summary,
            document.background,
            document.internal_notes,
        ) = prose.1;
        (document.glossary, document.custom) = prose.2;
        (document.impact, document.detection, document.causes) = facts.0;
        (document.timeline, document.unrecorded, document.recovery) = facts.1;
        (document.dependencies, document.lessons, document.actions) = rest.0;
        (
            document.related,
            document.links,
            document.attachments,
            document.review,
        ) = rest.1;
        document
    })
}

fn word<T: Copy + std::fmt::Debug + 'static>(words: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(words)
}

/// Texts that trip writers and readers of YAML, and ordinary ones.
pub fn text() -> impl Strategy<Value = String> {
    let traps = proptest::sample::select(
        &[
            "",
            " ",
            "no",
            "Yes",
            "null",
            "~",
            "true",
            "1.10",
            "0x1F",
            "1e3",
            ".inf",
            "2024-12-11",
            "12:30:45",
            "Step 1: we roll back",
            "Reverted #4412",
            "# not a comment",
            "a, b",
            "{a: b}",
            "[x]",
            "- item",
            "? key",
            "@bob",
            "`cmd`",
            "%x",
            "&a",
            "*a",
            "!t",
            "| x",
            "> x",
            "it's",
            "\"quoted\"",
            "back\\slash",
            "tab\there",
            "\tlead",
            " lead",
            "trail ",
            "line\nbreak",
            "line\nbreak\n",
            "two\n\nparts\n",
            "\nfirst empty",
            "many\n\n\n",
            "  deep\nless\n",
            "a\n  b\n c\n",
            "cr\rlf\r\n",
            "\u{85}\u{2028}\u{2029}",
            "\u{feff}bom",
            "\u{1b}[31m",
            "\u{7f}\u{9b}",
            "\u{202e}rtl",
            "é ü 障害 🎉",
            "---",
            "...",
            "--- x",
            "key:",
            ": x",
            "a: ",
            "=",
            "<<",
            "x #",
            "x#y",
            "trailing:\n",
            "word\n# c\n",
            "a\n\tb",
            "x\n \ny",
            "| block\nlike",
            "https://example.org/a?b=c#d",
            "99.9%",
        ][..],
    )
    .prop_map(str::to_owned);
    let long = (1usize..40, "[a-z]{3,9}").prop_map(|(count, word)| vec![word; count].join(" "));
    prop_oneof![
        4 => traps,
        3 => "[a-zA-Z0-9 ,.:;#'\"-]{0,40}",
        2 => long,
        1 => any::<String>(),
        1 => vec("[ -~]{0,30}", 1..5).prop_map(|lines| lines.join("\n")),
    ]
}

fn maybe_text() -> impl Strategy<Value = Option<String>> {
    option::of(text())
}

fn key() -> impl Strategy<Value = Key> {
    "[A-Za-z0-9][A-Za-z0-9._-]{0,8}".prop_map(|text| text.parse().expect("a key"))
}

fn moment() -> impl Strategy<Value = Moment> {
    prop_oneof![
        "20[0-9]{2}-(0[1-9]|1[0-2])",
        "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
        "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])[T ](0[0-9]|1[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,3})?)?(Z|[+-]0[0-9]:[0-5][0-9])?",
    ]
    .prop_map(|text| text.parse().expect("a moment"))
}

fn day() -> impl Strategy<Value = Day> {
    "20[0-9]{2}-0[1-9]-[12][0-8]".prop_map(|text| text.parse().expect("a day"))
}

fn number() -> impl Strategy<Value = Number> {
    prop_oneof![
        "-?(0|[1-9][0-9]{0,18})(\\.[0-9]{1,6})?([eE][+-]?[0-9]{1,2})?",
        "[1-9][0-9]{20,38}"
    ]
    .prop_map(|text| text.parse().expect("a number"))
}

fn length() -> impl Strategy<Value = Length> {
    "([0-9]{1,2}d)?([0-9]{1,2}h)?[0-9]{1,3}m".prop_map(|text| text.parse().expect("a length"))
}

fn percent() -> impl Strategy<Value = Percent> {
    "([0-9]|[1-9][0-9])(\\.[0-9]{1,3})? ?%".prop_map(|text| text.parse().expect("a percentage"))
}

fn free() -> impl Strategy<Value = Free> {
    let leaf = prop_oneof![
        Just(Free::Null),
        any::<bool>().prop_map(Free::Bool),
        number().prop_map(Free::Number),
        text().prop_map(Free::Text),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Free::List),
            btree_map(text(), inner, 0..4).prop_map(Free::Map),
        ]
    })
}

fn item() -> impl Strategy<Value = TextItem> {
    (text(), maybe_text(), any::<bool>()).prop_map(|(what, detail, internal)| TextItem {
        what,
        detail,
        internal,
    })
}

fn items() -> impl Strategy<Value = Vec<TextItem>> {
    vec(item(), 0..3)
}

fn id() -> impl Strategy<Value = IncidentId> {
    "20[0-9]{2}-0[1-9]-1[0-9](-[a-z0-9]{1,6}){1,3}".prop_map(|text| text.parse().expect("an id"))
}

type Head = (
    IncidentId,
    String,
    (Option<String>, Status, Stage, View),
    (Option<Zone>, Option<Key>),
);

fn head() -> impl Strategy<Value = Head> {
    let zone =
        proptest::sample::select(&["UTC", "America/Los_Angeles", "Asia/Kolkata", "Etc/GMT+5"][..])
            .prop_map(|name| name.parse().expect("a zone"));
    (
        id(),
        text(),
        (
            maybe_text(),
            word(Status::ALL),
            word(Stage::ALL),
            word(View::ALL),
        ),
        (option::of(zone), option::of(key())),
    )
}

type Prose = (
    (BTreeMap<Key, Person>, Vec<String>, Vec<String>, Vec<String>),
    (Option<String>, Option<String>, Option<String>),
    (BTreeMap<String, String>, BTreeMap<String, Free>),
);

fn prose() -> impl Strategy<Value = Prose> {
    let person = (
        maybe_text(),
        maybe_text(),
        maybe_text(),
        maybe_text(),
        maybe_text(),
    )
        .prop_map(|(name, role, team, handle, email)| Person {
            name,
            role,
            team,
            handle,
            email,
        });
    let texts = || vec(text(), 0..4);
    (
        (btree_map(key(), person, 0..3), texts(), texts(), texts()),
        (maybe_text(), maybe_text(), maybe_text()),
        (
            btree_map(text(), text(), 0..3),
            btree_map(text(), free(), 0..3),
        ),
    )
}

type Facts = (
    (Option<Impact>, Option<Detection>, Vec<Cause>),
    (Vec<Event>, Vec<EventKind>, Option<Recovery>),
);

fn facts() -> impl Strategy<Value = Facts> {
    let detection = (option::of(word(DetectedBy::ALL)), maybe_text())
        .prop_map(|(by, how)| Detection { by, how });
    let recovery = (
        maybe_text(),
        option::of(word(Method::ALL)),
        option::of(any::<bool>()),
        maybe_text(),
        option::of(length()),
        option::of(length()),
    )
        .prop_map(|(how, method, permanent, plan, rto, rpo)| Recovery {
            how,
            method,
            permanent,
            plan,
            rto,
            rpo,
        });
    (
        (
            option::of(impact()),
            option::of(detection),
            vec(cause(), 0..3),
        ),
        (
            vec(event(), 0..4),
            vec(word(EventKind::ALL), 0..2),
            option::of(recovery),
        ),
    )
}

fn impact() -> impl Strategy<Value = Impact> {
    let window = (
        text(),
        word(Effect::ALL),
        (moment(), option::of(moment())),
        option::of(percent()),
        (any::<bool>(), maybe_text(), any::<bool>()),
    )
        .prop_map(
            |(service, effect, (from, until), share, (about, note, internal))| ServiceImpact {
                service,
                effect,
                from,
                until,
                share,
                about,
                note,
                internal,
            },
        );
    let value = prop_oneof![
        number().prop_map(FigureValue::Number),
        (number(), number()).prop_map(|(low, high)| FigureValue::Range(low, high)),
        Just(FigureValue::Unknown),
        Just(FigureValue::Withheld),
    ];
    let figure = (
        text(),
        value,
        maybe_text(),
        option::of(any::<bool>()),
        (maybe_text(), any::<bool>()),
    )
        .prop_map(|(what, value, unit, measured, (detail, internal))| Figure {
            what,
            value,
            unit,
            measured,
            detail,
            internal,
        });
    let data = (
        word(DataState::ALL),
        (option::of(moment()), option::of(moment())),
        (maybe_text(), maybe_text()),
        (any::<bool>(), maybe_text()),
    )
        .prop_map(
            |(state, (from, until), (what, detail), (about, note))| DataImpact {
                state,
                from,
                until,
                what,
                detail,
                about,
                note,
            },
        );
    let slo = (
        text(),
        percent(),
        length(),
        (option::of(number()), option::of(number())),
        any::<bool>(),
    )
        .prop_map(
            |(name, target, window, (bad, total), internal)| ServiceObjective {
                name,
                target,
                window,
                bad,
                total,
                internal,
            },
        );
    (
        maybe_text(),
        vec(window, 0..3),
        vec(figure, 0..3),
        option::of(data),
        option::of(vec(slo, 0..2)),
    )
        .prop_map(|(summary, services, figures, data, slo)| Impact {
            summary,
            services,
            figures,
            data,
            slo,
        })
}

fn cause() -> impl Strategy<Value = Cause> {
    let category = text().prop_map(Category);
    (
        (
            key(),
            option::of(word(CauseRole::ALL)),
            word(CauseState::ALL),
            option::of(category),
        ),
        (text(), maybe_text(), vec(key(), 0..3), items()),
        (maybe_text(), any::<bool>()),
    )
        .prop_map(
            |(
                (id, role, state, category),
                (what, detail, because, evidence),
                (accepted, internal),
            )| Cause {
                id,
                role,
                state,
                category,
                what,
                detail,
                because,
                evidence,
                accepted,
                internal,
            },
        )
}

fn event() -> impl Strategy<Value = Event> {
    let at = prop_oneof![9 => moment().prop_map(At::Known), 1 => Just(At::Unknown)];
    let kinds = (word(EventKind::ALL), vec(word(EventKind::ALL), 0..3))
        .prop_map(|(first, more)| Kinds::new(first, more));
    (
        (at, option::of(moment()), kinds, vec(text(), 0..3)),
        (
            text(),
            maybe_text(),
            option::of(key()),
            option::of(word(Audience::ALL)),
        ),
        (maybe_text(), maybe_text(), any::<bool>(), any::<bool>()),
        (maybe_text(), any::<bool>()),
    )
        .prop_map(
            |(
                (at, until, kind, services),
                (what, detail, by, audience),
                (channel, source, key, about),
                (note, internal),
            )| {
                Event {
                    at,
                    until,
                    kind,
                    services,
                    what,
                    detail,
                    by,
                    audience,
                    channel,
                    source,
                    key,
                    about,
                    note,
                    internal,
                }
            },
        )
}

type Rest = (
    (Vec<Dependency>, Option<Lessons>, Vec<Action>),
    (Vec<Related>, Vec<Link>, Vec<Attachment>, Option<Review>),
);

fn rest() -> impl Strategy<Value = Rest> {
    let dependency = (
        (text(), maybe_text(), any::<bool>()),
        (
            option::of(word(Fallback::ALL)),
            option::of(word(Worked::ALL)),
        ),
        (maybe_text(), maybe_text(), any::<bool>()),
    )
        .prop_map(
            |((name, provider, failed), (fallback, fallback_worked), (what, detail, internal))| {
                Dependency {
                    name,
                    provider,
                    failed,
                    fallback,
                    fallback_worked,
                    what,
                    detail,
                    internal,
                }
            },
        );
    let lessons = (items(), items(), items(), items()).prop_map(
        |(went_well, went_wrong, got_lucky, surprises)| Lessons {
            went_well,
            went_wrong,
            got_lucky,
            surprises,
        },
    );
    let related = (id(), option::of(word(Relation::ALL)), any::<bool>())
        .prop_map(|(id, how, internal)| Related { id, how, internal });
    let link =
        (key(), maybe_text(), text(), any::<bool>()).prop_map(|(id, title, url, internal)| Link {
            id,
            title,
            url,
            internal,
        });
    let attachment = (text(), maybe_text(), maybe_text(), any::<bool>()).prop_map(
        |(file, caption, alt, internal)| Attachment {
            file,
            caption,
            alt,
            internal,
        },
    );
    let review = (
        vec(key(), 0..3),
        option::of(day()),
        option::of(word(SharedWith::ALL)),
        option::of(day()),
    )
        .prop_map(|(reviewers, date, shared_with, shared_on)| Review {
            reviewers,
            date,
            shared_with,
            shared_on,
        });
    (
        (
            vec(dependency, 0..2),
            option::of(lessons),
            vec(action(), 0..3),
        ),
        (
            vec(related, 0..2),
            vec(link, 0..3),
            vec(attachment, 0..2),
            option::of(review),
        ),
    )
}

fn action() -> impl Strategy<Value = Action> {
    (
        (
            key(),
            text(),
            maybe_text(),
            option::of(word(ActionKind::ALL)),
        ),
        (
            vec(key(), 0..3),
            option::of(key()),
            option::of(word(Priority::ALL)),
            option::of(day()),
        ),
        (
            word(ActionStatus::ALL),
            option::of(day()),
            maybe_text(),
            maybe_text(),
        ),
        (maybe_text(), any::<bool>()),
    )
        .prop_map(
            |(
                (id, what, detail, kind),
                (causes, owner, priority, due),
                (status, done_on, outcome, reason),
                (ticket, internal),
            )| {
                Action {
                    id,
                    what,
                    detail,
                    kind,
                    r#for: causes,
                    owner,
                    priority,
                    due,
                    status,
                    done_on,
                    outcome,
                    reason,
                    ticket,
                    internal,
                }
            },
        )
}
