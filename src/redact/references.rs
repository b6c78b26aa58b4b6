use std::collections::BTreeSet;

use crate::config::Config;
use crate::model::{Key, Link, Postmortem};

/// What may still be referred to in public.
pub struct References<'a> {
    config: &'a Config,
    causes: BTreeSet<&'a str>,
    links: BTreeSet<&'a str>,
    hidden_links: BTreeSet<&'a str>,
}

impl<'a> References<'a> {
    /// Looks through a document for causes and links that stay.
    pub fn of(postmortem: &'a Postmortem, config: &'a Config) -> Self {
        let (links, hidden_links) = postmortem
            .links
            .iter()
            .partition::<Vec<&Link>, _>(|link| is_public(link, config));
        let ids = |links: Vec<&'a Link>| links.into_iter().map(|link| link.id.as_str()).collect();
        Self {
            config,
            causes: postmortem
                .causes
                .iter()
                .filter(|cause| !cause.internal)
                .map(|cause| cause.id.as_str())
                .collect(),
            links: ids(links),
            hidden_links: ids(hidden_links),
        }
    }

    /// Whether a link stays.
    pub fn keeps(&self, link: &Link) -> bool {
        is_public(link, self.config)
    }

    /// The ids of causes that stay.
    pub fn causes(&self, ids: &[Key]) -> Vec<Key> {
        let stays = |id: &&Key| self.causes.contains(id.as_str());
        ids.iter().filter(stays).cloned().collect()
    }

    /// The sources that stay.
    pub fn sources(&self, sources: &[String]) -> Vec<String> {
        let stays = |source: &&String| self.allows_source(source);
        sources.iter().filter(stays).cloned().collect()
    }

    /// Whether a source is the id of a link that stays, or an address outside. Nothing else is a source.
    pub fn allows_source(&self, source: &str) -> bool {
        let is_hidden = self.hidden_links.contains(source);
        !is_hidden && (self.links.contains(source) || is_outside(source, self.config))
    }

    /// As [`Self::allows_source`]; evidence may be a text as well.
    pub fn allows_evidence(&self, evidence: &str) -> bool {
        if self.allows_source(evidence) {
            return true;
        }
        let addresses_are_outside = evidence
            .split_whitespace()
            .filter(|word| word.contains("://"))
            .all(|word| is_outside(word, self.config));
        !self.hidden_links.contains(evidence) && addresses_are_outside
    }
}

fn is_public(link: &Link, config: &Config) -> bool {
    !link.internal && is_outside(&link.url, config)
}

fn is_outside(address: &str, config: &Config) -> bool {
    let address = address.trim();
    let scheme = address.split(':').next().unwrap_or("");
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    web && address.contains("://") && !config.public.is_internal(address)
}
