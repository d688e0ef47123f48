//! Packs that say different things of one rule, where neither extends the other.

use super::{Change, Effect, Library, Pack, PackFault};
use crate::yaml::Faults;

/// The contradictions between packs that may be in force together: those that need not be asked
/// for, and those that are.
pub fn contradictions(library: &Library, asked: &[String]) -> Vec<PackFault> {
    let in_force = |pack: &&Pack| !pack.opt_in || asked.contains(&pack.name);
    let packs: Vec<&Pack> = library.packs().filter(in_force).collect();
    let mut faults = Vec::new();
    for (i, second) in packs.iter().enumerate() {
        for first in packs.iter().take(i) {
            let related = library.extends(&first.name, &second.name)
                || library.extends(&second.name, &first.name);
            if !related && first.years.overlaps(second.years) {
                faults.extend(between(library, first, second));
            }
        }
    }
    faults
}

fn between(library: &Library, first: &Pack, second: &Pack) -> Vec<PackFault> {
    let own = |pack: &'_ Pack| -> Vec<Change> {
        pack.changes.iter().filter(|change| change.pack == pack.name).cloned().collect()
    };
    let mut faults = Vec::new();
    let Some(file) = library.pack_file(&second.name) else { return faults };
    let mut found = Faults::default();
    for change in own(second) {
        for other in own(first).iter().filter(|other| other.contradicts(&change)) {
            let line = library.pack_file(&other.pack).map_or(1, |f| line(&f.text, other.at.start));
            let zh = format!(
                "规则包“{}”与“{}”矛盾：对规则“{}”，这里{}，而 {}:{line} {}；删去一处，或让一个 extends 另一个",
                second.name,
                first.name,
                change.rule,
                told(&change, true),
                other.file,
                told(other, true)
            );
            let en = format!(
                "packs “{}” and “{}” contradict each other: rule “{}” is {} here and {} at {}:{line}; delete one, or let one extend the other",
                second.name,
                first.name,
                change.rule,
                told(&change, false),
                told(other, false),
                other.file
            );
            found.push(&change.at, zh, en);
        }
    }
    faults.extend(file.faults(found));
    faults.extend(replaced(library, first, second));
    faults
}

/// Rules that both replace.
fn replaced(library: &Library, first: &Pack, second: &Pack) -> Vec<PackFault> {
    let mut faults = Vec::new();
    for (target, by) in &second.replaced {
        let twice = first.replaced.iter().find(|(other, own)| other == target && own != by);
        let Some((_, other)) = twice else { continue };
        let Some((_, file)) = library.rule_files().find(|(_, file)| file.path == *by) else {
            continue;
        };
        let node = file.node(false).ok();
        let at = node.as_ref().and_then(|node| node.get("id")).map_or(0..0, |id| id.at.clone());
        let mut found = Faults::default();
        let zh = format!(
            "规则包“{}”与“{}”矛盾：两者都改写了 {target}（另一处是 {other}）；让一个 extends 另一个",
            second.name, first.name
        );
        let en = format!(
            "packs “{}” and “{}” contradict each other: both replace {target} (the other one is {other}); let one extend the other",
            second.name, first.name
        );
        found.push(&at, zh, en);
        faults.extend(file.faults(found));
    }
    faults
}

/// What is said of a rule: `关闭`, `设为 warning`.
fn told(change: &Change, zh: bool) -> String {
    match (&change.effect, zh) {
        (Effect::Off, true) => "关闭".to_owned(),
        (Effect::Off, false) => "off".to_owned(),
        (Effect::Level(levels), true) => format!("设为 {}", levels.words()),
        (Effect::Level(levels), false) => levels.words(),
    }
}

/// The line of byte `at` of `text`, from 1.
pub(super) fn line(text: &str, at: usize) -> usize {
    crate::text::piece(text, 0, at).matches('\n').count() + 1
}
