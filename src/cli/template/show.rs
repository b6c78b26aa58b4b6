use super::super::{CommandError, Outcome, Surroundings};
use super::list::readers;

/// Show what a built-in template is made of, or one of its files
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples: postmortem template show google
          postmortem template show google page.md")]
pub struct Show {
    /// A template of `postmortem template list`
    #[arg(value_name = "NAME")]
    name: String,

    /// One of its files, which is printed as it is
    #[arg(value_name = "FILE")]
    file: Option<String>,
}

impl Show {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Result<Outcome, CommandError> {
        let template = super::built_in(&self.name)?;
        let files = template.files();
        if let Some(wanted) = &self.file {
            let Some((_, text)) = files.iter().find(|(path, _)| path == wanted) else {
                let name = template.name;
                return Err(CommandError::new(format!(
                    "the template `{name}` has no file `{wanted}`"
                ))
                .help(format!("`postmortem template show {name}` lists its files")));
            };
            surroundings.print(text)?;
            return Ok(Outcome::Fine);
        }
        let formats: Vec<&str> = template.formats().iter().map(|one| one.flag()).collect();
        let mut text = format!(
            "{}: {}\nformats: {}\naudience: {}\n",
            template.name,
            template.what,
            formats.join(", "),
            readers(template.readers),
        );
        for (path, source) in &files {
            if path.starts_with("page.") {
                text.push_str(&format!(
                    "blocks of {path}: {}\n",
                    blocks(source).join(", ")
                ));
            }
        }
        text.push_str("files:\n");
        for (path, _) in &files {
            text.push_str(&format!("  {path}\n"));
        }
        surroundings.print(text)?;
        Ok(Outcome::Fine)
    }
}

/// The names of the blocks of a page, in its order.
fn blocks(source: &str) -> Vec<&str> {
    let tags = source.split("{%").skip(1);
    tags.filter_map(|tag| {
        let mut words = tag.trim_start_matches('-').split_whitespace();
        (words.next() == Some("block"))
            .then(|| words.next())
            .flatten()
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_named_in_order() {
        let source = "{#- block x -#}{% block a -%}{%- block b %}{% endblock b %}{% endblock a %}";
        assert_eq!(blocks(source), ["a", "b"]);
    }
}
