use crate::config::{CustomField, CustomType};
use crate::lint::{Class, Findings, Rule, Subject};
use crate::model::{Day, Free};
use crate::path;

pub const RULE: Rule = Rule::checked(
    "custom-field-wrong-type",
    Class::Wrong,
    include_str!("custom-field-wrong-type.md"),
    check,
);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (name, value) in &subject.postmortem.custom {
        let Some(field) = subject.config.custom.get(name) else {
            continue;
        };
        if *value == Free::Null || fits(value, field) {
            continue;
        }
        let message = format!("`{name}` is to be {}", wanted(field));
        let place = path!["custom", name.as_str()];
        let finding = findings.on(&place, message);
        findings.add(match &field.meaning {
            Some(meaning) => finding.help(format!("`{name}`: {meaning}")),
            None => finding,
        });
    }
}

fn fits(value: &Free, field: &CustomField) -> bool {
    match (field.r#type, value) {
        (CustomType::Text, Free::Text(_))
        | (CustomType::Number, Free::Number(_))
        | (CustomType::Boolean, Free::Bool(_)) => true,
        (CustomType::Word, Free::Text(word)) => field.values.contains(word),
        (CustomType::Day, Free::Text(day)) => day.parse::<Day>().is_ok(),
        (CustomType::List, Free::List(items)) => {
            items.iter().all(|item| matches!(item, Free::Text(_)))
        }
        _ => false,
    }
}

fn wanted(field: &CustomField) -> String {
    match field.r#type {
        CustomType::Text => "a text".to_owned(),
        CustomType::Word => format!("one of {}", field.values.join(", ")),
        CustomType::Number => "a number".to_owned(),
        CustomType::Boolean => "`true` or `false`".to_owned(),
        CustomType::Day => "a day, such as `2024-12-11`".to_owned(),
        CustomType::List => "a list of texts".to_owned(),
    }
}
