//! The rules a page is painted with: lines straight across or down, which frame the cells of tables.

use super::ReadError;
use unpdf::parser::backend::{
    ContentOp, ObjectId, PageBox, PageId, PaintedXObject, PdfBackend, PdfValue, ResourceScope,
    get_number_from_value,
};

/// How thick a filled shape or a pen may be to be a rule, in points.
const THICKEST: f32 = 4.0;
/// How far a rule may lean.
const LEAN: f32 = 1.0;
/// A mark no longer than this, either way, is a dot.
const DOT: f32 = 2.0;
/// How deep drawings may be painted within drawings.
const DEEPEST: usize = 12;
/// The most drawing operations of one page.
pub(super) const MOST_OPERATIONS: usize = 2_000_000;
/// The most rules of one page: `unpdf` compares each with each.
pub(super) const MOST_RULES: usize = 50_000;

/// How much may still be drawn in a file.
pub(super) struct Budget {
    operations: usize,
    rules: usize,
}

impl Budget {
    /// Ten pages' most of rules, five of operations: what no report of 500 pages draws.
    pub(super) const FILE: Self = Self { operations: 5 * MOST_OPERATIONS, rules: 10 * MOST_RULES };
}

/// A line straight across (at height `level`, from left to right) or down (at distance `level`, from
/// bottom to top).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) level: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// The rules of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    pub(super) across: Vec<Rule>,
    pub(super) down: Vec<Rule>,
}

impl Rules {
    /// The rules painted on `page`.
    ///
    /// # Errors
    /// More drawing operations than [`MOST_OPERATIONS`] on the page, as where drawings paint each other,
    /// or more rules than [`MOST_RULES`]; or more of either in the file than `budget` allows.
    pub(super) fn of(
        backend: &dyn PdfBackend,
        page: PageId,
        budget: &mut Budget,
    ) -> Result<Self, ReadError> {
        let bytes = backend.page_content(page).unwrap_or_default();
        let operations = backend.decode_content(&bytes).unwrap_or_default();
        let most = MOST_OPERATIONS.min(budget.operations);
        let mut painter =
            Painter { backend, page, rules: Self::default(), within: Vec::new(), left: most };
        painter.paint(&operations, ResourceScope::page(page), Matrix::IDENTITY, Area::ALL)?;
        budget.operations = budget.operations.saturating_sub(most - painter.left);
        let rules = painter.rules;
        let count = rules.across.len() + rules.down.len();
        let limit = ReadError::Limit { what: "straight lines", limit: MOST_RULES };
        budget.rules = budget.rules.checked_sub(count).ok_or(limit)?;
        match count > MOST_RULES {
            true => Err(ReadError::Limit { what: "straight lines", limit: MOST_RULES }),
            false => Ok(rules),
        }
    }

    /// Adds the straight line between two points, as far as it shows within `clip`.
    fn add(&mut self, (a, b): (Point, Point), clip: &Area) {
        let line = Area::around([a, b]).within(clip);
        let (width, height) = (line.right - line.left, line.top - line.bottom);
        if !(width.is_finite() && height.is_finite()) || width < 0.0 || height < 0.0 {
            return;
        }
        // A dot may be of a dotted line either way.
        let dot = width <= DOT && height <= DOT;
        if height <= LEAN && width > height || dot {
            let level = (line.top + line.bottom) / 2.0;
            self.across.push(Rule { level, from: line.left, to: line.right });
        }
        if width <= LEAN && height > width || dot {
            let level = (line.left + line.right) / 2.0;
            self.down.push(Rule { level, from: line.bottom, to: line.top });
        }
    }
}

type Point = (f32, f32);

/// An upright rectangle.
#[derive(Clone, Copy, Debug)]
struct Area {
    left: f32,
    right: f32,
    bottom: f32,
    top: f32,
}

impl Area {
    const ALL: Self = Self { left: f32::MIN, right: f32::MAX, bottom: f32::MIN, top: f32::MAX };

    fn around(points: impl IntoIterator<Item = Point>) -> Self {
        let none = Self { left: f32::MAX, right: f32::MIN, bottom: f32::MAX, top: f32::MIN };
        points.into_iter().fold(none, |all, (x, y)| Self {
            left: all.left.min(x),
            right: all.right.max(x),
            bottom: all.bottom.min(y),
            top: all.top.max(y),
        })
    }

    fn within(self, other: &Self) -> Self {
        Self {
            left: self.left.max(other.left),
            right: self.right.min(other.right),
            bottom: self.bottom.max(other.bottom),
            top: self.top.min(other.top),
        }
    }

    /// The line through the middle of a thin rectangle.
    fn axis(&self) -> Option<(Point, Point)> {
        let (width, height) = (self.right - self.left, self.top - self.bottom);
        let (x, y) = ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0);
        match () {
            () if height <= THICKEST && width > height => Some(((self.left, y), (self.right, y))),
            () if width <= THICKEST => Some(((x, self.bottom), (x, self.top))),
            () => None,
        }
    }
}

/// From the space a drawing is given in to the page.
#[derive(Clone, Copy, Debug)]
struct Matrix([f32; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn point(&self, x: f32, y: f32) -> Point {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// `inner` first, then this one.
    fn after(&self, inner: [f32; 6]) -> Self {
        let [a, b, c, d, e, f] = inner;
        let [oa, ob, oc, od, _, _] = self.0;
        let (x, y) = self.point(e, f);
        Self([a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od, x, y])
    }

    /// How much longer lengths become, on the whole.
    fn scale(&self) -> f32 {
        let [a, b, c, d, _, _] = self.0;
        (a * d - b * c).abs().sqrt()
    }
}

/// What `q` saves and `Q` restores.
#[derive(Clone, Copy, Debug)]
struct State {
    matrix: Matrix,
    clip: Area,
    pen: f32,
}

/// Follows the operators that paint.
struct Painter<'b> {
    backend: &'b dyn PdfBackend,
    page: PageId,
    rules: Rules,
    /// The drawings being painted: one that paints itself would never end.
    within: Vec<ObjectId>,
    /// How many operations may still be followed.
    left: usize,
}

impl Painter<'_> {
    fn paint(
        &mut self,
        operations: &[ContentOp],
        scope: ResourceScope,
        matrix: Matrix,
        clip: Area,
    ) -> Result<(), ReadError> {
        let limit = ReadError::Limit { what: "drawing operations", limit: MOST_OPERATIONS };
        self.left = self.left.checked_sub(operations.len()).ok_or(limit)?;
        let mut state = State { matrix, clip, pen: 1.0 };
        let mut saved = Vec::new();
        let mut path = Path::default();
        let mut clipping = false;
        for operation in operations {
            let numbers: Vec<f32> =
                operation.operands.iter().filter_map(get_number_from_value).collect();
            match (operation.operator.as_str(), numbers.as_slice()) {
                ("q", _) => saved.push(state),
                ("Q", _) => state = saved.pop().unwrap_or(state),
                ("cm", &[a, b, c, d, e, f]) => {
                    state.matrix = state.matrix.after([a, b, c, d, e, f]);
                }
                ("w", &[width]) => state.pen = width.abs(),
                ("m", &[x, y]) => path.begin(state.matrix.point(x, y)),
                ("l", &[x, y]) => path.line(state.matrix.point(x, y)),
                ("c", &[_, _, _, _, x, y]) | ("v" | "y", &[_, _, x, y]) => {
                    path.curve(state.matrix.point(x, y));
                }
                ("h", _) => path.close(),
                ("re", &[x, y, w, h]) => {
                    let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)];
                    path.rectangle(corners.map(|(x, y)| state.matrix.point(x, y)));
                }
                ("W" | "W*", _) => clipping = true,
                ("S" | "s" | "B" | "B*" | "b" | "b*" | "f" | "F" | "f*" | "n", _) => {
                    let done = std::mem::take(&mut path);
                    self.mark(&done, &operation.operator, &state);
                    if std::mem::take(&mut clipping) {
                        state.clip = done.extent().within(&state.clip);
                    }
                }
                ("Do", _) => self.paint_form(operation, scope, &state)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn mark(&mut self, path: &Path, operator: &str, state: &State) {
        let pen = state.pen * state.matrix.scale();
        let stroked = matches!(operator, "S" | "s" | "B" | "B*" | "b" | "b*");
        let filled = matches!(operator, "f" | "F" | "f*");
        for part in path.parts.iter().filter(|_| stroked && pen <= THICKEST) {
            for line in part.lines(matches!(operator, "s" | "b" | "b*")) {
                self.rules.add(line, &state.clip);
            }
        }
        for part in path.parts.iter().filter(|part| filled && !part.curved) {
            if let Some(line) = Area::around(part.points.iter().copied()).axis() {
                self.rules.add(line, &state.clip);
            }
        }
    }

    /// Paints what a `Do` names, if it is a drawing.
    fn paint_form(
        &mut self,
        operation: &ContentOp,
        scope: ResourceScope,
        state: &State,
    ) -> Result<(), ReadError> {
        let Some(PdfValue::Name(name)) = operation.operands.first() else { return Ok(()) };
        let Some(PaintedXObject::Form(form)) = self.backend.xobject(scope, name) else {
            return Ok(());
        };
        let Some(content) = form.content else { return Ok(()) };
        if self.within.contains(&form.id) || self.within.len() >= DEEPEST {
            return Ok(());
        }
        // Taking it out of the file costs something too, though nothing be in it.
        self.left = self.left.saturating_sub(100 + content.len() / 16);
        let operations = self.backend.decode_content(&content).unwrap_or_default();
        let matrix = state.matrix.after(form.matrix);
        let corners = |area: PageBox| {
            let (left, right, low, high) = (area.llx, area.urx, area.lly, area.ury);
            [(left, low), (right, low), (right, high), (left, high)]
        };
        let shown = form
            .bbox
            .map_or(Area::ALL, |area| Area::around(corners(area).map(|(x, y)| matrix.point(x, y))));
        self.within.push(form.id);
        let scope = ResourceScope::form(self.page, form.id);
        let painted = self.paint(&operations, scope, matrix, shown.within(&state.clip));
        self.within.pop();
        painted
    }
}

/// The path under construction.
#[derive(Debug, Default)]
struct Path {
    parts: Vec<Part>,
}

#[derive(Debug, Default)]
struct Part {
    points: Vec<Point>,
    curved: bool,
    closed: bool,
}

impl Path {
    fn begin(&mut self, point: Point) {
        self.parts.push(Part { points: vec![point], ..Part::default() });
    }

    fn line(&mut self, point: Point) {
        if let Some(part) = self.parts.last_mut() {
            part.points.push(point);
        }
    }

    fn curve(&mut self, point: Point) {
        if let Some(part) = self.parts.last_mut() {
            part.points.push(point);
            part.curved = true;
        }
    }

    fn close(&mut self) {
        if let Some(part) = self.parts.last_mut() {
            part.closed = true;
        }
    }

    fn rectangle(&mut self, corners: [Point; 4]) {
        self.parts.push(Part { points: corners.to_vec(), curved: false, closed: true });
    }

    fn extent(&self) -> Area {
        Area::around(self.parts.iter().flat_map(|part| part.points.iter().copied()))
    }
}

impl Part {
    /// Its straight lines; of a shape with curves, none: that is a drawing.
    fn lines(&self, closing: bool) -> impl Iterator<Item = (Point, Point)> {
        let straight = if self.curved { &[][..] } else { &self.points[..] };
        let close = straight.first().zip(straight.last()).filter(|_| closing || self.closed);
        let close = close.map(|(first, last)| (*last, *first));
        straight.windows(2).map(|pair| (pair[0], pair[1])).chain(close)
    }
}
