//! How a ticket is called in texts, told from its address or its number.

/// The names of a ticket: `OPS-4412` wherever it stands in an address, also as `OPS4412`, the last part of
/// a path where it holds letters and figures, `INC0012345`, and of an issue `acme/shop#4412` and its other
/// addresses, which lead to the same.
pub fn names(ticket: &str) -> Vec<String> {
    let mut names = Vec::new();
    let parts = ticket.split(['/', '?', '#', '&', '=', ' ', ',', ';', ':']);
    for key in parts.filter_map(key) {
        names.push(key.replace('-', ""));
        names.push(key);
    }
    let parts = ticket.split(['/', '?', '#', '&', '=']);
    names.extend(parts.filter(|part| is_record(part)).map(str::to_owned));
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
        for kind in KINDS {
            names.push(format!("{repository}/{kind}/{number}"));
        }
        if number.len() >= 3 {
            let short = ["GH-", "PR-", "issues/", "pull/", "merge_requests/"];
            names.extend(short.iter().map(|before| format!("{before}{number}")));
        }
    } else if let Some(number) = number(ticket).filter(|number| number.len() >= LONG_NUMBER) {
        names.push(number.to_owned());
    }
    names
}

/// The number of a ticket that is written behind `#`, or behind `!` where it is a merge request.
pub fn number(ticket: &str) -> Option<&str> {
    let ticket = ticket.trim().trim_start_matches(['#', '!']);
    let address = ticket.split(['?', '#']).next().unwrap_or(ticket);
    let of_query = || {
        ticket
            .split(['?', '&'])
            .find_map(|part| part.strip_prefix("id="))
    };
    let behind_sign = || ticket.rsplit_once(['#', '!']).map(|(_, number)| number);
    let of_path = || address.rsplit('/').find(|part| is_number(part));
    let number = of_repository(address)
        .map(|(_, number)| number)
        .or_else(|| behind_sign().filter(|number| is_number(number)))
        .or_else(|| of_query().filter(|number| is_number(number)))
        .or_else(of_path)?;
    (number.len() >= 2).then_some(number)
}

/// How many figures a number has that is one of nothing else.
const LONG_NUMBER: usize = 5;

/// `INC0012345`, as records of desks are called.
fn is_record(part: &str) -> bool {
    let letters = part.bytes().take_while(u8::is_ascii_uppercase).count();
    let figures = &part[letters..];
    letters >= 2 && figures.len() >= 4 && is_number(figures)
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
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (_, path) = rest
        .split_once('/')
        .filter(|(host, _)| host.contains('.'))?;
    KINDS.iter().find_map(|kind| {
        let (before, behind) = path.split_once(&format!("/{kind}/"))?;
        let number = behind.split('/').next().filter(|text| is_number(text))?;
        let repository = before.trim_end_matches("/-");
        repository.contains('/').then_some((repository, number))
    })
}

/// What stands between a repository and the number of an issue in addresses.
const KINDS: [&str; 6] = [
    "issues",
    "pull",
    "pulls",
    "pull-requests",
    "merge_requests",
    "work_items",
];

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
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
        let desk = names("https://desk.example/nav_to.do?uri=incident&number=INC0012345");
        assert_eq!(desk, ["INC0012345"]);
        let redmine = names("https://redmine.example/issues/10045");
        assert!(redmine.contains(&"10045".to_owned()), "{redmine:?}");
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
        for (ticket, figures) in [
            ("https://tickets.example/4412", "4412"),
            ("!4412", "4412"),
            ("4412", "4412"),
            ("acme/shop!4412", "4412"),
            ("https://bugs.example/show_bug.cgi?id=10045", "10045"),
            ("https://dev.example/acme/_workitems/edit/30012", "30012"),
            ("https://desk.example/story/10045/fix-it", "10045"),
        ] {
            assert_eq!(number(ticket), Some(figures), "{ticket}");
        }
        assert_eq!(number("https://tickets.example/x7"), None);
        assert!(names("github.com/acme/shop/issues/7").contains(&"shop#7".to_owned()));
    }
}
