use super::super::clock::Clock;
use super::axis::{Tick, ticks};
use super::canvas::{Anchor, Canvas, fitted, width_of};
use super::lanes::Lanes;
use super::names;
use super::phases::Phase;
use super::scene::{Bar, Change, Row, Scene, effect};

/// A width to lay the drawing out for. The names are classes in the page's style.
#[derive(Debug)]
pub struct Form {
    name: &'static str,
    width: f64,
    /// The most room for the names of rows on the left; where there is none they stand above.
    gutter: f64,
}

pub const WIDE: Form = Form {
    name: "wide",
    width: 960.0,
    gutter: 200.0,
};
pub const MIDDLE: Form = Form {
    name: "middle",
    width: 620.0,
    gutter: 156.0,
};
pub const NARROW: Form = Form {
    name: "narrow",
    width: 300.0,
    gutter: 0.0,
};

/// The size of every letter.
pub const LABEL: f64 = 12.0;
const GAP: f64 = 10.0;
const BAR: f64 = 19.0;
const LANE: f64 = 22.0;
/// More lines than this would be a fence.
const MOST_STEMS: usize = 16;

/// Lays a scene out.
pub fn draw(scene: &Scene, clock: &Clock, form: &Form) -> String {
    let names = scene.rows.iter().map(|row| row.name.as_str());
    let widest = names
        .chain(["Public updates"])
        .map(|name| width_of(name, LABEL) + 16.0)
        .fold(0.0, f64::max);
    let gutter = widest.min(form.gutter);
    let mut layout = Layout {
        scene,
        form,
        gutter,
        canvas: Canvas::default(),
        y: 0.0,
        left: gutter.max(2.0),
        right: form.width - if gutter > 0.0 { 14.0 } else { 12.0 },
        stems: Vec::new(),
    };
    let marks = layout.axis(clock);
    let top = layout.y;
    layout.keys(clock);
    layout.phases();
    let mut stems_end = layout.y;
    for row in &scene.rows {
        layout.row(row);
        stems_end = layout.y - GAP / 2.0;
    }
    layout.changes();
    layout.words();
    layout.grid(&marks, top);
    layout.stems(stems_end);
    layout.outside();
    let height = layout.y + 2.0;
    layout.canvas.finish(
        form.name,
        form.width,
        height,
        &format!("Course of the incident: {}", scene.title),
        &format!(
            "{} The tables of impact and timeline hold the same in words.",
            scene.caption()
        ),
    )
}

struct Layout<'a> {
    scene: &'a Scene,
    form: &'a Form,
    gutter: f64,
    canvas: Canvas,
    y: f64,
    left: f64,
    right: f64,
    /// Where lines hang from the numbers: x and the y at which they begin.
    stems: Vec<(f64, f64)>,
}

impl Layout<'_> {
    fn x(&self, at: i64) -> f64 {
        let length = (self.scene.until - self.scene.from).max(1) as f64;
        let share = (at - self.scene.from) as f64 / length;
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// Names a row: beside it, or above where there is no room on the left.
    fn name(&mut self, name: &str, height: f64) {
        if self.gutter > 0.0 {
            let room = self.gutter - 14.0;
            let name = fitted(name, LABEL, room).unwrap_or_default();
            let middle = self.y + height / 2.0 + 4.0;
            self.canvas
                .text("row", Anchor::End, self.left - 14.0, middle, &name);
        } else {
            let name = fitted(name, LABEL, self.right - self.left).unwrap_or_default();
            self.canvas
                .text("row", Anchor::Start, self.left, self.y + 11.0, &name);
            self.y += 17.0;
        }
    }

    fn axis(&mut self, clock: &Clock) -> Vec<Tick> {
        let room = self.right - self.left;
        let most = (room / 72.0) as usize;
        let marks = ticks(clock, self.scene.from, self.scene.until, most);
        let has_days = marks.iter().any(|mark| mark.day.is_some());
        let y = if has_days { 30.0 } else { 14.0 };
        let mut taken = f64::MIN;
        for mark in &marks {
            let x = self.x(mark.at);
            let half = width_of(&mark.label, LABEL) / 2.0;
            // Beside a drawing with names on the left is room; beside others only the edge of the page.
            let least = if self.gutter > 0.0 {
                half.min(12.0)
            } else {
                half - 2.0
            };
            let middle = x.clamp(self.left + least, self.right - half + 10.0);
            self.canvas
                .text("tick", Anchor::Middle, middle, y, &mark.label);
            if let Some(day) = &mark.day {
                let width = width_of(day, LABEL);
                let start = (x - half).max(self.left).min(self.right + 10.0 - width);
                if start > taken {
                    self.canvas.text("day", Anchor::Start, start, y - 16.0, day);
                    taken = start + width + 6.0;
                }
            }
        }
        if self.gutter > 0.0 {
            let zone = fitted(&self.scene.zone, LABEL, self.gutter - 14.0).unwrap_or_default();
            self.canvas
                .text("row", Anchor::End, self.left - 14.0, y, &zone);
        }
        self.y = y + 8.0;
        marks
    }

    fn grid(&mut self, marks: &[Tick], top: f64) {
        for (index, mark) in marks.iter().enumerate() {
            let class = if mark.day.is_some() && index > 0 {
                "grid midnight"
            } else {
                "grid"
            };
            let x = self.x(mark.at);
            self.canvas
                .line_behind(class, x, top - 2.0, x, self.y - GAP / 2.0);
        }
    }

    fn stems(&mut self, end: f64) {
        for (x, start) in std::mem::take(&mut self.stems) {
            self.canvas.line_behind("stem", x, start, x, end);
        }
    }

    fn keys(&mut self, clock: &Clock) {
        const MOST_LANES: usize = 6;
        if self.scene.keys.is_empty() {
            return;
        }
        let mut lanes = Lanes::default();
        let placed: Vec<_> = self
            .scene
            .keys
            .iter()
            .filter_map(|key| {
                let x = self.x(key.at);
                let lane = lanes.place(x - 10.5, x + 10.5, MOST_LANES)?;
                Some((key, x, lane))
            })
            .collect();
        let height = lanes.count() as f64 * LANE;
        self.name("Key events", LANE);
        for (key, x, lane) in placed {
            let y = self.y + lane as f64 * LANE + 10.0;
            let time = chrono::DateTime::from_timestamp(key.at, 0)
                .map_or_else(String::new, |at| clock.shown(at.fixed_offset()));
            let label = format!("Event {}, {time}: {}", key.number, key.what);
            self.canvas.disc(x, y, key.number, &key.anchor, &label);
            if self.scene.keys.len() <= MOST_STEMS {
                self.stems.push((x, y + 9.0));
            }
        }
        self.y += height + GAP / 2.0;
    }

    fn phases(&mut self) {
        if self.scene.phases.is_empty() {
            return;
        }
        self.name("Phase", BAR);
        let mut beside: Vec<&Phase> = Vec::new();
        for phase in &self.scene.phases {
            let (x, end) = (self.x(phase.from), self.x(phase.until));
            let width = (end - x).max(1.5);
            self.canvas
                .rect(&format!("phase {}", phase.class), x, self.y, width, BAR);
            if phase.open {
                self.fade(x, end, self.y, BAR);
            }
            if width_of(phase.name, LABEL) + 12.0 <= width {
                self.canvas
                    .text("bar", Anchor::Start, x + 6.0, self.y + 13.5, phase.name);
            } else {
                beside.push(phase);
            }
        }
        self.y += BAR;
        self.phase_names_below(&beside);
        self.y += GAP;
    }

    /// Names of phases too short to hold them stand below, each on a line of its own where they would meet,
    /// and no leader crosses a name.
    fn phase_names_below(&mut self, phases: &[&Phase]) {
        const HEIGHT: f64 = 15.0;
        let leaders: Vec<(f64, &'static str)> = phases
            .iter()
            .map(|phase| {
                let middle = (self.x(phase.from) + self.x(phase.until)) / 2.0;
                (middle, phase.name)
            })
            .collect();
        let edges = (self.left - 6.0, self.right + 12.0);
        let names = names::place_most(&leaders, edges);
        let deepest = names.iter().map(|name| name.lane + 1).max().unwrap_or(0);
        for name in names {
            let y = self.y + 5.0 + name.lane as f64 * HEIGHT;
            self.canvas
                .line("leader", name.leader, self.y, name.leader, y);
            self.canvas.text(
                "bar beside",
                Anchor::Start,
                name.from + 4.0,
                y + 11.0,
                name.text,
            );
        }
        if deepest > 0 {
            self.y += deepest as f64 * HEIGHT + 5.0;
        }
    }

    fn row(&mut self, row: &Row) {
        let mut lanes = Lanes::default();
        let placed: Vec<(&Bar, usize)> = row
            .bars
            .iter()
            .map(|bar| {
                let (x, end) = (self.x(bar.from), self.x(bar.until));
                // Windows that touch share a line; what overlaps in time does not.
                let lane = lanes.place(x, end - 0.2, 6).unwrap_or(5);
                (bar, lane)
            })
            .collect();
        self.name(&row.name, BAR);
        for (index, (bar, lane)) in placed.iter().enumerate() {
            let y = self.y + *lane as f64 * LANE;
            let (x, end) = (self.x(bar.from), self.x(bar.until));
            let (class, word) = effect(bar.effect);
            let width = (end - x).max(2.0);
            self.canvas
                .rect(&format!("window {class}"), x, y, width, BAR);
            if bar.open {
                self.fade(x, end, y, BAR);
            }
            let same_lane = placed
                .iter()
                .enumerate()
                .filter(|(other, (_, l))| *other != index && l == lane);
            let next = same_lane
                .map(|(_, (other, _))| self.x(other.from))
                .filter(|start| *start >= end - 0.5)
                .fold(self.right + 10.0, f64::min);
            self.bar_label(word, bar, (x, x + width, next, y));
        }
        self.y += lanes.count().max(1) as f64 * LANE + GAP / 2.0;
    }

    /// A word inside the bar where it fits, else beside it where nothing follows. The legend names the
    /// colours in any case.
    fn bar_label(&mut self, word: &str, bar: &Bar, (x, end, next, y): (f64, f64, f64, f64)) {
        let share = bar.share.as_ref().filter(|share| share.as_str() != "100 %");
        let long = match (share, bar.open) {
            (Some(share), false) => format!("{word}, {share}"),
            (None, true) => format!("{word}, {}", self.scene.no_end),
            (Some(share), true) => format!("{word}, {share}, {}", self.scene.no_end),
            (None, false) => word.to_owned(),
        };
        for text in [long.as_str(), word] {
            if width_of(text, LABEL) + 12.0 <= end - x {
                self.canvas
                    .text("bar", Anchor::Start, x + 6.0, y + 13.5, text);
                return;
            }
        }
        for text in [long.as_str(), word] {
            if width_of(text, LABEL) + 9.0 <= next - end {
                self.canvas
                    .text("bar beside", Anchor::Start, end + 5.0, y + 13.5, text);
                return;
            }
        }
    }

    fn fade(&mut self, x: f64, end: f64, y: f64, height: f64) {
        let width = ((end - x) / 3.0).min(60.0);
        self.canvas.fade(
            self.form.name,
            end - width,
            y - 1.0,
            width + 2.0,
            height + 2.0,
        );
    }

    fn changes(&mut self) {
        const HEIGHT: f64 = 18.0;
        if self.scene.changes.is_empty() {
            return;
        }
        let many = if self.scene.changes.len() == 1 {
            "Change"
        } else {
            "Changes"
        };
        self.name(many, HEIGHT);
        // Where there are too many to name, the marks stand alone.
        let (placed, lanes) = self
            .changes_in_lanes(true, 5)
            .or_else(|| self.changes_in_lanes(false, 4))
            .unwrap_or_default();
        for (x, end, lane, label) in placed {
            let y = self.y + lane as f64 * HEIGHT;
            self.canvas.rect("window change", x, y + 3.0, end - x, 12.0);
            if let Some((start, text)) = label {
                self.canvas
                    .text("bar beside", Anchor::Start, start, y + 13.0, &text);
            }
        }
        self.y += lanes as f64 * HEIGHT + GAP / 2.0;
    }

    /// Gives each change a line, with its words or without; nothing where the words need too many lines.
    fn changes_in_lanes(&self, named: bool, most: usize) -> Option<(Vec<PlacedChange>, usize)> {
        let mut lanes = Lanes::default();
        let mut placed = Vec::new();
        for change in &self.scene.changes {
            let (x, end) = self.extent(change);
            let label = if named {
                self.change_label(change)
            } else {
                None
            };
            let (from, until) = match &label {
                Some((start, text)) => (x.min(*start), end.max(start + width_of(text, LABEL))),
                None => (x, end),
            };
            match lanes.place(from - 3.0, until + 6.0, most) {
                Some(lane) => placed.push((x, end, lane, label)),
                None if named => return None,
                // A mark on top of another is better than none.
                None => placed.push((x, end, most - 1, label)),
            }
        }
        Some((placed, lanes.count()))
    }

    fn extent(&self, change: &Change) -> (f64, f64) {
        let x = self.x(change.from);
        (x, self.x(change.until).max(x + 4.0))
    }

    /// Where the words of a change go: to the right of it, else to the left.
    fn change_label(&self, change: &Change) -> Option<(f64, String)> {
        let (x, end) = self.extent(change);
        // On a narrow drawing a change needs its line for itself.
        let share = if self.gutter > 0.0 { 0.75 } else { 1.0 };
        let widest = (self.right - self.left) * share;
        let to_the_right = (self.right + 10.0 - end - 6.0).min(widest);
        let to_the_left = (x - self.left - 6.0).min(widest);
        if to_the_right >= 90.0 || to_the_right >= to_the_left {
            return fitted(&change.what, LABEL, to_the_right).map(|text| (end + 6.0, text));
        }
        let text = fitted(&change.what, LABEL, to_the_left)?;
        Some((x - 6.0 - width_of(&text, LABEL), text))
    }

    fn words(&mut self) {
        if self.scene.words.is_empty() {
            return;
        }
        self.name("Public updates", 18.0);
        let middle = self.y + 9.0;
        if let Some(silence) = &self.scene.silence {
            let (x, end) = (self.x(silence.from), self.x(silence.until));
            self.canvas
                .line("silence", x + 8.0, middle, (end - 8.0).max(x + 8.0), middle);
            let width = width_of(&silence.text, LABEL);
            let start = ((x + end - width) / 2.0)
                .clamp(self.left, (self.right + 10.0 - width).max(self.left));
            let y = self.y + 27.0;
            self.canvas
                .text("bar beside", Anchor::Start, start, y, &silence.text);
            self.y += 13.0;
        }
        for at in &self.scene.words {
            let x = self.x(*at);
            self.canvas.diamond("word", x, middle, 6.5);
        }
        self.y += 20.0 + GAP / 2.0;
    }

    fn outside(&mut self) {
        if self.scene.outside.is_empty() {
            return;
        }
        let before = self.scene.outside.iter().filter(|outside| outside.before);
        let after = self.scene.outside.iter().filter(|outside| !outside.before);
        for (name, arrow, list) in [
            ("Earlier", "◂", before.collect::<Vec<_>>()),
            ("Later", "▸", after.collect::<Vec<_>>()),
        ] {
            if list.is_empty() {
                continue;
            }
            self.name(name, 19.0);
            let any_key = list.iter().any(|outside| outside.key.is_some());
            for outside in list {
                let x = self.left + if any_key { 23.0 } else { 0.0 };
                if let Some(key) = &outside.key {
                    let label = format!("Event {}, {}", key.number, outside.text);
                    self.canvas.disc(
                        self.left + 9.0,
                        self.y + 10.0,
                        key.number,
                        &key.anchor,
                        &label,
                    );
                }
                let text = format!("{arrow} {}", outside.text);
                let room = self.right + 10.0 - x;
                let text = fitted(&text, LABEL, room).unwrap_or(text);
                self.canvas
                    .text("bar beside", Anchor::Start, x, self.y + 14.0, &text);
                self.y += 21.0;
            }
            self.y += GAP / 2.0;
        }
    }
}

/// Where a change begins and ends, its line, and its words with the place where they begin.
type PlacedChange = (f64, f64, usize, Option<(f64, String)>);
