use serde::de::DeserializeOwned;

/// Reads a text through libyaml's ways, as most of the world's tools would.
///
/// Whatever this project writes must read the same here as through its own tree.
pub fn read_as_others_do<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    // libyaml takes the byte-order mark for the mark of an encoding; the crate around it does not.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_yaml::from_str(text).map_err(|error| error.to_string())
}
