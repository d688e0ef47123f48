//! Clause by clause: which rules check what a pack stands for, and what no machine can check.

use super::{Clause, Library, Pack, Rule};
use crate::finding::{Lang, Words};

/// The clauses of one pack.
#[derive(Clone, Debug)]
pub struct PackCoverage {
    /// The pack.
    pub pack: String,
    /// Its name in lists.
    pub title: Words,
    /// The report years it governs: `2019..2020`.
    pub years: String,
    /// Its clauses, in its order.
    pub clauses: Vec<ClauseCoverage>,
}

/// One clause, and what becomes of it.
#[derive(Clone, Debug)]
pub struct ClauseCoverage {
    /// Document key and number: `条例2019 第五十条（一）`.
    pub id: String,
    /// The document's full name.
    pub document: String,
    /// What it asks for.
    pub text: String,
    /// The rules that check it: pack, id and title.
    pub rules: Vec<(String, String, Words)>,
    /// Why no machine can check it, or all of it.
    pub uncheckable: Option<Words>,
}

impl ClauseCoverage {
    /// Whether nothing checks it and nothing says why.
    pub fn is_open(&self) -> bool {
        self.rules.is_empty() && self.uncheckable.is_none()
    }
}

/// The clauses of all packs.
pub fn coverage(library: &Library) -> Vec<PackCoverage> {
    let common: Vec<&Pack> =
        library.packs().filter(|pack| !pack.opt_in && pack.extends.is_none()).collect();
    let one = |pack: &Pack| {
        // Rules for every year check a year's clauses too.
        let everywhere = common.iter().filter(|other| covers_years(other, pack));
        let packs: Vec<&Pack> = std::iter::once(pack)
            .chain(everywhere.copied().filter(|other| other.name != pack.name))
            .collect();
        PackCoverage {
            pack: pack.name.clone(),
            title: pack.title.clone(),
            years: pack.years.text(),
            clauses: pack.clauses.iter().map(|clause| covered(clause, pack, &packs)).collect(),
        }
    };
    library.packs().map(one).collect()
}

/// Whether `other` governs every year that `pack` does.
fn covers_years(other: &Pack, pack: &Pack) -> bool {
    let from = other.years.from.unwrap_or(i16::MIN) <= pack.years.from.unwrap_or(i16::MIN);
    let to = other.years.to.unwrap_or(i16::MAX) >= pack.years.to.unwrap_or(i16::MAX);
    from && to
}

fn covered(clause: &Clause, pack: &Pack, packs: &[&Pack]) -> ClauseCoverage {
    let key = clause.id.split(' ').next().unwrap_or_default();
    let document = pack.documents.iter().rev().find(|document| document.key == key);
    let all = packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (*pack, rule)));
    let named = |rule: &Rule| match clause.rules.is_empty() {
        true => rule.basis.iter().any(|cited| checks(&cited.key, &clause.id)),
        false => clause.rules.contains(&rule.id),
    };
    let rules = all.filter(|(_, rule)| named(rule));
    ClauseCoverage {
        id: clause.id.clone(),
        document: document.map_or(key, |document| &document.title).to_owned(),
        text: clause.text.clone(),
        rules: rules.map(|(pack, r)| (pack.name.clone(), r.id.clone(), r.title.clone())).collect(),
        uncheckable: clause.uncheckable.clone(),
    }
}

/// Whether a rule that cites `cite` checks the clause `id`: `格式 表二、表三` and `格式 表二至表四` stand
/// for each of the tables, and an article for its items.
pub(super) fn checks(cite: &str, id: &str) -> bool {
    parts(cite).iter().any(|part| part == id || is_item_of(id, part))
}

/// Whether a cite and a clause speak of the same thing, one perhaps more exactly.
pub(super) fn is_known(cite: &str, id: &str) -> bool {
    parts(cite).iter().any(|part| {
        part == id || is_item_of(id, part) || is_item_of(part, id) || !part.contains(' ')
    })
}

fn is_item_of(item: &str, whole: &str) -> bool {
    item.strip_prefix(whole).is_some_and(|rest| {
        whole.contains(' ')
            && rest.starts_with(['（', '第', '.', '·', '1', '2', '3', '4', '5', '6', '7', '8'])
    })
}

/// The clauses that a cite names, each with its document's key.
fn parts(cite: &str) -> Vec<String> {
    const NUMBERS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let Some((key, rest)) = cite.split_once(' ') else { return vec![cite.to_owned()] };
    let mut found = Vec::new();
    for part in rest.split('、') {
        let range = part.split_once("至表").and_then(|(from, to)| {
            let number = |word: &str| NUMBERS.iter().position(|number| *number == word);
            Some((number(from.strip_prefix('表')?)?, number(to)?))
        });
        match range {
            Some((from, to)) => {
                let tables = NUMBERS.iter().take(to + 1).skip(from);
                found.extend(tables.map(|number| format!("{key} 表{number}")));
            }
            None => found.push(format!("{key} {part}")),
        }
    }
    found
}

/// The table of all packs as Markdown, in one language.
pub fn markdown(packs: &[PackCoverage], lang: Lang) -> String {
    let word = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let mut out = format!("# {}\n", word("条款覆盖情况", "Coverage, clause by clause"));
    for pack in packs.iter().filter(|pack| !pack.clauses.is_empty()) {
        let checked = pack.clauses.iter().filter(|clause| !clause.rules.is_empty()).count();
        let count = match lang {
            Lang::Zh => format!("{} 条中 {checked} 条有规则检查", pack.clauses.len()),
            Lang::En => format!("rules check {checked} of {} clauses", pack.clauses.len()),
        };
        out.push_str(&format!(
            "\n## {} (`{}`, {})\n\n{count}\n\n",
            pack.title.to(lang),
            pack.pack,
            pack.years
        ));
        out.push_str(&format!(
            "| {} | {} | {} |\n| --- | --- | --- |\n",
            word("条款", "Clause"),
            word("要求", "What it asks for"),
            word("检查它的规则", "Rules that check it"),
        ));
        for clause in &pack.clauses {
            let rules = clause.rules.iter().map(|(own, id, _)| match *own == pack.pack {
                true => format!("`{id}`"),
                false => format!("`{own}/{id}`"),
            });
            let rules = rules.collect::<Vec<_>>().join(word("、", ", "));
            let why = clause.uncheckable.as_ref().map(|why| {
                let not = match clause.rules.is_empty() {
                    true => word("不能由机器检查：", "No machine can check it: "),
                    false => word("其余不能由机器检查：", "The rest no machine can check: "),
                };
                format!("{not}{}", why.to(lang))
            });
            let open = clause.is_open().then(|| word("（尚无规则）", "(no rule yet)").to_owned());
            let told: Vec<String> =
                [Some(rules), why, open].into_iter().flatten().filter(|t| !t.is_empty()).collect();
            let text = clause.text.replace('|', "\\|");
            out.push_str(&format!(
                "| {} | {text} | {} |\n",
                clause.id,
                told.join(word("。", ". "))
            ));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cite_stands_for_the_clauses_it_names() {
        for (cite, id, wanted) in [
            ("格式 表三", "格式 表三", true),
            ("格式 表二、表三", "格式 表三", true),
            ("格式 表二至表四", "格式 表三", true),
            ("格式 表二", "格式 表三", false),
            ("条例2007 第三十二条", "条例2007 第三十二条（一）", true),
            ("条例2007 第三十二条（一）", "条例2007 第三十二条", false),
            ("条例2007 第三条", "条例2007 第三十二条", false),
            ("统计表", "统计表 四", false),
        ] {
            assert_eq!(checks(cite, id), wanted, "{cite} {id}");
        }
    }
}
