use serde_json::{Map, Value};

use crate::yaml::{Path, Segment};

use super::{LAID_OUT, choices};

/// The fields of the map at a path, in the order of the format; none where it takes any keys.
pub(in crate::document) fn fields_at(path: &Path) -> Vec<&'static str> {
    let mut here: Vec<&'static Value> = choices(&LAID_OUT).iter().collect();
    for segment in path.segments() {
        let below = here.into_iter().filter_map(|schema| match segment {
            Segment::Index(_) => schema.get("items"),
            Segment::Key(key) => schema
                .get("properties")
                .and_then(|fields| fields.get(key))
                .or_else(|| {
                    schema
                        .get("patternProperties")?
                        .as_object()?
                        .values()
                        .next()
                })
                .or_else(|| {
                    schema
                        .get("additionalProperties")
                        .filter(|any| any.is_object())
                }),
        });
        here = below.flat_map(choices).collect();
    }
    let fields = here.iter().filter_map(|schema| schema.get("properties"));
    let fields: Option<&Map<String, Value>> = fields.filter_map(Value::as_object).next();
    fields.map_or_else(Vec::new, |fields| {
        fields.keys().map(String::as_str).collect()
    })
}
