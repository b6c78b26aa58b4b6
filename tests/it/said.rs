//! What a document says, whoever wrote it.

use postmortem::yaml::{Content, Meaning, Node, Tree};

/// What a document says, before anyone decided how it is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    Null,
    Bare(String),
    Text(String),
    List(Vec<Said>),
    Map(Vec<(String, Said)>),
}

impl Said {
    /// What the tree of a document says.
    pub fn of(tree: &Tree, node: &Node) -> Self {
        match &node.content {
            Content::Scalar(scalar) => match tree.meaning(scalar) {
                Meaning::Null => Self::Null,
                Meaning::Bool(value) => Self::Bare(value.to_string()),
                Meaning::Number(digits) => Self::Bare(digits.to_owned()),
                Meaning::Text(text) => Self::Text(text.to_owned()),
            },
            Content::List(items) => {
                Self::List(items.iter().map(|item| Self::of(tree, item)).collect())
            }
            Content::Map { entries, .. } => {
                let entry = |entry: &postmortem::yaml::Entry| {
                    let key = tree.text_of(&entry.key).to_owned();
                    (key, Self::of(tree, &entry.value))
                };
                Self::Map(entries.iter().map(entry).collect())
            }
        }
    }
}

/// Fields that may stand there and say nothing.
pub const MAY_BE_EMPTY: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "services",
            "tags",
            "sources",
            "causes",
            "timeline",
            "unrecorded",
            "dependencies",
            "actions",
            "related",
            "links",
            "attachments",
        ],
    ),
    (
        "",
        &[
            "status", "stage", "severity", "owner", "summary", "impact", "lessons", "people",
        ],
    ),
    ("timeline", &["services", "detail", "by", "note", "kind"]),
    ("causes", &["because", "evidence", "state", "detail"]),
    (
        "actions",
        &["for", "outcome", "status", "reason", "done_on"],
    ),
    ("lessons", &["went_well", "went_wrong"]),
    ("impact", &["services", "figures", "data", "slo"]),
];
