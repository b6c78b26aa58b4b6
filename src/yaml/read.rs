//! serde over the tree.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer,
    MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use crate::model::NUMBER_AS_WRITTEN;

use super::tree::{Content, Entry, Meaning, Node, Tree};

/// Why a tree does not read as a type. The shape check has the words for people.
#[derive(Debug)]
pub struct ReadError(String);

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ReadError {}

impl serde::de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Reads a tree as a type. A number where a text belongs is an error, as it is for people.
pub fn read<T: DeserializeOwned>(tree: &Tree) -> Result<T, ReadError> {
    T::deserialize(Reader {
        tree,
        node: &tree.root,
    })
}

#[derive(Clone, Copy)]
struct Reader<'t> {
    tree: &'t Tree,
    node: &'t Node,
}

impl<'t> Reader<'t> {
    fn meaning(self) -> Option<Meaning<'t>> {
        match &self.node.content {
            Content::Scalar(scalar) => Some(self.tree.meaning(scalar)),
            _ => None,
        }
    }

    fn list<'de, V: Visitor<'de>>(
        self,
        items: &'t [Node],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let mut access = Items {
            tree: self.tree,
            items: items.iter(),
        };
        let value = visitor.visit_seq(&mut access)?;
        match access.items.next() {
            None => Ok(value),
            Some(_) => Err(ReadError(
                "the list has more items than belong there".to_owned(),
            )),
        }
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.content {
            Content::List(items) => self.list(items, visitor),
            Content::Map { entries, .. } => visitor.visit_map(Entries {
                tree: self.tree,
                entries: entries.iter(),
                value: None,
            }),
            Content::Scalar(scalar) => match self.tree.meaning(scalar) {
                Meaning::Null => visitor.visit_unit(),
                Meaning::Bool(value) => visitor.visit_bool(value),
                Meaning::Text(text) => visitor.visit_str(text),
                Meaning::Number(text) => {
                    if let Ok(value) = text.parse() {
                        visitor.visit_u64(value)
                    } else if let Ok(value) = text.parse() {
                        visitor.visit_i64(value)
                    } else if let Ok(value) = text.parse() {
                        visitor.visit_f64(value)
                    } else {
                        Err(ReadError::invalid_type(
                            Unexpected::Other("number"),
                            &visitor,
                        ))
                    }
                }
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.meaning() {
            Some(Meaning::Null) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match self.meaning() {
            Some(Meaning::Number(digits)) if name == NUMBER_AS_WRITTEN => visitor.visit_str(digits),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match self.meaning() {
            Some(Meaning::Text(word)) => visitor.visit_enum(Word(word)),
            _ => Err(ReadError::invalid_type(
                Unexpected::Other("no word"),
                &visitor,
            )),
        }
    }

    /// A map is never read from a list by position, as serde would.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match &self.node.content {
            Content::List(_) => Err(ReadError::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

struct Items<'t> {
    tree: &'t Tree,
    items: std::slice::Iter<'t, Node>,
}

impl<'de> SeqAccess<'de> for &mut Items<'_> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadError> {
        let Some(node) = self.items.next() else {
            return Ok(None);
        };
        let tree = self.tree;
        seed.deserialize(Reader { tree, node }).map(Some)
    }
}

struct Entries<'t> {
    tree: &'t Tree,
    entries: std::slice::Iter<'t, Entry>,
    value: Option<&'t Node>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ReadError> {
        let Some(entry) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some(&entry.value);
        let key: StrDeserializer<'_, ReadError> = self.tree.text_of(&entry.key).into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, ReadError> {
        let node = self
            .value
            .take()
            .ok_or_else(|| ReadError("a value was asked for before its key".to_owned()))?;
        let tree = self.tree;
        seed.deserialize(Reader { tree, node })
    }
}

/// A bare word as a variant without content.
struct Word<'t>(&'t str);

impl<'de> EnumAccess<'de> for Word<'_> {
    type Error = ReadError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), ReadError> {
        let word: StrDeserializer<'_, ReadError> = self.0.into_deserializer();
        Ok((seed.deserialize(word)?, self))
    }
}

impl<'de> VariantAccess<'de> for Word<'_> {
    type Error = ReadError;

    fn unit_variant(self) -> Result<(), ReadError> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, ReadError> {
        Err(ReadError("a word has no content".to_owned()))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, ReadError> {
        Err(ReadError("a word has no content".to_owned()))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, ReadError> {
        Err(ReadError("a word has no content".to_owned()))
    }
}
