use schemars::JsonSchema;
use serde::Deserialize;

/// What an organisation adds to the words of a rule, and what it takes away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    /// Words and phrases that are found wherever they stand, but in code and quotations.
    pub add: Vec<String>,
    /// Words and phrases that are left alone.
    pub silence: Vec<String>,
}

impl Words {
    /// Whether what was found, or the word that led there, is to be left alone.
    pub fn silences(&self, found: &str, word: &str) -> bool {
        self.silence.iter().any(|silenced| {
            let same = |text: &str| {
                let words = |text: &str| {
                    text.split_whitespace()
                        .map(str::to_lowercase)
                        .collect::<Vec<_>>()
                };
                words(text) == words(silenced)
            };
            same(found) || same(word)
        })
    }
}
