use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::config::Config;
use crate::lint::word_table::WordTable;
use crate::model::Postmortem;

use super::sentence::{Kind, Sentence};

/// Who counts as a person: the names, handles and roles of the document and the configuration, and what
/// people are called everywhere.
#[derive(Debug, Default)]
pub struct People {
    /// Names as they are written, in small letters; they count with a capital letter only.
    names: BTreeSet<String>,
    /// Handles, keys and last words of roles; they count however they are written.
    words: BTreeSet<String>,
}

/// What people at work are called. `driver`, `scheduler`, `controller`, `worker`, `agent`, `planner` and
/// `supervisor` are left out: in this field they are software as often as not.
const ROLES: &[&str] = &[
    "admin",
    "administrator",
    "analyst",
    "author",
    "captain",
    "clerk",
    "coder",
    "colleague",
    "commander",
    "contractor",
    "coordinator",
    "crew",
    "dba",
    "dev",
    "developer",
    "director",
    "doctor",
    "employee",
    "engineer",
    "engineering",
    "executive",
    "freelancer",
    "hire",
    "human",
    "intern",
    "lead",
    "leader",
    "leadership",
    "maintainer",
    "management",
    "manager",
    "nurse",
    "officer",
    "on-call",
    "oncall",
    "operator",
    "owner",
    "people",
    "person",
    "pharmacist",
    "programmer",
    "responder",
    "reviewer",
    "specialist",
    "sre",
    "staff",
    "sysadmin",
    "team",
    "teammate",
    "technician",
    "tester",
    "trader",
    "volunteer",
];

/// Pronouns for people at work. `they` and `it` may be anything.
const PRONOUNS: &[&str] = &[
    "he",
    "i",
    "she",
    "somebody",
    "someone",
    "we",
    "everyone",
    "everybody",
];

/// What people are called everywhere.
static EVERYWHERE: LazyLock<WordTable> =
    LazyLock::new(|| WordTable::of(&[(1, ROLES), (1, PRONOUNS)]));

/// Those for whom the service is: what they do is no fault.
const USERS: &[&str] = &[
    "user",
    "users",
    "customer",
    "customers",
    "client",
    "clients",
    "patient",
    "patients",
    "shopper",
    "shoppers",
    "passenger",
    "passengers",
    "visitor",
    "visitors",
    "reader",
    "readers",
    "subscriber",
    "subscribers",
    "guest",
    "guests",
    "merchant",
    "merchants",
    "shop",
    "shops",
    "player",
    "players",
    "student",
    "students",
    "tenant",
    "tenants",
    "buyer",
    "buyers",
    "seller",
    "sellers",
    "caller",
    "callers",
    "member",
    "members",
    "traveller",
    "travellers",
];

/// Words before `operator` that make it a program.
const OPERATOR_PROGRAMS: &[&str] = &[
    "kubernetes",
    "k8s",
    "cluster",
    "postgres",
    "database",
    "prometheus",
    "kafka",
    "logical",
    "boolean",
    "comparison",
    "helm",
    "etcd",
    "certificate",
    "backup",
    "network",
    "ternary",
    "grid",
    "mobile",
    "this",
    "new",
];

/// Words beside which an operator is a program.
const CLUSTER: &[&str] = &[
    "pod",
    "pods",
    "crd",
    "crds",
    "reconcile",
    "reconciled",
    "namespace",
    "statefulset",
    "replicas",
];

impl People {
    /// Those of a document and its organisation.
    pub fn new(postmortem: &Postmortem, config: &Config) -> Self {
        let mut people = Self::default();
        for (key, person) in postmortem.people.iter().chain(&config.people) {
            // A short key such as `dev` is a word like any other.
            if key.as_str().len() > 3 {
                people.words.insert(key.as_str().to_lowercase());
            } else {
                people.names.insert(key.as_str().to_lowercase());
            }
            if let Some(handle) = &person.handle {
                people
                    .words
                    .insert(handle.trim_start_matches('@').to_lowercase());
            }
            for name in person.name.iter().flat_map(|name| name.split_whitespace()) {
                people.names.insert(name.to_lowercase());
            }
            let last = person
                .role
                .as_ref()
                .and_then(|role| role.split_whitespace().last());
            if let Some(last) = last {
                people.words.insert(last.to_lowercase());
            }
        }
        people
    }

    /// Whether a token is a person, role or team at work, and no user.
    pub fn has(&self, sentence: &Sentence, at: usize) -> bool {
        let Some(token) = sentence
            .tokens
            .get(at)
            .filter(|token| token.kind == Kind::Word)
        else {
            return false;
        };
        let word = token.word.as_str();
        if (token.capital && self.names.contains(word)) || PRONOUNS.contains(&word) {
            return word != "i" || token.capital;
        }
        let single = match word {
            "sres" | "dbas" => &word[..3],
            _ => word.strip_suffix('s').unwrap_or(word),
        };
        let is_program =
            OPERATOR_PROGRAMS.contains(&sentence.before(at, 1)) || sentence.mentions(CLUSTER);
        if single == "operator" && is_program {
            return false;
        }
        if matches!(word, "agent" | "agents") {
            return matches!(
                sentence.before(at, 1),
                "support" | "service" | "call-centre" | "human"
            );
        }
        let known = |word: &str| ROLES.contains(&word) || self.words.contains(word);
        known(word) || known(single) || word.ends_with("engineer") || word.ends_with("engineers")
    }

    /// Whether a word may be a person: a look before the sentence is taken apart.
    pub fn may_be(&self, word: &str) -> bool {
        let single = word.strip_suffix('s').unwrap_or(word);
        let is_own = |word: &str| {
            let small = word.to_ascii_lowercase();
            self.names.contains(&small) || self.words.contains(&small)
        };
        !word.is_ascii()
            || [word, single]
                .iter()
                .any(|word| EVERYWHERE.kinds(word) != 0 || is_own(word))
    }

    /// Whether a token is one person by name.
    pub fn has_name(&self, sentence: &Sentence, at: usize) -> bool {
        sentence
            .tokens
            .get(at)
            .is_some_and(|token| token.capital && self.names.contains(&token.word))
    }

    /// Whether a token is somebody for whom the service is.
    pub fn has_user(sentence: &Sentence, at: usize) -> bool {
        USERS.contains(&sentence.word(at))
    }

    /// Whether the sentence speaks of somebody for whom the service is.
    pub fn are_users_in(sentence: &Sentence) -> bool {
        sentence.mentions(USERS)
    }
}
