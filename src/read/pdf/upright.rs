//! A page that lies on its side, turned so that its text reads from left to right.
//!
//! Programs turn wide tables by the page's own `/Rotate` or by turning what is painted; what counts is how
//! the text runs. Everything painted is turned by one operation put before it.

use std::collections::BTreeMap;
use unpdf::Result;
use unpdf::parser::TextSpan;
use unpdf::parser::backend::{
    BackendFontInfo, ContentOp, DecodedRun, DecodedText, GlyphAdvance, PageBox, PageContent,
    PageId, PaintedXObject, PdfBackend, PdfMetadataRaw, RawBackend, RawOutlineItem, RawXObject,
    ResourceScope,
};

/// Which way a page is to be turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// A quarter to the right: its text reads upward.
    Right,
    /// A quarter to the left: its text reads downward.
    Left,
    /// Upside down.
    Over,
}

impl Turn {
    /// How a page must be turned on which these are the pieces of text, if most of it does not read
    /// from left to right.
    pub(super) fn of(spans: &[TextSpan]) -> Option<Self> {
        let mut counts = [0, 0, 0, 0];
        for span in spans {
            let [across, up] = span.direction;
            let way = match () {
                () if across.abs() >= up.abs() && across >= 0.0 => 0,
                () if across.abs() >= up.abs() => 3,
                () if up > 0.0 => 1,
                () => 2,
            };
            counts[way] += span.text.chars().count();
        }
        let most = counts.iter().enumerate().max_by_key(|(_, count)| **count);
        let way = most.filter(|(way, count)| **count > counts[0] || *way == 0).map(|(way, _)| way);
        [None, Some(Self::Right), Some(Self::Left), Some(Self::Over)][way.unwrap_or(0)]
    }
}

/// The file with its pages turned.
pub(super) struct Upright<'b> {
    pub(super) backend: &'b RawBackend,
    pub(super) turn: Turn,
}

impl Upright<'_> {
    /// The operation that turns what follows it.
    fn operation(&self, page: PageId) -> String {
        let PageBox { llx, lly, urx, ury } = self.backend.page_box(page);
        match self.turn {
            Turn::Right => format!("0 -1 1 0 {} {urx} cm\n", -lly),
            Turn::Left => format!("0 1 -1 0 {ury} {} cm\n", -llx),
            Turn::Over => format!("-1 0 0 -1 {urx} {ury} cm\n"),
        }
    }

    /// Where `area` of the page lies after it was turned.
    fn turned(&self, page: PageId, area: PageBox) -> PageBox {
        let whole = self.backend.page_box(page);
        let (left, right) = (area.llx - whole.llx, area.urx - whole.llx);
        let (low, high) = (area.lly - whole.lly, area.ury - whole.lly);
        let (width, height) = (whole.width(), whole.height());
        let [llx, lly, urx, ury] = match self.turn {
            Turn::Right => [low, width - right, high, width - left],
            Turn::Left => [height - high, left, height - low, right],
            Turn::Over => [width - right, height - high, width - left, height - low],
        };
        PageBox { llx, lly, urx, ury }
    }
}

impl PdfBackend for Upright<'_> {
    fn page_content(&self, page: PageId) -> Result<Vec<u8>> {
        let mut content = self.operation(page).into_bytes();
        content.extend(self.backend.page_content(page)?);
        Ok(content)
    }

    fn page_content_with_losses(&self, page: PageId) -> Result<PageContent> {
        let mut content = self.backend.page_content_with_losses(page)?;
        content.data.splice(0..0, self.operation(page).into_bytes());
        Ok(content)
    }

    fn page_box(&self, page: PageId) -> PageBox {
        self.turned(page, self.backend.page_box(page))
    }

    fn crop_box(&self, page: PageId) -> PageBox {
        self.turned(page, self.backend.crop_box(page))
    }

    fn pages(&self) -> BTreeMap<u32, PageId> {
        self.backend.pages()
    }

    fn page_fonts(&self, scope: ResourceScope) -> Result<Vec<BackendFontInfo>> {
        self.backend.page_fonts(scope)
    }

    fn decode_content(&self, data: &[u8]) -> Result<Vec<ContentOp>> {
        self.backend.decode_content(data)
    }

    fn decode_text(&self, scope: ResourceScope, font_name: &[u8], bytes: &[u8]) -> DecodedText {
        self.backend.decode_text(scope, font_name, bytes)
    }

    fn decode_run(&self, scope: ResourceScope, font_name: &[u8], bytes: &[u8]) -> DecodedRun {
        self.backend.decode_run(scope, font_name, bytes)
    }

    fn glyph_advances(
        &self,
        scope: ResourceScope,
        font_name: &[u8],
        bytes: &[u8],
    ) -> Option<Vec<GlyphAdvance>> {
        self.backend.glyph_advances(scope, font_name, bytes)
    }

    fn is_vertical_font(&self, scope: ResourceScope, font_name: &[u8]) -> bool {
        self.backend.is_vertical_font(scope, font_name)
    }

    fn metadata(&self) -> PdfMetadataRaw {
        self.backend.metadata()
    }

    fn outline(&self) -> Result<Vec<RawOutlineItem>> {
        self.backend.outline()
    }

    fn page_xobjects(&self, page: PageId) -> Result<Vec<RawXObject>> {
        self.backend.page_xobjects(page)
    }

    fn xobject(&self, scope: ResourceScope, name: &[u8]) -> Option<PaintedXObject> {
        self.backend.xobject(scope, name)
    }
}
