//! Floor 1: the document as plain types. Everything the format knows stands here once; the JSON
//! Schema, `docs/format.md` and the reader follow from these types.

mod action;
mod cause;
mod derived;
mod event;
mod field;
mod free;
mod id;
mod impact;
mod length;
mod lessons;
mod moment;
mod number;
mod percent;
mod postmortem;
mod record;
mod schema;
mod timeline;
mod windows;
mod words;
mod zone;

pub use action::{Action, ActionKind, ActionStatus, Priority};
pub use cause::{Category, Cause, CauseRole, CauseState};
pub use derived::{Derived, Mark, ServiceTime, Times};
pub use event::{At, Audience, Event, EventKind, Kinds};
pub use free::Free;
pub use id::{IncidentId, Key};
pub use impact::{
    DataImpact, DataState, Effect, Figure, FigureValue, Impact, ServiceImpact, ServiceObjective,
};
pub use length::Length;
pub use lessons::{Lessons, TextItem};
pub use moment::{Moment, MomentError, Resolved};
pub use number::{AS_WRITTEN as NUMBER_AS_WRITTEN, Number};
pub use percent::Percent;
pub use postmortem::{FormatVersion, Person, Postmortem, Review, SharedWith, Stage, Status, View};
pub use record::{
    Attachment, Dependency, DetectedBy, Detection, Fallback, Link, Method, Recovery, Related,
    Relation, Worked,
};
pub use schema::{MODELINE, format_error, schema};
pub use windows::{total, union};
pub use zone::{Day, Zone};
