//! How a ticket is called in texts, told from its address or its number.

/// The names of a ticket: `OPS-4412` wherever it stands in an address, also as `OPS4412`, the last part of
/// a path where it holds letters and figures, and `acme/shop#4412`.
pub fn names(ticket: &str) -> Vec<String> {
    let mut names = Vec::new();
    let parts = ticket.split(['/', '?', '#', '&', '=', ' ', ',', ';', ':']);
    for key in parts.filter_map(key) {
        names.push(key.replace('-', ""));
        names.push(key);
    }
    let path = ticket.split(['?', '#']).next().unwrap_or(ticket);
    let last = path.trim_end_matches('/').rsplit('/').next();
    let is_id = |id: &&str| {
        id.len() >= 4
            && id.chars().any(char::is_alphabetic)
            && id.bytes().any(|b| b.is_ascii_digit())
    };
    names.extend(last.filter(is_id).map(str::to_owned));
    if let Some((repository, number)) = of_repository(path) {
        names.push(format!("{repository}#{number}"));
        if let Some((_, name)) = repository.rsplit_once('/') {
            names.push(format!("{name}#{number}"));
        }
    }
    names
}

/// The number of a ticket that is written behind `#`.
pub fn number(ticket: &str) -> Option<&str> {
    let path = ticket.split('?').next().unwrap_or(ticket);
    let number = match ticket.trim().strip_prefix('#') {
        Some(number) => number,
        None => match of_repository(path.split('#').next().unwrap_or(path)) {
            Some((_, number)) => number,
            None => ticket.rsplit_once('#').map(|(_, number)| number)?,
        },
    };
    is_number(number).then_some(number)
}

/// `OPS-4412` at the beginning of a part of an address; it may go on as `OPS-4412-log-in`.
fn key(part: &str) -> Option<String> {
    let mut parts = part.split('-');
    let (project, number) = (parts.next()?, parts.next()?);
    let of_project = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    let is_key = project.starts_with(|c: char| c.is_ascii_uppercase())
        && project.bytes().all(of_project)
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
        && project.len() + number.len() >= 3;
    is_key.then(|| format!("{project}-{number}"))
}

/// The repository and the number of an issue, of a pull request or a merge request.
fn of_repository(address: &str) -> Option<(&str, &str)> {
    let (_, rest) = address.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    let kinds = [
        "issues",
        "pull",
        "pulls",
        "pull-requests",
        "merge_requests",
        "work_items",
    ];
    kinds.iter().find_map(|kind| {
        let (before, behind) = path.split_once(&format!("/{kind}/"))?;
        let number = behind.split('/').next().filter(|text| is_number(text))?;
        let repository = before.trim_end_matches("/-");
        repository.contains('/').then_some((repository, number))
    })
}

/// Whether a text is a number that means one ticket; those of one figure mean anything.
fn is_number(text: &str) -> bool {
    text.len() >= 2 && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_wherever_they_stand() {
        for ticket in [
            "OPS-4412",
            "https://tickets.example/browse/OPS-4412",
            "https://linear.app/acme/issue/OPS-4412/fix-login",
            "https://jira.example/browse?id=OPS-4412",
            "https://jira.example/board/7?selectedIssue=OPS-4412&view=1",
            "https://tracker.example/issue/OPS-4412-fix-login",
        ] {
            let names = names(ticket);
            assert_eq!(names[..2], ["OPS4412", "OPS-4412"], "{ticket}");
        }
        for ticket in [
            "https://tickets.example/fix-7",
            "https://x.example/A-b",
            "see Jane",
        ] {
            assert!(
                !names(ticket)
                    .iter()
                    .any(|name| name.len() < 4 || name.contains("OPS"))
            );
        }
    }

    #[test]
    fn numbers_belong_to_their_repository() {
        for (ticket, name) in [
            ("https://github.com/acme/shop/issues/4412", "acme/shop#4412"),
            (
                "https://github.com/acme/shop/pull/4412/files#r1",
                "acme/shop#4412",
            ),
            (
                "https://gitlab.example/a/b/c/-/merge_requests/4412",
                "a/b/c#4412",
            ),
        ] {
            assert!(names(ticket).iter().any(|known| known == name), "{ticket}");
            assert_eq!(number(ticket), Some("4412"), "{ticket}");
        }
        assert_eq!(number("#4412"), Some("4412"));
        assert_eq!(number("acme/shop#4412"), Some("4412"));
        assert_eq!(number("#4"), None);
        assert_eq!(number("https://tickets.example/4412"), None);
    }
}
