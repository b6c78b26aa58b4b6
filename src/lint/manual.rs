use super::Rule;

/// A rule's document, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manual<'a> {
    /// The rule's name, from the title.
    pub name: &'a str,
    /// What is wrong, in one sentence.
    pub summary: &'a str,
    /// The levels in words.
    pub level: &'a str,
    /// What `--fix` does about it, beginning with `safe` or `unsafe`; absent where it does nothing.
    pub fix: Option<&'a str>,
    /// Why it matters and who says so. Markdown.
    pub why: &'a str,
    /// What can be chosen in `postmortem.toml`, with an example; absent where nothing can. Markdown.
    pub options: Option<&'a str>,
    /// What the rule finds.
    pub bad: Example<'a>,
    /// How it is written well.
    pub good: Example<'a>,
}

/// A YAML example of a rule's document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example<'a>(pub &'a str);

/// What stands in front of an example that shows only a part of a document.
const HEAD: &str = "version: 1\nid: 2024-12-11-api-errors\ntitle: API answers with errors\n";

impl Example<'_> {
    /// The example as a whole document. A part gets a standard head, in review unless it says another
    /// stage; what begins with `version:` or with a comment stands as it is.
    pub fn document(&self) -> String {
        let text = self.0;
        if text.starts_with("version:") || text.starts_with('#') {
            return text.to_owned();
        }
        let says_stage = text.lines().any(|line| line.starts_with("stage:"));
        let stage = if says_stage { "" } else { "stage: in-review\n" };
        format!("{HEAD}{stage}{text}")
    }
}

impl<'a> Manual<'a> {
    /// Takes a rule's document apart; nothing where it has not the shape that all of them share.
    pub fn of(text: &'a str) -> Option<Self> {
        let (name, rest) = text.strip_prefix("# ")?.split_once("\n\n")?;
        let (summary, rest) = rest.split_once("\n\nLevel: ")?;
        let (level, rest) = rest.split_once("\n\n## Why\n\n")?;
        let (level, fix) = match level.split_once("\n\nFix: ") {
            Some((level, fix)) => (level, Some(fix)),
            None => (level, None),
        };
        let (why, rest) = rest.split_once("\n\n## Bad\n\n```yaml\n")?;
        let (why, options) = match why.split_once("\n\n## Options\n\n") {
            Some((why, options)) => (why, Some(options)),
            None => (why, None),
        };
        let (bad, rest) = rest.split_once("```\n\n## Good\n\n```yaml\n")?;
        let good = rest.strip_suffix("```\n")?;
        Some(Self {
            name,
            summary,
            level,
            fix,
            why,
            options,
            bad: Example(bad),
            good: Example(good),
        })
    }
}

impl Manual<'_> {
    /// The configuration that its options show, with which its examples hold; empty where there is none.
    pub fn configuration(&self) -> &str {
        let options = self.options.and_then(|text| text.split_once("```toml\n"));
        let shown = options.and_then(|(_, rest)| rest.split_once("```"));
        shown.map_or("", |(toml, _)| toml)
    }
}

/// Every rule's document on one page, as it stands in `docs/rules.md`.
pub fn rules_page(rules: &[Rule]) -> String {
    let mut page = String::from(
        "# Rules\n\n\
         What `postmortem lint` finds, in the order of the catalogue. A level in `[lint.levels]` of\n\
         `postmortem.toml`, or `--level RULE=LEVEL`, holds at every stage. The same text is printed by\n\
         `postmortem explain RULE`. Examples that show only a part of a document stand below a head with\n\
         `version`, `id` and `title`, at the stage `in-review`. An account of somebody else's incident\n\
         (`view: outside`) is asked for less; each rule says so where it matters.\n\n\
         This page is made from the documents beside the rules; a test keeps it true.\n\n",
    );
    for rule in rules {
        let summary = Manual::of(rule.text).map_or("", |manual| manual.summary);
        page.push_str(&format!("- [`{0}`](#{0}): {summary}\n", rule.name));
    }
    for rule in rules {
        page.push('\n');
        let mut in_code = false;
        for line in rule.text.lines() {
            in_code ^= line.starts_with("```");
            if !in_code && line.starts_with('#') {
                page.push('#');
            }
            page.push_str(line);
            page.push('\n');
        }
    }
    page
}
