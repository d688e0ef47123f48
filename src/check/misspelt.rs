//! Headings that are an official title but for one character.

use crate::document::Document;
use crate::facts::Section;
use crate::profile::SectionName;

/// What may stand in place of one another without being a slip.
const VARIANTS: &[&str] = &["和及与或、跟", "情概", "处办受", "项宜", "他它", "的得地"];
/// The shortest heading, in characters, that is looked at although it is known by its words.
const SHORTEST: usize = 8;

/// The numbered heading of the first level that is the title of `name` but for one character.
pub(super) fn misspelt<'s>(
    document: &Document,
    headings: &[&'s Section],
    name: &SectionName,
) -> Option<&'s Section> {
    let slip = |section: &&&'s Section| {
        let title = document.text(section.title).trim_end_matches([':', '。']);
        let known = section.name.is_some();
        let own = section.name.as_ref().is_none_or(|known| *known == name.name);
        let long = !known || title.chars().count() >= SHORTEST;
        section.level == 1 && section.number.is_some() && own && long && one_off(title, &name.title)
    };
    headings.iter().find(slip).copied()
}

/// Whether two words of the same length differ in one Chinese character.
fn one_off(one: &str, other: &str) -> bool {
    let mut differing = one.chars().zip(other.chars()).filter(|(one, other)| one != other);
    let (Some((a, b)), None) = (differing.next(), differing.next()) else { return false };
    let variant = |set: &&str| set.contains(a) && set.contains(b);
    one.chars().count() == other.chars().count()
        && [a, b].iter().all(|c| !c.is_ascii())
        && !VARIANTS.iter().any(variant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_is_a_slip_and_a_variant_is_none() {
        assert!(one_off("存在的主要问题及改进情兄", "存在的主要问题及改进情况"));
        assert!(one_off("总休情况", "总体情况"));
        for (one, other) in [
            ("总体概况", "总体情况"),
            ("存在的主要问题和改进情况", "存在的主要问题及改进情况"),
            ("存在的主要问题及改进措施", "存在的主要问题及改进情况"),
            ("其他需报告的事项", "其他需要报告的事项"),
            ("总体情况", "总体情况"),
        ] {
            assert!(!one_off(one, other), "{one}");
        }
    }
}
