use std::net::Ipv4Addr;

use schemars::JsonSchema;
use serde::Deserialize;
use url::{Host, Url};

/// What may leave the company.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Public {
    /// Hosts whose addresses are internal; `*.corp.example` covers every host below it.
    pub internal_hosts: Vec<String>,
    /// Words that everyone may read although they are somebody's name, or stand in a field that is
    /// internal. Case and what stands between the letters do not count.
    pub words: Vec<String>,
}

impl Public {
    /// Whether an address belongs to the company's inside.
    ///
    /// The host is read as a browser reads it (WHATWG URL), so that no spelling slips through. Hosts
    /// without a dot, names ending in `.local`, `.internal` or `.localhost`, and private address ranges
    /// are always inside; so is an address that cannot be read. What has no `://` is no address.
    pub fn is_internal(&self, address: &str) -> bool {
        let Some((scheme, rest)) = address.trim().split_once("://") else {
            return false;
        };
        // A backslash is a slash to some readers and a part of the name to others.
        if rest.contains('\\') {
            return true;
        }
        // One word may hold two addresses; each counts.
        if rest.contains("://")
            && rest
                .split("://")
                .skip(1)
                .any(|after| self.is_internal(&format!("https://{after}")))
        {
            return true;
        }
        // Other schemes are read by the rules of the web, so that their hosts are normalised too.
        let scheme = if scheme.eq_ignore_ascii_case("http") {
            "http"
        } else {
            "https"
        };
        let Ok(url) = Url::parse(&format!("{scheme}://{rest}")) else {
            return true;
        };
        match url.host() {
            Some(Host::Domain(domain)) => {
                let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
                !domain.bytes().all(plain) || self.is_internal_host(domain)
            }
            Some(Host::Ipv4(ip)) => is_private(ip),
            Some(Host::Ipv6(_)) | None => true,
        }
    }

    /// Whether a host, in lower-case ASCII, is inside.
    pub fn is_internal_host(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.');
        let never_public = [".local", ".internal", ".localhost"];
        !host.contains('.')
            || never_public.iter().any(|end| host.ends_with(end))
            || self.is_listed(host)
    }

    /// Whether a host that stands in a text without a scheme is inside. What has no dot is a word there.
    pub fn is_internal_name(&self, name: &str) -> bool {
        // `.env.local` is a file, as people call it.
        if name.starts_with(".env.") {
            return false;
        }
        // In names of files a host stands with more before and behind it.
        name.split('_').any(|part| self.has_host(part)) || has_private_ip(name)
    }

    /// Whether a part of the name of a file is a host inside, or begins with one: `a.corp.example.conf`.
    fn has_host(&self, part: &str) -> bool {
        // `*.corp.example` and `.corp.example` in certificates and cookies stand for every host below.
        let below = part.strip_prefix('.').map(|rest| format!("x.{rest}"));
        let name = below.as_deref().unwrap_or(part).trim_end_matches('.');
        let ends = name.match_indices(['.', '-']).filter(|(at, sign)| {
            let rest = &name[at + 1..];
            *sign == "-" || rest.split('.').all(is_file_ending)
        });
        let begins_with_host = |(at, _): (usize, &str)| {
            let host = &name[..at];
            let host = host.to_ascii_lowercase();
            host.matches('.').count() >= 2 && self.is_internal_host(&host) || self.is_listed(&host)
        };
        self.is_host(name) || ends.into_iter().any(begins_with_host)
    }

    fn is_host(&self, name: &str) -> bool {
        if !name.contains('.') {
            return false;
        }
        if let Ok(ip) = name.parse() {
            return is_private(ip) || self.is_listed(name);
        }
        match name.is_ascii() {
            true => self.is_internal_host(&name.to_ascii_lowercase()),
            false => normal(name).is_some_and(|host| self.is_internal_host(&host)),
        }
    }

    /// Whether a host is covered by the configured list.
    pub fn is_listed(&self, host: &str) -> bool {
        self.internal_hosts
            .iter()
            .any(|pattern| match pattern.strip_prefix("*.") {
                Some(domain) => {
                    normal(domain).is_some_and(|domain| host.ends_with(&format!(".{domain}")))
                }
                None => normal(pattern).is_some_and(|listed| host == listed),
            })
    }

    /// What is wrong with the first entry of the list that could never match; nothing if all can.
    pub fn mistake(&self) -> Option<String> {
        let useless =
            |pattern: &&String| normal(pattern.strip_prefix("*.").unwrap_or(pattern)).is_none();
        let pattern = self.internal_hosts.iter().find(useless)?;
        Some(format!(
            "`public.internal_hosts` holds `{pattern}`, which is no host: write `wiki.example`, or `*.corp.example` for all hosts below one"
        ))
    }
}

/// A host as a browser writes it; nothing where the text is no host alone.
fn normal(host: &str) -> Option<String> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    if host.is_empty() || host.starts_with('.') || !host.chars().all(plain) {
        return None;
    }
    let url = Url::parse(&format!("https://{}/", host.trim_end_matches('.'))).ok()?;
    url.host_str().map(str::to_owned)
}

/// Whether a name holds a private address: `host-10.2.3.4`, `ip-10-2-3-4`, `10.2.3.4-access.log`.
fn has_private_ip(name: &str) -> bool {
    let figures: Vec<&str> = name.split(['.', '-', '_']).collect();
    figures.windows(4).any(|four| {
        let parts = four.iter().map(|part| part.parse::<u8>().ok());
        let parts: Option<Vec<u8>> = parts.collect();
        match parts.as_deref() {
            Some([first @ (10 | 172 | 192 | 100), second, third, fourth]) => {
                is_private(Ipv4Addr::new(*first, *second, *third, *fourth))
            }
            _ => false,
        }
    })
}

/// How names of files end that are called after a host.
fn is_file_ending(label: &str) -> bool {
    const ENDINGS: &str = "bak cert cfg cnf conf crt csr csv db der dump env err gz html ini jks json key log md out p12 pdf pem pfx pid png service sh sock sql svg tar tgz toml txt xml yaml yml zip zst";
    let label = label.to_ascii_lowercase();
    ENDINGS.split(' ').any(|ending| ending == label)
        || !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit())
}

fn is_private(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    let is_shared = first == 100 && (64..128).contains(&second);
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_unspecified()
        || first == 0
        || is_shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public() -> Public {
        Public {
            internal_hosts: [
                "*.corp.example",
                "wiki.example",
                "Bücher.example",
                "dot.example.",
            ]
            .map(str::to_owned)
            .to_vec(),
            words: Vec::new(),
        }
    }

    #[test]
    fn internal_hosts_are_told_however_they_are_spelt() {
        for inside in [
            "https://jira.corp.example/X-1",
            "https://user@WIKI.example:8443/page",
            "http://localhost/x",
            "http://build/job",
            "http://10.1.2.3/",
            "http://[::1]/",
            "https://jira.corp.example./X-1",
            "https://wik%69.example/",
            "https://a.corp.example%2E/",
            "https://127.1/",
            "https://0x7f.0.0.1/",
            "https://0177.0.0.1/",
            "https://192.168.257/",
            "https://0.0.0.0/",
            "https://100.64.1.1/",
            "https://wiki.example\u{1}/x",
            "https://w\u{1}iki.example/",
            "https://wiki\u{202e}.example/",
            "https://wi\u{200b}ki.example/",
            "https://wi\u{ad}ki.example/",
            "https://ｗｉｋｉ。example/",
            "https://public.example\\@wiki.example/",
            "https://public.example,https://wiki.example/x",
            "https://wiki.example,/x",
            "https://xn--bcher-kva.example/",
            "https://BÜCHER.example/",
            "https://dot.example/",
            "https://host.local/",
            "https://metadata.google.internal/",
            "ssh://wiki.example/x",
            "https://",
        ] {
            assert!(public().is_internal(inside), "{inside:?}");
        }
    }

    #[test]
    fn public_hosts_are_left_alone() {
        for outside in [
            "https://corp.example/",
            "https://status.example/x",
            "S1",
            "https://1.1.1.1/",
            "https://web.archive.org/web/2024/https://status.example/x",
            "https://status.example/?next=a,b",
        ] {
            assert!(!public().is_internal(outside), "{outside}");
        }
    }

    #[test]
    fn hosts_are_told_without_a_scheme() {
        for inside in [
            "db-1.prod.internal",
            "Printer.LOCAL.",
            "a..env.local",
            "10.2.3.4",
            "192.168.1.7",
            "bücher.example",
            "a.corp.example",
            ".corp.example",
            ".shop.local",
            "wiki.corp.example.conf",
            "db1.prod.internal.log.1",
            "db1.prod.internal-access.log",
            "backup_db1.prod.internal_2024.sql",
            "access_10.2.3.4.log",
            "10.2.3.4-access.log",
            "host-10.2.3.4",
            "node_10.2.3.4_9100",
            "192.168.0.1-192.168.0.9",
            "ip-10-2-3-4",
            "10_2_3_4",
        ] {
            assert!(public().is_internal_name(inside), "{inside}");
        }
        for outside in [
            "build",
            "1.5",
            "1.1.1.1",
            "10.2.3",
            "e.g",
            "internal.example",
            ".",
            ".env.local",
            ".env.production.local",
            "internal-tools.example",
            "com.acme.public.util",
            "2024-01-10.log",
            "1.10.2.30",
        ] {
            assert!(!public().is_internal_name(outside), "{outside}");
        }
    }

    #[test]
    fn an_entry_that_could_never_match_is_a_mistake() {
        assert_eq!(public().mistake(), None);
        for useless in [
            "tick.example:8443",
            "https://url.example",
            ".lead.example",
            "*star.example",
            "a.*.example",
            "",
        ] {
            let public = Public {
                internal_hosts: vec![useless.to_owned()],
                words: Vec::new(),
            };
            assert!(public.mistake().is_some(), "{useless}");
        }
    }
}
