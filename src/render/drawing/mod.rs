//! The drawing of an incident: phases, services, changes, key events and public words on one axis.
//!
//! [`scene`] decides what is shown, [`axis`] where time stands, [`svg`] how it looks. The drawing is laid
//! out for three widths, of which the page shows the one that fits: small screens get a drawing made
//! for them, not a shrunken one.

mod axis;
mod canvas;
mod lanes;
mod names;
mod phases;
mod scene;
mod svg;
mod tenths;

use schemars::JsonSchema;
use serde::Serialize;

use super::view::{Chronicle, Facts};
use scene::Scene;

/// The drawing, ready for a page.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Drawing {
    /// For wide screens and paper.
    pub wide: String,
    /// For tablets.
    pub middle: String,
    /// For phones.
    pub narrow: String,
    /// What the drawing shows and how to read it.
    pub caption: String,
    /// The colours in use, each with its word.
    pub legend: Vec<Colour>,
}

/// A colour of the drawing and what it means.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Colour {
    /// The class in the page's style.
    pub class: &'static str,
    /// The word beside it.
    pub label: String,
}

/// Draws an incident; nothing where there are no two instants to draw between.
pub fn draw(facts: &Facts<'_>, chronicle: &Chronicle) -> Option<Drawing> {
    let scene = Scene::of(facts, chronicle)?;
    Some(Drawing {
        wide: svg::draw(&scene, &facts.clock, &svg::WIDE),
        middle: svg::draw(&scene, &facts.clock, &svg::MIDDLE),
        narrow: svg::draw(&scene, &facts.clock, &svg::NARROW),
        caption: scene.caption(),
        legend: scene.legend(),
    })
}
