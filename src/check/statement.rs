//! What the running text states of the quantities of a `text-table`: figure, time and whole.

use super::Context;
use super::clause::{Clause, Opens, clauses};
use super::lexicon::{Marks, Token, Whose};
use super::quantity::{Quantities, Sure};
use crate::facts::{Body, Figure};
use crate::text::FoldedSpan;

/// One quantity as one clause states it.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// Index of the quantity.
    pub(super) quantity: usize,
    pub(super) said: Said,
    /// Of which time.
    pub(super) time: Time,
    /// Whether the clause can mean nothing else.
    pub(super) certain: bool,
    /// Where: the figure, or the clause that says there is none.
    pub(super) at: FoldedSpan,
}

/// What is said of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// A figure, by its index.
    Figure(usize),
    /// There is none.
    None,
}

/// Of which time a figure speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Time {
    /// The report year.
    #[default]
    Year,
    /// All years together.
    Cumulative,
    /// 截至 a day, without saying from when on.
    ToDate,
    /// 累计 without a year: in the year, or in all years.
    Unclear,
    /// Another year, a month, a quarter.
    Other,
}

/// What the clauses before say of the next one.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    time: Time,
    /// The time before 历年累计 was said in passing (公开86条，历年累计912条；…), until a semicolon.
    aside: Option<Time>,
    /// A year was named: 累计 then means in it.
    named_year: bool,
    territory: bool,
    subject: Subject,
    /// Whether parts of `whole` follow.
    parts: bool,
    /// The figure that parts follow.
    whole: Whole,
    /// The last quantity that is part of none.
    top: Option<usize>,
    /// The one stated right before it: 行政复议3件、行政诉讼2件,均….
    paired: Option<usize>,
    /// The last figure.
    last: Whole,
}

/// Whose figures follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Subject {
    /// The organ's, as far as the text says.
    #[default]
    Own,
    /// Somebody else was named, but not as the one whose figures follow.
    Doubtful,
    /// Somebody else's, or of something else.
    Foreign,
}

/// The figure that others are parts of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Whole {
    #[default]
    None,
    Unknown,
    Known(usize),
}

/// How many statements are looked at: ten times what the longest reports hold, and little enough
/// that a hostile file, whose statements would each be held against all others, costs nothing.
const MOST: usize = 500;

/// All statements of the text, in order.
pub(super) fn statements(
    context: &Context<'_>,
    quantities: &Quantities,
    figures: &[Figure],
) -> Vec<Statement> {
    let organ = context.facts.identity.organ.as_ref().map_or("", |organ| organ.value.as_str());
    let mut reader = Reader {
        context,
        quantities,
        figures,
        whose: Whose::new(organ, context.year),
        state: State::default(),
        heading: Subject::Own,
        brackets: Vec::new(),
        before: (Whole::None, None),
        carried: Vec::new(),
        out: Vec::new(),
    };
    for clause in clauses(context.facts.document, figures) {
        if reader.out.len() >= MOST {
            break;
        }
        reader.clause(&clause);
    }
    reader.out
}

struct Reader<'c> {
    context: &'c Context<'c>,
    quantities: &'c Quantities,
    figures: &'c [Figure],
    whose: Whose,
    state: State,
    /// Whose figures stand under the heading above.
    heading: Subject,
    /// The states outside the brackets that are open.
    brackets: Vec<State>,
    /// The last figure of the sentence before: 共收到申请8件。其中….
    before: (Whole, Option<usize>),
    /// The words of the clause before, if it has no figure: 收到的申请,共25件.
    carried: Vec<Token>,
    out: Vec<Statement>,
}

impl Reader<'_> {
    fn clause(&mut self, clause: &Clause) {
        self.open(clause.opens);
        let parts = clause.around(self.context.facts.document, self.figures);
        let figure = clause.figure.is_some();
        let reading = self.quantities.lexicon.read(parts, figure, &self.whose);
        let marks = reading.marks;
        let mut tokens = reading.tokens;
        // 比上年增加12件 says nothing of the quantities themselves.
        if !marks.compares {
            self.read(clause, &mut tokens, marks);
        }
        if clause.opens == Opens::Heading {
            self.heading = if marks.foreign { Subject::Doubtful } else { Subject::Own };
        }
        self.carried = if figure { Vec::new() } else { tokens };
        for _ in 0..clause.closes {
            self.state = self.brackets.pop().unwrap_or(self.state);
        }
    }

    fn read(&mut self, clause: &Clause, tokens: &mut Vec<Token>, marks: Marks) {
        self.see(marks);
        if *tokens == [Token::Figure] && clause.opens != Opens::Bracket {
            tokens.splice(0..0, std::mem::take(&mut self.carried));
        }
        match clause.figure {
            Some(figure) => self.figure(figure, tokens, marks),
            None => self.words(clause, tokens, marks),
        }
    }

    fn open(&mut self, opens: Opens) {
        match opens {
            Opens::Heading | Opens::Paragraph | Opens::Sentence => {
                if opens == Opens::Heading {
                    self.heading = Subject::Own;
                }
                self.before = match opens {
                    Opens::Heading => (Whole::None, None),
                    _ => (self.state.last, self.state.top),
                };
                self.brackets.clear();
                self.carried.clear();
                // 全区各级机关收到1499件。予以公开966件: still theirs.
                let theirs = opens == Opens::Sentence && self.state.subject == Subject::Foreign;
                let subject = if theirs { Subject::Foreign } else { self.heading };
                self.state = State { subject, ..State::default() };
            }
            Opens::Bracket => {
                self.brackets.push(self.state);
                self.state.parts = self.state.last != Whole::None;
                self.state.whole = self.state.last;
            }
            Opens::Semicolon => {
                self.state.time = self.state.aside.take().unwrap_or(self.state.time);
            }
            Opens::Comma | Opens::Colon => {}
        }
    }

    /// Time and subject of this clause, which hold for those after it in the sentence.
    fn see(&mut self, marks: Marks) {
        let state = &mut self.state;
        // 全县 may be the organ itself in a government's report, and never is in an office's.
        let government = matches!(
            self.context.body,
            None | Some(Body::Central | Body::Provincial | Body::Municipal | Body::County)
        );
        state.territory |= marks.territory;
        if marks.territory && !government {
            state.subject = Subject::Foreign;
        }
        state.named_year |= marks.this_year;
        if marks.history && state.time != Time::Cumulative && state.last != Whole::None {
            state.aside = Some(state.time);
        }
        let to_date = marks.to_date || (marks.to_last && !marks.from_first);
        state.time = match state.time {
            _ if marks.other_time => Time::Other,
            _ if marks.history && !marks.this_year => Time::Cumulative,
            _ if to_date => {
                if marks.total {
                    Time::Cumulative
                } else {
                    Time::ToDate
                }
            }
            Time::ToDate if marks.total && !marks.this_year => Time::Cumulative,
            _ if marks.this_year => Time::Year,
            Time::Year if marks.total && !state.named_year => Time::Unclear,
            time => time,
        };
        if marks.own && !marks.foreign && (government || !marks.territory) {
            state.subject = Subject::Own;
        }
        if marks.parts {
            state.parts = true;
            if state.last == Whole::None {
                (state.last, state.top) = self.before;
            }
            state.whole = state.last;
        }
    }

    fn figure(&mut self, figure: usize, tokens: &[Token], marks: Marks) {
        let unit = self.figures[figure].unit.as_deref();
        let found: Vec<(usize, Sure)> = self.quantities.stated(tokens, unit);
        let at = self.figures[figure].at;
        if found.is_empty() {
            // 主动公开198条,历年累计1355条: the same quantity, of all years.
            if let ([Token::Figure], true, Whole::Known(quantity)) =
                (tokens, marks.total || marks.history, self.state.last)
            {
                self.state.time = Time::Cumulative;
                self.add(quantity, Said::Figure(figure), true, at);
            } else {
                self.unknown(tokens, marks);
            }
            return;
        }
        for (quantity, sure) in &found {
            let told = *sure == Sure::Recalled && !self.is_recalled_wrongly(figure);
            if !told && self.is_meant(*quantity) {
                self.add(*quantity, Said::Figure(figure), *sure == Sure::Certain, at);
            }
        }
        self.remember(found[0].0);
    }

    /// Whether a figure is taken up (14件申请中) that was not told before.
    fn is_recalled_wrongly(&self, figure: usize) -> bool {
        let recalled = &self.figures[figure];
        let after = self.context.facts.document.text(recalled.after).trim_end();
        let earlier = self.figures.iter().take(figure).rev().take(MOST);
        let mut same = earlier.filter(|other| other.unit == recalled.unit);
        after.ends_with('中') && !same.any(|other| other.covers(recalled.low))
    }

    fn words(&mut self, clause: &Clause, tokens: &[Token], marks: Marks) {
        let denied: Vec<usize> = self.quantities.denied(tokens);
        for quantity in &denied {
            if self.is_meant(*quantity) {
                self.add(*quantity, Said::None, true, clause.at);
            }
        }
        match denied.first() {
            Some(quantity) if !self.quantities.all[*quantity].exclusive => self.remember(*quantity),
            Some(_) => self.state.last = Whole::None,
            None if marks.foreign && self.state.subject == Subject::Own => {
                self.state.subject = Subject::Doubtful;
            }
            None => {}
        }
    }

    /// A figure that no wording explains. If it speaks of the same things, what follows may be its
    /// parts, and somebody else's.
    fn unknown(&mut self, tokens: &[Token], marks: Marks) {
        self.state.last = Whole::Unknown;
        if marks.foreign {
            self.state.subject = Subject::Foreign;
        }
        if tokens.iter().any(|token| matches!(token, Token::Word(_))) {
            self.state.top = None;
            self.state.whole = Whole::Unknown;
        }
    }

    fn remember(&mut self, quantity: usize) {
        let before = std::mem::replace(&mut self.state.last, Whole::Known(quantity));
        if self.quantities.all[quantity].wholes.is_empty() {
            let paired = self.state.top.filter(|top| before == Whole::Known(*top));
            (self.state.top, self.state.paired) = (Some(quantity), paired);
            self.state.parts = false;
        }
    }

    /// Whether the quantity is the organ's own one of that name, as far as what stands before tells.
    fn is_meant(&self, quantity: usize) -> bool {
        let known = &self.quantities.all[quantity];
        if self.state.subject == Subject::Foreign {
            return false;
        }
        if known.wholes.is_empty() {
            return true;
        }
        let whole = match (self.state.parts, self.state.whole, self.state.last) {
            (true, Whole::Known(whole), _) => Some(whole),
            (true, Whole::Unknown | Whole::None, _) => return false,
            (false, _, _) => self.state.top,
        };
        match whole {
            Some(whole) => {
                let pair = self.state.paired.filter(|_| known.exclusive && !self.state.parts);
                known.wholes.contains(&whole)
                    || pair.is_some_and(|pair| known.wholes.contains(&pair))
            }
            // Nothing before it in the sentence, or a figure that was not understood.
            None => !known.needs_whole && self.state.last != Whole::Unknown,
        }
    }

    fn add(&mut self, quantity: usize, said: Said, certain: bool, at: FoldedSpan) {
        let certain = certain && !self.state.territory && self.state.subject == Subject::Own;
        let time = self.state.time;
        self.out.push(Statement { quantity, said, time, certain, at });
    }
}
