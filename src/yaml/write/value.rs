use std::fmt;

use serde::ser::{
    self, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    Serializer,
};

use crate::model::NUMBER_AS_WRITTEN;

/// What a type wants to write, before anyone decided how.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::yaml) enum Value {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

/// Turns a type into a [`Value`], with numbers as they were written and fields in their order.
pub(super) struct ToValue;

/// Why a type cannot be written.
#[derive(Debug)]
pub(super) struct NotWritable(String);

impl fmt::Display for NotWritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotWritable {}

impl ser::Error for NotWritable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

fn not_in_the_format<T>() -> Result<T, NotWritable> {
    Err(NotWritable("the format has no such value".to_owned()))
}

macro_rules! whole_numbers {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, value: $type) -> Result<Value, NotWritable> {
            Ok(Value::Number(value.to_string()))
        })*
    };
}

impl Serializer for ToValue {
    type Ok = Value;
    type Error = NotWritable;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = Impossible<Value, NotWritable>;
    type SerializeTupleVariant = Impossible<Value, NotWritable>;
    type SerializeMap = Map;
    type SerializeStruct = Map;
    type SerializeStructVariant = Impossible<Value, NotWritable>;

    whole_numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    }

    fn serialize_bool(self, value: bool) -> Result<Value, NotWritable> {
        Ok(Value::Bool(value))
    }

    fn serialize_f32(self, _: f32) -> Result<Value, NotWritable> {
        not_in_the_format()
    }

    fn serialize_f64(self, _: f64) -> Result<Value, NotWritable> {
        not_in_the_format()
    }

    fn serialize_char(self, value: char) -> Result<Value, NotWritable> {
        Ok(Value::Text(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Value, NotWritable> {
        Ok(Value::Text(value.to_owned()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, NotWritable> {
        not_in_the_format()
    }

    fn serialize_none(self) -> Result<Value, NotWritable> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, NotWritable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, NotWritable> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, NotWritable> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, NotWritable> {
        Ok(Value::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Value, NotWritable> {
        match (name, value.serialize(self)?) {
            (NUMBER_AS_WRITTEN, Value::Text(digits)) => Ok(Value::Number(digits)),
            (_, value) => Ok(value),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Value, NotWritable> {
        not_in_the_format()
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<List, NotWritable> {
        Ok(List(Vec::with_capacity(length.unwrap_or(0))))
    }

    fn serialize_tuple(self, length: usize) -> Result<List, NotWritable> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, NotWritable> {
        not_in_the_format()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, NotWritable> {
        not_in_the_format()
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Map, NotWritable> {
        Ok(Map {
            entries: Vec::with_capacity(length.unwrap_or(0)),
            key: None,
        })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Map, NotWritable> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, NotWritable> {
        not_in_the_format()
    }
}

pub(super) struct List(Vec<Value>);

impl SerializeSeq for List {
    type Ok = Value;
    type Error = NotWritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotWritable> {
        self.0.push(value.serialize(ToValue)?);
        Ok(())
    }

    fn end(self) -> Result<Value, NotWritable> {
        Ok(Value::List(self.0))
    }
}

impl SerializeTuple for List {
    type Ok = Value;
    type Error = NotWritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotWritable> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Value, NotWritable> {
        SerializeSeq::end(self)
    }
}

pub(super) struct Map {
    entries: Vec<(String, Value)>,
    key: Option<String>,
}

impl SerializeMap for Map {
    type Ok = Value;
    type Error = NotWritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotWritable> {
        match key.serialize(ToValue)? {
            Value::Text(key) => {
                self.key = Some(key);
                Ok(())
            }
            _ => not_in_the_format(),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotWritable> {
        let key = self.key.take().unwrap_or_default();
        self.entries.push((key, value.serialize(ToValue)?));
        Ok(())
    }

    fn end(self) -> Result<Value, NotWritable> {
        Ok(Value::Map(self.entries))
    }
}

impl SerializeStruct for Map {
    type Ok = Value;
    type Error = NotWritable;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), NotWritable> {
        self.entries
            .push((key.to_owned(), value.serialize(ToValue)?));
        Ok(())
    }

    fn end(self) -> Result<Value, NotWritable> {
        Ok(Value::Map(self.entries))
    }
}
