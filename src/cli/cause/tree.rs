use crate::cli::screen::{Look, Screen, padded};
use crate::render::view::causes::CauseView;

/// Draws causes, below each the whys that made it possible.
pub fn tree(causes: &[CauseView], screen: &mut Screen) {
    for (index, cause) in causes.iter().enumerate() {
        if index > 0 {
            screen.gap();
        }
        draw(cause, "  ", "  ", screen);
    }
}

/// Deeper than this there is no room for words on a narrow screen.
const MOST_INDENTED: usize = 24;

fn draw(cause: &CauseView, front: &str, below: &str, screen: &mut Screen) {
    let id = padded(&screen.paint(Look::Name, &cause.id), 4);
    if cause.elsewhere {
        screen.hanging(
            &format!("{front}{id}"),
            &format!("{below}    "),
            "as told above",
            Look::Faint,
        );
        return;
    }
    let has_whys = !cause.because.is_empty();
    let stem = format!("{below}{}", if has_whys { "│   " } else { "    " });
    let look = match cause.state.word.as_str() {
        "ruled-out" => Look::Faint,
        _ => Look::Plain,
    };
    let internal = if cause.internal { " [internal]" } else { "" };
    screen.hanging(
        &format!("{front}{id}"),
        &stem,
        &format!("{}{internal}", cause.what),
        look,
    );
    about(cause, &stem, screen);
    for (index, why) in cause.because.iter().enumerate() {
        let is_last = index + 1 == cause.because.len();
        let (branch, further) = match is_last {
            true => ("└─ ", "   "),
            false => ("├─ ", "│  "),
        };
        match below.chars().count() < MOST_INDENTED {
            true => draw(
                why,
                &format!("{below}{branch}"),
                &format!("{below}{further}"),
                screen,
            ),
            false => draw(why, below, below, screen),
        }
    }
}

/// Its state, its part and what it rests on.
fn about(cause: &CauseView, stem: &str, screen: &mut Screen) {
    let role = cause.role.as_ref().map(|role| role.to_lowercase());
    let words: Vec<String> = role.into_iter().chain(cause.category.clone()).collect();
    let state = cause.state.label.to_lowercase();
    let state = (state.as_str(), Look::of_tone(cause.state.tone));
    screen.labelled(stem, stem, state, &words.join(", "), Look::Faint);
    if let Some(detail) = &cause.detail {
        screen.prose(stem, detail, Look::Faint);
    }
    let evidence: Vec<String> = (cause.evidence.iter())
        .map(|source| {
            let name = source.id.clone().unwrap_or_else(|| source.title.clone());
            let internal = if source.internal { " [internal]" } else { "" };
            format!("{name}{internal}")
        })
        .collect();
    let rests: Vec<String> = [
        ("evidence: ", evidence.join(", ")),
        ("answered by: ", cause.actions.join(", ")),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(name, text)| format!("{name}{text}"))
    .collect();
    let accepted = cause.accepted.iter().map(|why| format!("accepted: {why}"));
    for text in [rests.join(" · ")].into_iter().chain(accepted) {
        if !text.is_empty() {
            screen.hanging(stem, stem, &text, Look::Faint);
        }
    }
}
