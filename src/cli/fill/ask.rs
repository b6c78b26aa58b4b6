//! How each question is put, and what its answer changes.

use crate::cli::CommandError;
use crate::cli::new::severity_answers;
use crate::model::{
    At, Audience, DataImpact, DataState, DetectedBy, Detection, Event, EventKind, Impact, Length,
    Lessons, Percent, Postmortem, Recovery, ServiceObjective, TextItem,
};
use crate::text::printable_line;

use super::answer::Answer;
use super::asker::{Asked, Asker, whole};
use super::figure;
use super::question::{Lesson, Question};
use super::{causes, tasks};

impl Question {
    /// Puts the question.
    pub fn ask(&self, asker: &mut Asker<'_, '_>) -> Asked<Answer> {
        let words = self.words(asker.postmortem);
        match self {
            Self::Severity => severity(asker, &words),
            Self::Milestone(kind, service) => milestone(asker, &words, *kind, service.as_deref()),
            Self::DetectedBy => detected_by(asker, &words),
            Self::DetectedHow => text(asker, &words, |postmortem, how| {
                detection(postmortem).how.get_or_insert(how);
            }),
            Self::Harm => text(asker, &words, |postmortem, harm| {
                impact(postmortem).summary.get_or_insert(harm);
            }),
            Self::Figure => figure(asker, &words),
            Self::Data => data(asker, &words),
            Self::Objective => objective(asker, &words),
            Self::WindowEnd(service, from) => window_end(asker, &words, service, from),
            Self::Told => told(asker, &words),
            Self::ToldWhat(at) => told_what(asker, &words, at),
            Self::Cause => causes::cause(asker, &words),
            Self::Verdict(id) => causes::verdict(asker, &words, id),
            Self::Trigger => causes::trigger(asker, &words),
            Self::Evidence(id) => causes::evidence(asker, &words, id),
            Self::Fallback(name) => causes::fallback(asker, &words, name),
            Self::FallbackAction(_) | Self::AnyAction => tasks::action(asker, &words, None),
            Self::ActionAbout(id) => tasks::action(asker, &words, Some(id)),
            Self::Owner(id) => tasks::owner(asker, &words, id),
            Self::Priority(id) => tasks::priority(asker, &words, id),
            Self::Due(id) => tasks::due(asker, &words, id),
            Self::Ticket(id) => tasks::ticket(asker, &words, id),
            Self::DoneOn(id) => tasks::done_on(asker, &words, id),
            Self::Reason(id) => tasks::reason(asker, &words, id),
            Self::Plan => text(asker, &words, |postmortem, plan| {
                let recovery = postmortem.recovery.get_or_insert_with(Recovery::default);
                recovery.plan.get_or_insert(plan);
            }),
            Self::Lesson(lesson, count) => lesson_learnt(asker, &words, *lesson, *count),
            Self::Summary => text(asker, &words, |postmortem, summary| {
                postmortem.summary.get_or_insert(summary);
            }),
            Self::Reviewers => tasks::reviewers(asker, &words),
            Self::Alt(file) => alt(asker, &words, file),
        }
    }
}

/// A text that is put where `set` says.
fn text(
    asker: &mut Asker<'_, '_>,
    words: &str,
    set: impl Fn(&mut Postmortem, String) + 'static,
) -> Asked<Answer> {
    let typed = asker.line(words, &[], |_, typed| whole(typed))?;
    Ok(typed.map(|typed| {
        let text = typed.clone();
        Answer::new(typed, move |postmortem| set(postmortem, text.clone()))
    }))
}

fn severity(asker: &mut Asker<'_, '_>, words: &str) -> Asked<Answer> {
    let levels = severity_answers(&asker.record.chosen.config.severities);
    let answers: Vec<_> = levels
        .into_iter()
        .map(|answer| (answer.words, answer.severity))
        .collect();
    let chosen = asker.choose(words, &answers)?;
    Ok(chosen.map(|level| {
        let said = printable_line(&level);
        Answer::new(level.clone(), move |postmortem| {
            postmortem.severity.get_or_insert_with(|| level.clone());
        })
        .saying(said)
    }))
}

fn milestone(
    asker: &mut Asker<'_, '_>,
    words: &str,
    kind: EventKind,
    service: Option<&str>,
) -> Asked<Answer> {
    let time = asker.line(words, &[], |asker, typed| {
        Ok((typed.trim().to_owned(), asker.time(typed, kind)?))
    })?;
    Ok(time.map(|(typed, (at, said))| {
        let what = match (kind, service) {
            (EventKind::Started, _) => "First users are affected.".to_owned(),
            (EventKind::Detected, _) => "The incident is noticed.".to_owned(),
            (EventKind::Mitigated, _) => "Most users are well again.".to_owned(),
            (EventKind::Resolved, None) => "All users are well again.".to_owned(),
            (EventKind::Resolved, Some(service)) => format!("{service} is well again."),
            (kind, _) => format!("The incident is {kind}."),
        };
        let mut event = Event::new(at, kind, what);
        event.services.extend(service.map(str::to_owned));
        let answer = Answer::new(typed, move |postmortem| {
            let mut timeline = postmortem.timeline.iter();
            let is_told = timeline.any(|one| one.kind.has(kind) && one.services == event.services);
            if !is_told {
                postmortem.log(event.clone());
            }
        });
        match said {
            Some(said) => answer.saying(said),
            None => answer,
        }
    }))
}

fn detected_by(asker: &mut Asker<'_, '_>, words: &str) -> Asked<Answer> {
    let answers = DetectedBy::ALL.iter().map(|by| {
        let words = match by {
            DetectedBy::Alert => "An alert",
            DetectedBy::Employee => "One of us",
            DetectedBy::User => "A user told us",
            DetectedBy::Vendor => "A supplier told us",
            DetectedBy::Unknown => "Nobody knows",
        };
        (words.to_owned(), *by)
    });
    let answers: Vec<_> = answers.collect();
    let chosen = asker.choose(words, &answers)?;
    Ok(chosen.map(|by| {
        let answer = Answer::new(by.as_str(), move |postmortem| {
            detection(postmortem).by.get_or_insert(by);
        });
        match by {
            DetectedBy::Unknown => answer,
            _ => answer.then(Question::DetectedHow),
        }
    }))
}

fn figure(asker: &mut Asker<'_, '_>, words: &str) -> Asked<Answer> {
    let figure = asker.line(words, &[], |_, typed| {
        let typed = whole(typed)?;
        let figure = figure::read(&typed).ok_or_else(|| {
            CommandError::new(format!("`{typed}` is no number of anything")).help(figure::WANTED)
        })?;
        Ok((typed, figure))
    })?;
    Ok(figure.map(|(typed, figure)| {
        Answer::new(typed, move |postmortem| {
            let figures = &mut impact(postmortem).figures;
            if !figures.contains(&figure) {
                figures.push(figure.clone());
            }
        })
    }))
}

fn data(asker: &mut Asker<'_, '_>, words: &str) -> Asked<Answer> {
    let answers = DataState::ALL.iter().map(|state| {
        let words = match state {
            DataState::None => "Nothing: none was exposed, lost or damaged",
            DataState::Exposed => "Exposed: somebody may have seen what was not theirs",
            DataState::Lost => "Lost: some is gone",
            DataState::Corrupted => "Corrupted: some is wrong",
            DataState::Unknown => "Nobody knows yet",
        };
        (words.to_owned(), *state)
    });
    let answers: Vec<_> = answers.collect();
    let chosen = asker.choose(words, &answers)?;
    Ok(chosen.map(|state| {
        Answer::new(state.as_str(), move |postmortem| {
            let data = &mut impact(postmortem).data;
            data.get_or_insert_with(|| DataImpact::from(state));
        })
    }))
}

fn objective(asker: &mut Asker<'_, '_>, words: &str) -> Asked<Answer> {
    let promised = asker.line(words, &[], |_, typed| {
        let typed = whole(typed)?;
        let promised = match &*typed.to_lowercase() {
            "nothing" | "none" => None,
            _ => Some(promised(&typed)?),
        };
        Ok((typed, promised))
    })?;
    Ok(promised.map(|(typed, promised)| {
        Answer::new(typed, move |postmortem| {
            let slo = impact(postmortem).slo.get_or_insert_default();
            if let Some(objective) = promised.as_ref().filter(|one| !slo.contains(one)) {
                slo.push(objective.clone());
            }
        })
    }))
}

/// Reads a promise: its name, its target, its window.
fn promised(typed: &str) -> Result<ServiceObjective, CommandError> {
    let refused = |why: String| {
        CommandError::new(why).help(
            "say what is promised, how much of it and over what time: `API availability 99.9% 30d`; or `nothing`",
        )
    };
    let parts: Vec<&str> = typed.split_whitespace().collect();
    let [name @ .., target, window] = &parts[..] else {
        return Err(refused(format!("`{typed}` is too short")));
    };
    if name.is_empty() {
        return Err(refused(format!("`{typed}` does not say what is promised")));
    }
    Ok(ServiceObjective {
        name: name.join(" "),
        target: target.parse::<Percent>().map_err(refused)?,
        window: window.parse::<Length>().map_err(refused)?,
        bad: None,
        total: None,
        internal: false,
    })
}

fn window_end(asker: &mut Asker<'_, '_>, words: &str, service: &str, from: &str) -> Asked<Answer> {
    let time = asker.line(words, &[], |asker, typed| {
        Ok((
            typed.trim().to_owned(),
            asker.typed_time(typed, EventKind::Resolved)?,
        ))
    })?;
    let (service, from) = (service.to_owned(), from.to_owned());
    Ok(time.map(|(typed, time)| {
        let until = time.moment().clone();
        Answer::new(typed, move |postmortem| {
            let windows = postmortem
                .impact
                .iter_mut()
                .flat_map(|impact| &mut impact.services);
            for window in windows {
                if window.service == service && window.from.as_str() == from {
                    window.until.get_or_insert_with(|| until.clone());
                }
            }
        })
        .saying(time.to_string())
    }))
}

/// What a word is taken to have said, until that is told.
const TOLD: &str = "Users are told.";

fn told(asker: &mut Asker<'_, '_>, words: &str) -> Asked<Answer> {
    let time = asker.line(words, &[], |asker, typed| {
        Ok((
            typed.trim().to_owned(),
            asker.time(typed, EventKind::Communication)?,
        ))
    })?;
    Ok(time.map(|(typed, (at, said))| {
        let mut event = Event::new(at.clone(), EventKind::Communication, TOLD);
        event.audience = Some(Audience::Public);
        let answer = Answer::new(typed, move |postmortem| {
            postmortem.log(event.clone());
        });
        let answer = answer.then(Question::ToldWhat(at));
        match said {
            Some(said) => answer.saying(said),
            None => answer,
        }
    }))
}

fn told_what(asker: &mut Asker<'_, '_>, words: &str, at: &At) -> Asked<Answer> {
    let at = at.clone();
    text(asker, words, move |postmortem, what| {
        let mut events = postmortem.timeline.iter_mut();
        let is_it = |event: &&mut Event| event.at == at && event.what == TOLD;
        if let Some(event) = events.find(is_it) {
            event.what = what;
        }
    })
}

/// The lesson of whoever has none.
const NOTHING: &str = "Nothing";

fn lesson_learnt(
    asker: &mut Asker<'_, '_>,
    words: &str,
    lesson: Lesson,
    count: usize,
) -> Asked<Answer> {
    // A line each: what was pasted at once is several.
    let said = asker.line(words, &[], |_, typed| {
        let lines = typed.lines().filter(|line| !line.trim().is_empty());
        lines.map(whole).collect::<Result<Vec<_>, _>>()
    })?;
    // The word alone is the answer; after another one it says that this was all.
    let is_nothing = |said: &String| said.eq_ignore_ascii_case("nothing");
    let said = said.map(|mut said| {
        let is_all = said.iter().any(is_nothing);
        said.retain(|said| !is_nothing(said));
        if said.is_empty() && count == 0 {
            said.push(NOTHING.to_owned());
        }
        (said, is_all)
    });
    let said = said.filter(|(said, _)| !said.is_empty());
    Ok(said.map(|(said, is_all)| {
        let answer = Answer::new(said.join("\n"), move |postmortem| {
            let lessons = postmortem.lessons.get_or_insert_with(Lessons::default);
            let list = match lesson {
                Lesson::Well => &mut lessons.went_well,
                Lesson::Wrong => &mut lessons.went_wrong,
                Lesson::Lucky => &mut lessons.got_lucky,
                Lesson::Surprise => &mut lessons.surprises,
            };
            for said in &said {
                let item = TextItem::from(said.as_str());
                if !list.contains(&item) {
                    list.push(item);
                }
            }
        });
        match is_all {
            true => answer,
            false => answer.then(Question::Lesson(lesson, count + 1)),
        }
    }))
}

fn alt(asker: &mut Asker<'_, '_>, words: &str, file: &str) -> Asked<Answer> {
    let file = file.to_owned();
    text(asker, words, move |postmortem, alt| {
        let mut attachments = postmortem.attachments.iter_mut();
        if let Some(attachment) = attachments.find(|attachment| attachment.file == file) {
            attachment.alt.get_or_insert(alt);
        }
    })
}

fn impact(postmortem: &mut Postmortem) -> &mut Impact {
    postmortem.impact.get_or_insert_with(Impact::default)
}

fn detection(postmortem: &mut Postmortem) -> &mut Detection {
    postmortem.detection.get_or_insert_with(Detection::default)
}
