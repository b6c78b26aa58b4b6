use std::sync::OnceLock;

use crate::diagnostic::{Diagnostic, Level};
use crate::model::{IncidentId, Postmortem, Stage, Times};
use crate::text::{Source, Span};
use crate::yaml::{Node, Path, Recovered, Tree, read, recover};

use super::{Damaged, Document, as_meant, shape};

/// What came of reading a file.
#[derive(Debug)]
pub struct Reading {
    /// The document. Where findings were made it holds what could be read all the same; it is absent
    /// only where nothing could.
    pub document: Option<Document>,
    /// Every mistake of shape, in the order of the file.
    pub findings: Vec<Diagnostic>,
    /// The source, also where nothing could be read.
    pub source: Source,
}

impl Reading {
    /// Whether the file is a whole document: nothing in it had to be left out.
    pub fn is_whole(&self) -> bool {
        self.document.is_some()
            && !self
                .findings
                .iter()
                .any(|finding| finding.level == Level::Error)
    }

    /// The same reading of a document that is as far as this.
    #[must_use]
    pub fn at_stage(mut self, stage: Stage) -> Self {
        if let Some(document) = &mut self.document {
            document.postmortem.stage = stage;
        }
        self
    }
}

impl Document {
    /// Reads a source whole; all mistakes of shape are found at once.
    pub fn read(source: Source) -> Reading {
        let Recovered {
            tree,
            mut findings,
            blanked,
        } = recover(source.text());
        let Some(mut tree) = tree else {
            return Reading {
                document: None,
                findings,
                source,
            };
        };
        findings.extend(as_meant::check(&tree, source.text()));
        let mut damaged = Damaged::new();
        let postmortem = match read::<Postmortem>(&tree) {
            Ok(postmortem) => Some(postmortem),
            Err(error) => {
                let lost: Vec<&str> = blanked.iter().map(|span| source.slice(span)).collect();
                let shape = shape::check(&tree, &lost.join("\n"));
                let cut = findings.iter().filter(|told| told.rule == CUT);
                let told = blanked.iter().chain(cut.map(|told| &told.place.span));
                let told: Vec<Span> = told.cloned().collect();
                let mut news = shape.findings;
                news.retain(|finding| !touches(finding, &told));
                findings.extend(news);
                damaged = (shape.damaged.into_iter())
                    .map(|path| path.segments().to_vec())
                    .collect();
                if findings.is_empty() {
                    findings.push(unexplained(&error.to_string()));
                }
                shape.sound.and_then(|sound| salvage(&mut tree, sound))
            }
        };
        findings.sort_by_key(|finding| finding.place.span.start);
        let document = postmortem.map(|postmortem| Document {
            source: source.clone(),
            tree,
            times: Times::of(&postmortem),
            postmortem,
            damaged,
            blanked,
            secrets: OnceLock::new(),
        });
        Reading {
            document,
            findings,
            source,
        }
    }
}

/// What is said of a text that a comment ends; its value is no news then.
const CUT: &str = "text-cut-by-comment";

/// Whether a finding speaks of bytes that were blanked out or told of already.
fn touches(finding: &Diagnostic, told: &[Span]) -> bool {
    let place = &finding.place.span;
    let near = |span: &Span| span.start <= place.end && place.start <= span.end;
    told.iter().any(near)
}

/// Reads what is sound of a tree; what the root cannot do without is put in its place.
fn salvage(tree: &mut Tree, sound: Node) -> Option<Postmortem> {
    tree.root = sound;
    let needed = [("version", "1"), ("id", UNREAD_ID), ("title", "Untitled")];
    if needed
        .iter()
        .all(|(key, _)| tree.entry(&tree.root, key).is_some())
    {
        return read(tree).ok();
    }
    let mut stand_in = tree.clone();
    for (key, value) in needed {
        stand_in.add_where_absent(key, value);
    }
    read(&stand_in).ok()
}

/// Stands for an id that could not be read; rules about the id are silent then.
const UNREAD_ID: &str = "1970-01-01-unread";

fn unexplained(error: &str) -> Diagnostic {
    Diagnostic::error(
        "wrong-type",
        0..0,
        format!("the document does not read: {error}"),
    )
}

impl Document {
    /// The document's id, unless it could not be read.
    pub fn id(&self) -> Option<&IncidentId> {
        (!self.is_damaged(&Path::root().then("id"))).then_some(&self.postmortem.id)
    }
}
