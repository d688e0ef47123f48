//! What an element is to layout, told by its name and attributes.

/// What an element is to layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The page, a division, a section: text in it stands on lines of its own.
    Block,
    /// A paragraph: ended by the next block.
    Paragraph,
    /// A heading, h1 to h6.
    Heading,
    /// A list; `true` if its items are numbered.
    List(bool),
    /// An item of a list: ended by the next one.
    Item,
    /// A term or its description.
    Term,
    Table,
    /// thead, tbody, tfoot.
    Rows,
    Row,
    Cell,
    Caption,
    /// Text as it is written, line breaks included.
    Pre,
    /// The title in the page's head.
    Title,
    /// No text for a reader: script, style, form fields.
    Skipped,
    /// Inline; only kept where it is hidden.
    Inline(Inline),
}

/// Inline elements that can be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    Span,
    Font,
    A,
    Other,
}

/// What the name of a tag says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// An element with content.
    Element(Kind),
    /// `br`.
    Break,
    /// `hr` and `img` and the like: nothing in them, and for `hr` a new line.
    Void { breaks: bool },
    /// `html`, `head`, `body` and what else has no part in layout.
    Nothing,
}

/// What the lower-case `name` of a tag says.
pub(super) fn kind(name: &[u8]) -> Named {
    use Kind::{
        Block, Caption, Cell, Heading, Inline as I, Item, List, Paragraph, Pre, Row, Rows, Skipped,
        Table, Term, Title,
    };
    let kind = match name {
        b"p" => Paragraph,
        b"div" | b"section" | b"article" | b"main" | b"center" | b"blockquote" | b"form"
        | b"figure" | b"figcaption" | b"address" | b"fieldset" | b"details" | b"summary"
        | b"dl" | b"legend" | b"header" | b"footer" | b"nav" | b"aside" | b"menu" | b"dir"
        | b"hgroup" | b"search" => Block,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Heading,
        b"ul" => List(false),
        b"ol" => List(true),
        b"li" => Item,
        b"dt" | b"dd" => Term,
        b"table" => Table,
        b"thead" | b"tbody" | b"tfoot" => Rows,
        b"tr" => Row,
        b"td" | b"th" => Cell,
        b"caption" => Caption,
        b"pre" | b"listing" | b"xmp" | b"plaintext" => Pre,
        b"title" => Title,
        b"script" | b"style" | b"template" | b"select" | b"option" | b"textarea" | b"noscript"
        | b"iframe" | b"noembed" | b"noframes" | b"svg" | b"math" | b"object" | b"button"
        | b"canvas" | b"video" | b"audio" | b"map" | b"datalist" | b"rt" | b"rp" => Skipped,
        b"span" => I(Inline::Span),
        b"font" => I(Inline::Font),
        b"a" => I(Inline::A),
        b"b" | b"strong" | b"i" | b"em" | b"u" | b"label" | b"small" | b"big" | b"s" | b"del" => {
            I(Inline::Other)
        }
        b"br" => return Named::Break,
        b"hr" => return Named::Void { breaks: true },
        b"img" | b"input" | b"meta" | b"link" | b"col" | b"area" | b"base" | b"wbr" | b"embed"
        | b"source" | b"track" | b"param" => return Named::Void { breaks: false },
        _ => return Named::Nothing,
    };
    Named::Element(kind)
}

/// Whether the name of an element says that it stands around the article.
pub(super) fn around(name: &[u8]) -> bool {
    matches!(name, b"nav" | b"footer" | b"aside" | b"header" | b"menu")
}

/// Whether a class or an id says that its element stands around the article.
pub(super) fn boilerplate(value: &[u8]) -> bool {
    const PARTS: &[&str] = &[
        "breadcrumb",
        "crumb",
        "navbar",
        "topnav",
        "mainnav",
        "sidenav",
        "navigation",
        "footer",
        "copyright",
        "sidebar",
        "share",
        "sharing",
        "related",
        "qrcode",
        "ewm",
        "pagination",
        "prevnext",
        "prev-next",
        "toolbar",
        "searchbar",
        "searchbox",
        "topbar",
        "loginbar",
        "friendlink",
        "youqing",
        "xgxx",
        "xgwd",
        "xglj",
        "dqwz",
        "weizhi",
        "backtop",
        "gotop",
        "accessibility",
        "wzazl",
        "jiathis",
        "bdshare",
        "comment",
        "recommend",
    ];
    const WHOLE: &[&str] = &[
        "nav", "foot", "menu", "header", "top", "location", "bottom", "position", "banner", "fx",
        "dy",
    ];
    let value = String::from_utf8_lossy(value).to_ascii_lowercase();
    PARTS.iter().any(|part| value.contains(part))
        || value.split_ascii_whitespace().any(|word| WHOLE.contains(&word))
}

/// What a `style` attribute says of layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// `display: none`, `visibility: hidden`.
    pub(super) hidden: bool,
    /// A table made of other elements: `display: table-cell`.
    pub(super) table: Option<Kind>,
}

/// Reads a `style` attribute.
pub(super) fn style(value: &[u8]) -> Style {
    let mut style = Style::default();
    if !value.iter().any(|b| b.eq_ignore_ascii_case(&b'd')) {
        return style;
    }
    let text = String::from_utf8_lossy(value).to_ascii_lowercase();
    for declaration in text.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let value = value.trim().trim_end_matches("!important").trim();
        match (name.trim(), value) {
            ("display", "none") | ("visibility", "hidden") | ("mso-hide", "all") => {
                style.hidden = true;
            }
            ("display", "table") => style.table = Some(Kind::Table),
            ("display", "table-row") => style.table = Some(Kind::Row),
            ("display", "table-cell") => style.table = Some(Kind::Cell),
            ("display", "table-row-group" | "table-header-group" | "table-footer-group") => {
                style.table = Some(Kind::Rows);
            }
            _ => {}
        }
    }
    style
}
