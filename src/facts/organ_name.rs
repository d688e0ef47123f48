//! The name of an organ taken apart, so that `甲市乙县丙镇人民政府` and `丙镇` can be told to be one
//! organ and `乙县教育局` and `丁县教育局` two.

use super::Body;
use crate::text::fold;

/// An organ's name: the regions it names and the organ itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganName {
    /// Folded, without what every name of its kind ends in: `甲市乙县丙镇`, `乙县教育局`.
    name: String,
    /// Where its regions end, in bytes: after `甲市` and `乙县`; never its end.
    borders: Vec<usize>,
}

/// What the name of a region ends in.
const REGIONS: &[char] = &['省', '市', '县', '区', '旗', '盟', '州'];
/// Words that end like a region and are none.
const NO_REGIONS: &[&str] = &["城市", "社区", "全市", "超市", "地区", "校区", "院区"];

impl OrganName {
    /// Takes a name apart.
    pub fn new(name: &str) -> Self {
        let folded: String = fold(name).chars().filter(|c| !c.is_whitespace()).collect();
        let mut name = folded.replace("人民政府", "政府");
        for (ending, short) in [
            ("街道办事处", "街道"),
            ("街道办", "街道"),
            ("政府办事处", ""),
            ("政府办公厅", "政府办公室"),
            ("政府办", "政府办公室"),
            ("政府", ""),
        ] {
            if let Some(stem) = name.strip_suffix(ending) {
                name = format!("{stem}{short}");
                break;
            }
        }
        let borders = borders(&name);
        Self { name, borders }
    }

    /// The name of an organ of a kind that is known: where the office of a government reports for
    /// its government, that is the organ.
    pub fn of(name: &str, body: Option<Body>) -> Self {
        let own = Self::new(name);
        let is_government =
            body.is_some_and(|body| !matches!(body, Body::Department | Body::Other));
        match own.name.strip_suffix("政府办公室") {
            Some(government) if is_government => {
                let name = government.to_owned();
                Self { borders: borders(&name), name }
            }
            _ => own,
        }
    }

    /// The name without common endings.
    pub fn key(&self) -> &str {
        &self.name
    }

    /// The name, and the name without the regions above it: `甲市乙县丙镇`, `乙县丙镇`, `丙镇`.
    pub fn endings(&self) -> impl Iterator<Item = &str> {
        let from = std::iter::once(0).chain(self.borders.iter().copied());
        from.map(|at| crate::text::piece(&self.name, at, self.name.len()))
    }

    /// What the name may become when the organ is raised or reorganised and stays what it is: a
    /// county that becomes a district or a city, a 乡 that becomes a 镇, a commission that becomes
    /// a bureau of the same name. `None` for names that say too little.
    pub fn loose(&self) -> Option<String> {
        let stem =
            |ending: &str| self.name.strip_suffix(ending).filter(|stem| stem.chars().count() >= 2);
        let one_of = |endings: &[&str]| endings.iter().find_map(|ending| stem(ending));
        // The office of a government reports for itself, not for the government.
        if self.name.ends_with("政府办公室") {
            return None;
        }
        one_of(&["县", "区", "市"])
            .map(|stem| format!("{stem}◇"))
            .or_else(|| one_of(&["街道", "乡", "镇"]).map(|stem| format!("{stem}◆")))
            .or_else(|| one_of(&["委员会", "委", "局", "厅"]).map(|stem| format!("{stem}◎")))
    }

    /// How the text of a report may name the organ, longest first.
    pub fn spellings(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for ending in self.endings().filter(|ending| ending.chars().count() >= 2) {
            let government = ending.ends_with(REGIONS) || ending.ends_with(['乡', '镇']);
            if government {
                found.push(format!("{ending}人民政府"));
            }
            if ending.ends_with("街道") {
                found.push(format!("{ending}办事处"));
            }
            found.push(ending.to_owned());
        }
        found.sort_by_key(|name| std::cmp::Reverse(name.len()));
        found
    }
}

/// Where the regions at the beginning of a name end.
fn borders(name: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in name.char_indices() {
        let end = at + c.len_utf8();
        let word = crate::text::piece(name, start, end);
        let is_region = REGIONS.contains(&c)
            && word.chars().count() >= 2
            && !NO_REGIONS.iter().any(|other| word.ends_with(other));
        if is_region && end < name.len() {
            found.push(end);
            start = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_apart_at_its_regions() {
        for (name, endings) in [
            ("甲省乙市丙县丁镇人民政府", "甲省乙市丙县丁镇 乙市丙县丁镇 丙县丁镇 丁镇"),
            ("乙市丙区人民政府", "乙市丙区 丙区"),
            ("丙县人民政府办公室", "丙县政府办公室 政府办公室"),
            ("丙区丁街道办事处", "丙区丁街道 丁街道"),
            ("丙县市场监督管理局", "丙县市场监督管理局 市场监督管理局"),
            ("丙县城市管理局", "丙县城市管理局 城市管理局"),
        ] {
            let organ = OrganName::new(name);
            assert_eq!(organ.endings().collect::<Vec<_>>().join(" "), endings, "{name}");
        }
    }

    #[test]
    fn an_office_is_its_government_only_where_it_reports_for_it() {
        let office = "清河县人民政府办公室";
        assert_eq!(OrganName::of(office, Some(Body::County)).key(), "清河县");
        assert_eq!(OrganName::of(office, Some(Body::Department)).key(), "清河县政府办公室");
        assert_eq!(OrganName::of(office, None).loose(), None);
    }

    #[test]
    fn what_an_organ_may_be_renamed_to() {
        let same = |a: &str, b: &str| {
            let loose = |name| OrganName::new(name).loose();
            loose(a).is_some() && loose(a) == loose(b)
        };
        assert!(same("清河县人民政府", "清河区人民政府"));
        assert!(same("清河县红石乡人民政府", "清河县红石镇人民政府"));
        assert!(same("清河县经济和信息化委员会", "清河县经济和信息化局"));
        assert!(!same("清河县卫生和计划生育委员会", "清河县卫生健康局"));
        assert!(!same("清河县人民政府", "清河县人民政府办公室"));
    }
}
