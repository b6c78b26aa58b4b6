//! Times as they are typed behind `log -t`, from the command line into the file and back to the screen.

use crate::incident::{FILE, Incident};

/// The current time, the document's zone, what is typed (`+` before it: with `--future`); what stands in
/// the file, and what is said.
#[rustfmt::skip]
const TYPED: &[(&str, &str, &str, &str, &str)] = &[
    // Seconds.
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "90s", "2024-12-11T15:34:40-08:00", "15:34:40 PST  1 min ago"),
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "now", "2024-12-11T15:36:10-08:00", "15:36:10 PST  now"),
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "15:36:09", "2024-12-11T15:36:09-08:00", "15:36:09 PST  just now"),
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "14:32:10Z", "2024-12-11T14:32:10Z", "06:32:10 PST  9 h 4 min ago"),
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "-5m", "2024-12-11T15:31-08:00", "15:31:00 PST  5 min ago"),
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "61m", "2024-12-11T14:35-08:00", "14:35:00 PST  1 h 1 min ago"),
    // Days and nothing at all.
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "2024-12-10", "2024-12-10", "2024-12-10  "),
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "unknown", "unknown", "unknown  "),
    // Midnight and the end of the year, in the document's zone and not in the machine's.
    ("2024-12-12T08:00:00Z", "America/Los_Angeles", "23:59", "2024-12-11T23:59-08:00", "2024-12-11 23:59:00 PST  1 min ago"),
    ("2024-12-12T08:00:00Z", "America/Los_Angeles", "00:00", "2024-12-12T00:00-08:00", "00:00:00 PST  now"),
    ("2025-01-01T00:03:00Z", "Europe/Berlin", "23:58", "2024-12-31T23:58+01:00", "2024-12-31 23:58:00 CET  1 h 5 min ago"),
    ("2024-12-31T23:03:00Z", "Europe/Berlin", "5m", "2024-12-31T23:58+01:00", "2024-12-31 23:58:00 CET  5 min ago"),
    ("2024-12-31T23:03:00Z", "Europe/Berlin", "yesterday 23:50", "2024-12-31T23:50+01:00", "2024-12-31 23:50:00 CET  13 min ago"),
    ("2024-03-01T06:00:00Z", "Asia/Kolkata", "yesterday 12:00", "2024-02-29T12:00+05:30", "2024-02-29 12:00:00 IST  23 h 30 min ago"),
    // The clocks go back: 2024-11-03 09:00 UTC.
    ("2024-11-03T08:40:00Z", "America/Los_Angeles", "01:30", "2024-11-03T01:30-07:00", "01:30:00 PDT  10 min ago"),
    ("2024-11-03T09:40:00Z", "America/Los_Angeles", "01:30 PDT", "2024-11-03T01:30-07:00", "01:30:00 PDT  1 h 10 min ago"),
    ("2024-11-03T09:40:00Z", "America/Los_Angeles", "90m", "2024-11-03T01:10-07:00", "01:10:00 PDT  1 h 30 min ago"),
    // They go forward: 2024-03-31 01:00 UTC.
    ("2024-03-31T01:10:00Z", "Europe/Berlin", "20m", "2024-03-31T01:50+01:00", "01:50:00 CET  20 min ago"),
    ("2024-03-31T01:10:00Z", "Europe/Berlin", "01:59", "2024-03-31T01:59+01:00", "01:59:00 CET  11 min ago"),
    // What is still to come.
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "++20m", "2024-12-11T15:56-08:00", "15:56:00 PST  in "),
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "+in 90s", "2024-12-11T15:37:40-08:00", "15:37:40 PST  in 1 min"),
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "+tomorrow 9:00", "2024-12-12T09:00-08:00", "2024-12-12 09:00:00 PST  in 17 h 2"),
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "+2025-01-31 10:00", "2025-01-31T10:00-08:00", "2025-01-31 10:00:00 PST  in 50 days"),
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "+2025-01-31", "2025-01-31", "2025-01-31  "),
    ("2024-12-31T23:30:00Z", "UTC", "++45m", "2025-01-01T00:15Z", "2025-01-01 00:15:00 UTC  in 45 min"),
    ("2024-11-03T08:40:00Z", "America/Los_Angeles", "++1h", "2024-11-03T01:40-08:00", "01:40:00 PST  in 1 h"),
    ("2024-12-11T23:36:10Z", "America/Los_Angeles", "+15:00", "2024-12-11T15:00-08:00", "15:00:00 PST  36 min ago"),
];

/// The current time, the zone, what is typed; what is said.
#[rustfmt::skip]
const REFUSED: &[(&str, &str, &str, &str)] = &[
    ("2024-11-03T09:40:00Z", "America/Los_Angeles", "01:30", "`2024-11-03T01:30-07:00` or `2024-11-03T01:30-08:00`"),
    ("2024-03-31T01:40:00Z", "Europe/Berlin", "02:30", "`2024-03-31T01:30+01:00` or `2024-03-31T03:30+02:00`"),
    ("2024-03-30T09:00:00Z", "Europe/Berlin", "+tomorrow 02:30", "did not happen"),
    ("2024-12-31T23:30:00Z", "UTC", "2025-01-01", "is in the future"),
    ("2024-12-31T23:30:00Z", "UTC", "tomorrow", "is in the future"),
];

fn typed(now: &str, zone: &str, typed: &str) -> (Incident, crate::sandbox::Run) {
    let incident = Incident::new();
    let text = incident.text();
    incident
        .sandbox
        .write(FILE, text.replace("America/Los_Angeles", zone));
    let (future, time) = match typed.strip_prefix('+') {
        Some(time) => (Some("--future"), time),
        None => (None, typed),
    };
    let call = incident
        .sandbox
        .call(["log"])
        .args(future)
        .args(["-t", time, "typed"]);
    let run = call
        .env("POSTMORTEM_NOW", now)
        .env("TZ", "Asia/Tokyo")
        .run();
    (incident, run)
}

#[test]
fn times_get_into_the_file_as_they_were_meant() {
    for (now, zone, time, stored, said) in TYPED {
        let (incident, run) = typed(now, zone, time);
        let run = run.succeeds();
        let said_so = run.stderr.starts_with(said);
        assert!(said_so, "`{time}` at {now} in {zone} says\n{}", run.stderr);
        let line = incident.text();
        let line = line
            .lines()
            .find(|line| line.contains("typed"))
            .expect("it is there")
            .to_owned();
        assert!(
            line.contains(&format!("{{at: {stored}, ")),
            "`{time}` at {now} in {zone}: {line}"
        );
    }
}

#[test]
fn times_that_may_mean_two_things_or_nothing_are_refused() {
    for (now, zone, time, said) in REFUSED {
        let (incident, run) = typed(now, zone, time);
        let _ = run.exits(2).stderr_has(said);
        incident.is_tidy();
        assert_eq!(incident.logged(), Vec::<String>::new());
    }
}
