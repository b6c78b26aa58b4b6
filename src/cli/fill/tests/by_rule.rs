//! Questions and answers one by one, whatever rules are on.

use super::*;

/// The document without its lessons, which stand before its actions, and without some answers.
fn without_lessons() -> String {
    let (before, rest) = WHOLE.split_once("lessons:\n").expect("lessons");
    let (_, after) = rest.split_once("\n\n").expect("actions");
    format!("{before}{after}")
        .replace(", data: none", "")
        .replace(", ticket: OPS-17", "")
}

/// The questions of rules that the linter need not know yet.
#[test]
fn a_rule_is_asked_by_its_name() {
    let text = without_lessons();
    let reading = Document::read(crate::text::Source::new("x", &text));
    let document = reading.document.expect("a document");
    let at = |rule, word: &str| {
        let start = text.find(word).expect(word);
        Diagnostic::error(rule, start..start + word.len(), "x")
    };
    let findings = [
        at("action-without-ticket", "A1"),
        at("unanswered-lessons", "title"),
        at("cause-without-evidence", "C1"),
        at("milestone-order", "title"),
    ];
    let questions = gaps::questions(&document, &findings);
    let words: Vec<String> = questions
        .iter()
        .map(|(question, _)| question.words(document.postmortem()))
        .collect();
    assert_eq!(
        words,
        [
            "What shows it for C1 “the agent”? (an address or words)",
            "Where is A1 “limit the agent” tracked? (an address)",
            "What went well? (a line each; `nothing` is an answer)",
            "What went wrong? (a line each; `nothing` is an answer)",
            "Where did luck help? (a line each; `nothing` is an answer)",
        ]
    );
    assert!(gaps::has_no_question(&document, &findings[3]));
}

/// Puts one question, and gives the document with its answer.
fn answered(text: &str, question: &Question, replies: &[Reply]) -> (String, Vec<Question>) {
    let folder = Folder::new();
    let file = folder.path().join("x.yaml");
    std::fs::write(&file, text).expect("written");
    let (here, ..) = Surroundings::of_test(folder.path(), NOW, "UTC");
    let which = Which {
        incident: Some("./x.yaml".to_owned()),
    };
    let record = Record::open(&which, &here).expect("a document");
    let reading = record.chosen.input().read().expect("it reads");
    let document = reading.document.expect("a document");
    let mut script = Script::new(replies.iter().cloned());
    let asked = question.ask(&mut Asker {
        record: &record,
        postmortem: document.postmortem(),
        prompt: &mut script,
    });
    let mut answer = asked.expect("answered").expect("an answer");
    let changed = record.change_or_tell(&answer.typed, &mut answer.change);
    assert!(changed.expect("saved").is_written);
    (std::fs::read_to_string(file).expect("a file"), answer.then)
}

#[test]
fn answers_to_rules_of_tomorrow_go_where_they_belong() {
    use question::Lesson;
    let id = |text: &str| text.parse().expect("a key");
    let more = format!(
        "{}attachments: [{{file: x.png}}]\nlessons: {{went_well: [a]}}\n",
        without_lessons()
    );
    for (question, reply, part) in [
        (Question::Data, Pick("Exposed"), "data: exposed"),
        (
            Question::Objective,
            Line("API availability 99.9% 30d"),
            "{name: API availability, target: 99.9%, window: 30d}",
        ),
        (Question::Objective, Line("nothing"), "slo: []"),
        (Question::Trigger, Pick("C1"), "role: trigger"),
        (
            Question::Ticket(id("A1")),
            Line("https://t.example/1"),
            r#"ticket: "https://t.example/1""#,
        ),
        (
            Question::DoneOn(id("A1")),
            Line("today"),
            "done_on: 2024-12-12",
        ),
        (
            Question::Reason(id("A1")),
            Line("no need"),
            "reason: no need",
        ),
        (Question::Plan, Line("none"), "recovery: {plan: none}"),
        (
            Question::Lesson(Lesson::Well, 0),
            Line("b\nc"),
            "lessons: {went_well: [a, b, c]}",
        ),
        (
            Question::Lesson(Lesson::Lucky, 0),
            Line("nothing"),
            "lessons: {went_well: [a], got_lucky: [Nothing]}",
        ),
        (
            Question::Reviewers,
            Line("sam, jane-doe"),
            "review: {reviewers: [sam, jane-doe]}",
        ),
        (
            Question::Alt("x.png".to_owned()),
            Line("Errors rise"),
            "alt: Errors rise",
        ),
    ] {
        let (text, then) = answered(&more, &question, &[reply]);
        assert!(text.contains(part), "{part} is not in {text}");
        assert!(text.contains("# ours"), "{text}");
        let goes_on = matches!(question, Question::Lesson(Lesson::Well, _));
        assert_eq!(!then.is_empty(), goes_on, "{question:?}");
    }
}
