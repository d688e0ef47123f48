//! Layer 1: 勾稽关系 as they are written: names, `+`, `-`, and one of `=`, `<=`, `>=`.

use rust_decimal::Decimal;

/// A relation between two sums of named figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    /// What stands left of the relation.
    pub left: Vec<Term>,
    /// The relation.
    pub relation: Relation,
    /// What stands right of it.
    pub right: Vec<Term>,
}

/// One named figure of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The name of a row or a column.
    pub name: String,
    /// Whether the figure is subtracted.
    pub negative: bool,
    /// Byte range of the name in the equation.
    pub start: usize,
    /// End of that range.
    pub end: usize,
}

/// How the two sides must stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Equal,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
}

impl Relation {
    /// Whether the relation holds.
    pub fn holds(self, left: Decimal, right: Decimal) -> bool {
        match self {
            Self::Equal => left == right,
            Self::AtMost => left <= right,
            Self::AtLeast => left >= right,
        }
    }

    /// The sign for a relation that does not hold.
    pub fn broken_sign(self) -> &'static str {
        match self {
            Self::Equal => "≠",
            Self::AtMost => ">",
            Self::AtLeast => "<",
        }
    }
}

/// Why an equation could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EquationError {
    /// What is wrong.
    pub kind: EquationFault,
    /// Byte range of the fault in the equation.
    pub start: usize,
    /// End of that range.
    pub end: usize,
}

/// What can be wrong with an equation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EquationFault {
    /// No `=`, `<=` or `>=`.
    NoRelation,
    /// More than one relation.
    TwoRelations,
    /// A sign with no name after or before it.
    MissingName,
}

impl Equation {
    /// Reads an equation; full-width signs are taken as half-width ones.
    ///
    /// # Errors
    /// The first fault, with its byte range.
    pub fn parse(text: &str) -> Result<Self, EquationError> {
        let error = |kind, start, end| Err(EquationError { kind, start, end });
        let mut sides = [Vec::new(), Vec::new()];
        let mut relation = None;
        let mut name: Option<(usize, usize)> = None;
        let mut negative = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let found = match c {
                '=' | '＝' => Some(Relation::Equal),
                '≤' => Some(Relation::AtMost),
                '≥' => Some(Relation::AtLeast),
                '<' | '>' if chars.peek().is_some_and(|(_, next)| *next == '=') => {
                    chars.next();
                    Some(if c == '<' { Relation::AtMost } else { Relation::AtLeast })
                }
                _ => None,
            };
            let sign = matches!(c, '+' | '＋' | '-' | '－' | '−');
            if found.is_some() || sign {
                let Some((start, end)) = name.take() else {
                    return error(EquationFault::MissingName, at, at + c.len_utf8());
                };
                let side = &mut sides[usize::from(relation.is_some())];
                side.push(Term::new(text, negative, start, end));
                negative = sign && !matches!(c, '+' | '＋');
                if found.is_some() && relation.is_some() {
                    return error(EquationFault::TwoRelations, at, at + c.len_utf8());
                }
                relation = found.or(relation);
            } else if !c.is_whitespace() {
                name = Some((name.map_or(at, |(start, _)| start), at + c.len_utf8()));
            }
        }
        let Some((start, end)) = name else {
            return error(EquationFault::MissingName, text.len(), text.len());
        };
        let Some(relation) = relation else {
            return error(EquationFault::NoRelation, 0, text.len());
        };
        let [left, mut right] = sides;
        right.push(Term::new(text, negative, start, end));
        Ok(Self { left, relation, right })
    }

    /// Reads a sum: names with `+` and `-` between them.
    ///
    /// # Errors
    /// The first fault, with its byte range.
    pub fn sum(text: &str) -> Result<Vec<Term>, EquationError> {
        let equation = Self::parse(&format!("{text} = 0"))?;
        Ok(equation.left)
    }

    /// All terms, left side first.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.left.iter().chain(&self.right)
    }
}

impl Term {
    fn new(text: &str, negative: bool, start: usize, end: usize) -> Self {
        let name = crate::text::piece(text, start, end).to_owned();
        Self { name, negative, start, end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_relation_as_it_is_written() {
        let equation = Equation::parse("新收 + 上年结转 = 办理总计 + 结转下年").unwrap();
        let names: Vec<_> = equation.terms().map(|term| term.name.as_str()).collect();
        assert_eq!(names, ["新收", "上年结转", "办理总计", "结转下年"]);
        assert_eq!(equation.left.len(), 2);
        let change = Equation::parse("上一年 − 减少 >= 现有").unwrap();
        assert!(change.left[1].negative && change.relation == Relation::AtLeast);
    }

    #[test]
    fn reads_a_sum() {
        let names = |text| Equation::sum(text).map(|terms| terms.len());
        assert_eq!(names("新收 + 上年结转"), Ok(2));
        assert_eq!(Equation::sum("新收 +").unwrap_err().kind, EquationFault::MissingName);
        assert_eq!(Equation::sum("甲 = 乙").unwrap_err().kind, EquationFault::TwoRelations);
    }

    #[test]
    fn names_the_fault_and_its_place() {
        let fault = |text| Equation::parse(text).unwrap_err();
        assert_eq!(fault("甲 + 乙").kind, EquationFault::NoRelation);
        assert_eq!(fault("甲 + = 乙").kind, EquationFault::MissingName);
        assert_eq!(fault("甲 + = 乙").start, 6);
        assert_eq!(fault("甲 = 乙 = 丙").kind, EquationFault::TwoRelations);
        assert_eq!(fault("甲 =").kind, EquationFault::MissingName);
    }
}
