use std::collections::BTreeSet;

use crate::lint::language::{Found, Topic, Verdict, judge};
use crate::lint::{Class, Findings, Rule, Subject};

pub const RULE: Rule = Rule::checked(
    "unexplained-acronym",
    Class::Advice,
    include_str!("unexplained-acronym.md"),
    check,
);

/// Known to whoever reads postmortems; units, currencies, countries, levels of logs, methods of HTTP and words of SQL
/// among them.
pub const KNOWN: &str = "\
    AI API APIS ASCII ASN AWS AZ BGP BIOS CA CD CDN CEO CFO CI CIO CLI CMS CORS CPU CPUS CRM CSS CSV CTO CVE DB DBA DBAS DDOS DHCP DM DNS DOS EC ECS EKS ETA ETL \
    FAQ FIFO FTP GB GCP GDPR GIT GKE GPS GPU GPUS GUI HA HDD HR HTML HTTP HTTPS IAM IC ID IDS IDE IMAP IO IOPS IOS IP IPS ISO ISP IT JPEG JS JSON JVM JWT KB KMS LAN \
    LB LDAP LED LLM LTS MAC MB MFA ML MQTT MVP NAT NFS NIC NTP OAUTH OK OOM OS PC PCI PDF PHP PIN PKI PNG POC POP PR PRS QA QPS RAID RAM RDS REST RPC RPO RPS RSA \
    RSS RTO SAAS SAML SDK SFTP SHA SIM SLA SLAS SLI SLIS SLO SLOS SMS SMTP SOC SQL SRE SRES SSD SSDS SSH SSL SSO STDIN SVG TB TCP TLD TLS TODO TTL TV UDP UI UID UPS URI URL \
    URLS USB UTC UTF UUID UX VIP VLAN VM VMS VOIP VP VPC VPN WAF WAN WIFI WWW XML XSS YAML ZIP GHZ MHZ KG KW MW KWH AC DC EUR USD GBP JPY CHF AUD CAD CNY INR BRL SEK NOK \
    DKK EU UK US USA UAE NZ UN PST PDT EST EDT CST CDT MST MDT GMT BST CET CEST JST IST AEST AEDT AM PM GET POST PUT PATCH HEAD DELETE OPTIONS SELECT INSERT UPDATE \
    ALTER TABLE CREATE DROP INDEX JOIN WHERE FROM NULL TRUE FALSE AND OR NOT IN ON TO IF NO DEBUG INFO WARN WARNING ERROR FATAL TRACE II III IV VI VII VIII IX XI XII \
    NASA IBM SAP AMD ARM BMC CRUD ACID ACK NACK SYN RST MD FYI PS EG IE ASAP RCA MTTR MTTD KPI KPIS BI ERP POS ATM ATMS IBAN VAT PII GB GBIT MBIT TOML INI ENV";

/// Each is told once, where it stands first.
fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let postmortem = subject.postmortem;
    let told = std::cell::RefCell::new(BTreeSet::new());
    let names = std::cell::OnceCell::new();
    judge(subject, findings, Topic::Acronym, |found| {
        let at = found.at;
        let token = found.sentence.tokens.get(at)?;
        let written = found.passage.text.get(token.span.clone())?;
        let short = acronym(written)?;
        let of_config = subject
            .config
            .lint
            .acronyms
            .iter()
            .any(|own| own.eq_ignore_ascii_case(short));
        if of_config || is_shouted(found) || is_explained(found, short) {
            return None;
        }
        let names: &String = names.get_or_init(|| names_of(postmortem, subject.config));
        let is_name = names
            .split(|c: char| !c.is_alphanumeric())
            .any(|name| name.eq_ignore_ascii_case(short));
        if is_name || !told.borrow_mut().insert(short.to_owned()) {
            return None;
        }
        let message = format!("`{short}` is explained nowhere");
        let help = format!(
            "add `{short}: …` to `glossary`, or spell it out; where every reader knows it, to `lint.acronyms`"
        );
        Some(Verdict::new(at..at + 1, message, help))
    });
}

/// The abbreviation that a word is, without the ending of a plural: two to six capitals and nothing else.
fn acronym(written: &str) -> Option<&str> {
    let bare = written.trim_end_matches("'s").trim_end_matches("’s");
    let bare = match bare.strip_suffix('s') {
        Some(stem) if stem.len() >= 2 => stem,
        _ => bare,
    };
    let capitals = bare.bytes().all(|byte| byte.is_ascii_uppercase());
    (capitals && (2..=6).contains(&bare.len())).then_some(bare)
}

/// Words in capitals beside each other are loud and not short.
fn is_shouted(found: &Found<'_>) -> bool {
    let loud = |at: Option<usize>| {
        at.and_then(|at| found.sentence.tokens.get(at))
            .and_then(|token| found.passage.text.get(token.span.clone()))
            .is_some_and(|word| {
                word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase())
            })
    };
    loud(found.at.checked_sub(1)) && loud(Some(found.at + 1))
}

/// `(ABC)` behind its words, or `ABC (its words)`.
fn is_explained(found: &Found<'_>, short: &str) -> bool {
    let text = found.passage.text;
    text.contains(&format!("({short})")) || text.contains(&format!("{short} ("))
}

/// Whatever the document and the organisation give a name to.
fn names_of(postmortem: &crate::model::Postmortem, config: &crate::config::Config) -> String {
    let mut names = String::new();
    let mut add = |name: &str| {
        names.push_str(name);
        names.push(' ');
    };
    postmortem.glossary.keys().for_each(|word| add(word));
    postmortem
        .services
        .iter()
        .chain(&postmortem.tags)
        .chain(&config.services)
        .for_each(|name| add(name));
    for person in postmortem.people.values().chain(config.people.values()) {
        [&person.name, &person.role, &person.team]
            .into_iter()
            .flatten()
            .for_each(|name| add(name));
    }
    for dependency in &postmortem.dependencies {
        add(&dependency.name);
        dependency
            .provider
            .iter()
            .for_each(|provider| add(provider));
    }
    for window in postmortem.impact.iter().flat_map(|impact| &impact.services) {
        add(&window.service);
    }
    names
}
