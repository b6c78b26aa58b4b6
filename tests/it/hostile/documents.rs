//! Documents written to do harm: deep, long, many, strange. Shared by the tests and by `benches/hostile`.

/// As many bytes as a document may have.
const MOST: usize = 4 * 1024 * 1024;

/// A document that means harm, and what it tries.
#[derive(Debug)]
pub struct Hostile {
    /// What it is, in a few words that make a file name.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Every hostile document, with its counts divided by `part`: 1 for whole ones.
pub fn documents(part: usize) -> Vec<Hostile> {
    let size = Size(part.max(1));
    let mut all = Vec::new();
    let mut add = |name: &'static str, bytes: Vec<u8>| all.push(Hostile { name, bytes });
    for (name, bytes) in deep(size) {
        add(name, bytes.into());
    }
    for (name, bytes) in not_text() {
        add(name, bytes);
    }
    for (name, text) in long(size)
        .into_iter()
        .chain(many(size))
        .chain(slips(size))
        .chain(prose(size))
    {
        add(name, text.into());
    }
    all
}

#[derive(Clone, Copy)]
struct Size(usize);

impl Size {
    fn of(self, whole: usize) -> usize {
        whole / self.0
    }
}

type Named = (&'static str, String);

/// The head of a sound document, with more behind it.
fn document(rest: &str) -> String {
    format!(
        "version: 1\nid: 2024-12-11-api-errors\ntitle: API answers with errors\nseverity: sev1\n\
         status: resolved\nstage: reviewed\ntimezone: America/Los_Angeles\n{rest}"
    )
}

/// A line for each number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

fn deep(size: Size) -> Vec<Named> {
    let laughs = lines(9, |n| match n {
        0 => "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned(),
        n => format!(
            "a{n}: &a{n} [{}]\n",
            vec![format!("*a{}", n - 1); 9].join(", ")
        ),
    });
    let brackets = size.of(200_000);
    let levels = 3_000;
    vec![
        ("a-billion-laughs", document(&laughs)),
        ("brackets-at-the-root", "[".repeat(brackets)),
        (
            "brackets-in-a-free-map",
            document(&format!("custom: {{x: {}", "[".repeat(brackets))),
        ),
        (
            "brackets-closed",
            document(&format!(
                "custom: {}{}\n",
                "[".repeat(brackets),
                "]".repeat(brackets)
            )),
        ),
        (
            "braces",
            document(&format!("custom: {}", "{a: ".repeat(brackets))),
        ),
        (
            "levels-of-dashes",
            document(&format!("tags:\n  {}x\n", "- ".repeat(levels))),
        ),
        (
            "levels-of-question-marks",
            document(&format!("custom:\n  {}x\n", "? ".repeat(levels))),
        ),
        (
            "levels-of-keys",
            document(&format!(
                "custom:\n{}",
                lines(1_500, |n| format!("{}a:\n", " ".repeat(n + 1)))
            )),
        ),
        (
            "tags",
            document(&lines(size.of(20_000), |n| {
                format!("t{n}: !!python/object:os.system x\n")
            })),
        ),
        (
            "anchors-and-aliases",
            document(&format!(
                "tags: [{}]\n",
                lines(size.of(20_000), |n| format!("&a{n} x, *a{n}, "))
            )),
        ),
        (
            "merge-keys",
            document(&lines(size.of(20_000), |n| format!("m{n}: {{<<: *x}}\n"))),
        ),
        (
            "quotes-in-quotes",
            document(&format!("summary: {}\n", "\"'".repeat(size.of(100_000)))),
        ),
    ]
}

fn not_text() -> Vec<(&'static str, Vec<u8>)> {
    let mut invalid = document("summary: ").into_bytes();
    invalid.extend([0xff, 0xfe, 0xc3, 0x28, b'\n'].repeat(10_000));
    let wide = document("summary: x\n");
    let wide = wide.encode_utf16().flat_map(u16::to_le_bytes);
    let nul = document("summary: a\0b\nbackground: |\n  \0\0\0\n");
    let strange: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    vec![
        ("invalid-utf-8", invalid),
        ("utf-16", [0xff, 0xfe].into_iter().chain(wide).collect()),
        ("nul-bytes", nul.into_bytes()),
        ("nothing-but-nul-bytes", vec![0; 1_000_000]),
        ("every-byte", strange),
        ("nothing", Vec::new()),
        ("only-a-byte-order-mark", "\u{feff}".into()),
    ]
}

fn long(size: Size) -> Vec<Named> {
    let head = document("").len();
    let most = (MOST - head - 100) / size.0;
    let blank = "\n".repeat(size.of(1_000_000));
    let returns = "\r".repeat(size.of(1_000_000));
    let digits = "9".repeat(size.of(100_000));
    vec![
        (
            "too-many-bytes",
            document(&format!("summary: {}\n", "x".repeat(MOST))),
        ),
        (
            "a-line-of-4-mib",
            document(&format!("summary: {}\n", "x".repeat(most))),
        ),
        (
            "a-line-of-words",
            document(&format!("summary: {}\n", "word ".repeat(most / 5))),
        ),
        (
            "a-line-in-quotes",
            document(&format!("summary: \"{}\"\n", "é".repeat(most / 2))),
        ),
        (
            "a-line-in-open-quotes",
            document(&format!("summary: \"{}\n", "x".repeat(most))),
        ),
        (
            "a-line-of-escapes",
            document(&format!("summary: \"{}\"\n", "\\u0041".repeat(most / 6))),
        ),
        (
            "a-line-of-comment",
            document(&format!("# {}\n", "x".repeat(most))),
        ),
        (
            "a-block-of-4-mib",
            document(&format!(
                "summary: |\n{}",
                "  some words\n".repeat(most / 13)
            )),
        ),
        (
            "a-folded-block",
            document(&format!("summary: >\n{}", "  words\n\n".repeat(most / 9))),
        ),
        ("empty-lines", document(&format!("{blank}summary: x\n"))),
        (
            "empty-lines-in-a-block",
            document(&format!("summary: |\n  x\n{blank}  y\n")),
        ),
        (
            "only-carriage-returns",
            document(&format!("summary: x\n{returns}")),
        ),
        (
            "a-long-key",
            document(&format!("{}: x\n", "k".repeat(size.of(1_000_000)))),
        ),
        (
            "a-long-key-in-quotes",
            document(&format!("\"{}\": x\n", "k".repeat(size.of(1_000_000)))),
        ),
        (
            "a-long-id",
            document("").replace("api-errors", &"x".repeat(most)),
        ),
        (
            "huge-numbers",
            format!(
                "version: {digits}\nid: 99999999999-12-11-x\ntitle: 1e999999999\nimpact:\n  figures:\n\
             \x20   - {{what: a, value: {digits}}}\n    - {{what: b, value: 1e999999999}}\n\
             \x20   - {{what: c, value: [-{digits}, {digits}]}}\n    - {{what: d, value: 0x{digits}}}\n\
             \x20 services:\n    - {{service: a, effect: outage, from: 999999999-01-01T00:00Z, share: {digits}%}}\n\
             \x20 slo: [{{name: a, target: {digits}%, window: {digits}d}}]\n\
             recovery: {{rto: {digits}h, rpo: 99999999999999999999w}}\n\
             timeline:\n  - {{at: {digits}-12-11, what: a}}\n  - {{at: 9999-12-31T23:59:60+23:59, what: b}}\n\
             \x20 - {{at: 0000-01-01T00:00-23:59, what: c}}\n"
            ),
        ),
    ]
}

fn many(size: Size) -> Vec<Named> {
    let events = size.of(20_000);
    let event = |n: usize| {
        format!(
            "  - {{at: 2024-12-11T15:16, kind: started, what: Event {}}}\n",
            n % 7
        )
    };
    let causes = size.of(10_000);
    let ring = |n: usize| {
        format!(
            "  - {{id: C{n}, what: x, because: [C{}, C{n}]}}\n",
            (n + 1) % causes
        )
    };
    vec![
        ("comments", document(&"# x\n".repeat(size.of(19_999)))),
        ("too-many-comments", document(&"# x\n".repeat(20_001))),
        (
            "keys-at-the-root",
            document(&lines(size.of(100_000), |n| format!("k{n}: x\n"))),
        ),
        (
            "too-many-keys",
            document(&format!(
                "custom:\n{}",
                lines(100_001, |n| format!("  k{n}: x\n"))
            )),
        ),
        (
            "keys-in-a-free-map",
            document(&format!(
                "custom:\n{}",
                lines(size.of(49_000), |n| format!("  k{n}: x\n"))
            )),
        ),
        (
            "the-same-key",
            document(&"tags: [x]\n".repeat(size.of(49_000))),
        ),
        (
            "the-same-unknown-key",
            document(&lines(size.of(40_000), |n| format!("taggs{n}: x\n"))),
        ),
        (
            "numbers-where-texts-belong",
            document(&format!("tags: [{}]\n", "1, ".repeat(size.of(99_000)))),
        ),
        (
            "events-without-time",
            document(&format!(
                "timeline:\n{}",
                "  - {what: x}\n".repeat(size.of(30_000))
            )),
        ),
        (
            "events-at-no-time",
            document(&format!(
                "timeline:\n{}",
                "  - {at: 25:61, what: x}\n".repeat(size.of(18_000))
            )),
        ),
        (
            "events-alike",
            document(&format!("timeline:\n{}", lines(events, event))),
        ),
        (
            "events-backwards",
            document(&format!(
                "timeline:\n{}",
                lines(events, |n| {
                    let (day, minute) = (28 - n / 1440 % 28, 1439 - n % 1440);
                    format!(
                        "  - {{at: 2024-01-{day:02}T{:02}:{:02}, what: Event {n}}}\n",
                        minute / 60,
                        minute % 60
                    )
                })
            )),
        ),
        (
            "causes-in-a-ring",
            document(&format!("causes:\n{}", lines(causes, ring))),
        ),
        (
            "causes-and-actions",
            document(&format!(
                "causes:\n{}actions:\n{}",
                lines(size.of(8_000), |n| format!(
                    "  - {{id: C{n}, what: x, state: confirmed}}\n"
                )),
                lines(size.of(8_000), |n| format!(
                    "  - {{id: A{n}, what: x, for: [C{}, X{n}]}}\n",
                    n / 2
                )),
            )),
        ),
        (
            "windows",
            document(&format!(
                "services: [a]\nimpact:\n  services:\n{}",
                lines(size.of(10_000), |n| {
                    format!(
                        "    - {{service: s{}, effect: outage, from: 2024-12-11T15:16, until: 2024-12-11T1{}:00, share: 1%}}\n",
                        n % 99,
                        n % 9
                    )
                })
            )),
        ),
        (
            "people-in-every-text",
            document(&format!(
                "people:\n{}timeline:\n{}",
                lines(size.of(5_000), |n| format!(
                    "  p{n}: {{name: Name{n} Of{n}, role: role{n}, team: Team{n}}}\n"
                )),
                lines(size.of(5_000), |n| format!(
                    "  - {{at: 2024-12-11T15:16, what: Name{n} of Team{n} should have seen p{n}., by: q{n}}}\n"
                )),
            )),
        ),
        (
            "words-of-a-glossary",
            document(&format!(
                "glossary:\n{}services: [{}]\nsummary: |\n{}",
                lines(size.of(10_000), |n| format!("  W{n}: a word\n")),
                lines(size.of(10_000), |n| format!("s{n}, ")),
                lines(size.of(10_000), |n| format!("  W{n} ABC{n} s{n}\n")),
            )),
        ),
        (
            "links-and-references",
            document(&format!(
                "sources: [{}]\nlinks:\n{}",
                lines(size.of(15_000), |n| format!("S{n}, T{n}, ")),
                lines(size.of(15_000), |n| format!("  - {{id: S{n}, url: x}}\n")),
            )),
        ),
    ]
}

fn slips(size: Size) -> Vec<Named> {
    let of = |line: &str, count: usize| document(&line.repeat(size.of(count)));
    vec![
        (
            "colons-in-bare-texts",
            document(&format!(
                "timeline:\n{}",
                "  - what: a: b\n".repeat(size.of(30_000))
            )),
        ),
        (
            "commas-in-flow-texts",
            document(&format!(
                "timeline:\n{}",
                "  - {what: a, b, c: d: e}\n".repeat(size.of(20_000))
            )),
        ),
        ("reserved-characters", of("- @x\n", 50_000)),
        ("tabs", of("\tx: y\n", 50_000)),
        ("open-quotes", of("title: \"x\n", 50_000)),
        ("closing-brackets", of("]}\n", 50_000)),
        (
            "texts-cut-by-comments",
            document(&format!(
                "timeline:\n{}",
                "  - what: x #1\n".repeat(size.of(19_000))
            )),
        ),
        (
            "steps-of-indentation",
            document(&lines(size.of(2_000), |n| {
                format!("{}a: b\n", " ".repeat(n % 200))
            })),
        ),
        ("documents", of("---\na: b\n", 50_000)),
        ("percent-lines", of("%TAG ! x\n", 50_000)),
        ("document-ends", of("...\n", 50_000)),
        (
            "yes-and-no",
            document(&format!(
                "timeline:\n{}",
                "  - {at: 2024-12-11, what: x, key: yes}\n".repeat(size.of(9_000))
            )),
        ),
    ]
}

fn prose(size: Size) -> Vec<Named> {
    let strange =
        "\\u001b[31m\\u001b]8;;http://x\\u0007\\u009b\\u202e\\u2066\\u0085\\u2028\\0\\b\\r";
    let escape = "\u{202e}\u{2066}\u{200b}\u{feff}";
    let text = |part: &str| {
        let count = size.of(400_000) / part.len();
        document(&format!(
            "summary: |\n  {}\nbackground: '{}'\n",
            part.repeat(count),
            part.replace('\'', "''").repeat(count)
        ))
    };
    let each = [
        "title",
        "summary",
        "background",
        "owner",
        "internal_notes",
        "severity",
        "status",
        "nothing",
    ];
    let in_all = each
        .map(|key| format!("{key}: \"{strange}{key}\"\n"))
        .concat();
    let keys =
        format!("\"{strange}\": x\n{escape}: y\n# {escape}\ntags: [\"{strange}\", {escape}x]\n");
    let raw = "summary: \"\u{1b}[31m\u{7}\u{9b}\u{8}\"\n# \u{1b}]0;x\u{7}\n\u{1b}: \u{1b}\n";
    vec![
        (
            "escapes-in-every-string",
            format!(
                "version: 1\nid: \"{strange}\"\n{in_all}{keys}timeline:\n  - {{at: \"{strange}\", kind: \"{strange}\", what: \"{strange}\", \"{strange}\": 1}}\n"
            ),
        ),
        (
            "escapes-in-sound-texts",
            document(&format!(
                "summary: \"{strange}\"\ntimeline:\n  - {{at: 2024-12-11, what: \"{strange}\", detail: \"{strange}\"}}\nservices: [\"{strange}\"]\n"
            )),
        ),
        ("escapes-as-they-are", document(raw)),
        ("open-links", text("[")),
        ("open-emphasis", text("*a _")),
        ("open-code", text("`a ``")),
        ("open-prompts", text("<what ")),
        ("open-questions", text("[what ")),
        ("quotations", text("> ")),
        ("placeholders", text("TODO ")),
        ("quotes-in-prose", text("\"should have\" 'had ")),
        ("one-sentence", text("they should have known and ")),
        ("times-in-prose", text("for 3 hours at 15:16, 12% ")),
        ("passwords", text("password=Tr1ckyHorse99 ")),
        ("begins-of-keys", text("-----BEGIN PRIVATE KEY-----")),
        ("combining-letters", text("e\u{301}\u{301}\u{301}")),
        ("html", text("<script>&amp;<b>")),
        ("tables", text("|a")),
        (
            "ignore-comments",
            document(&"# postmortem: ignore[secret] x\n".repeat(size.of(19_000))),
        ),
    ]
}
