//! scratch
use gouji::*;
fn main() {
    let lib = rule::Library::new(match std::env::var("PACKS") {
        Ok(d) => rule::from_folder(std::path::Path::new(&d)).unwrap(),
        _ => rule::builtin(),
    })
    .map_err(|e| {
        for f in e {
            eprintln!("{} {:?} {}", f.file, f.at, f.words.zh)
        }
    })
    .unwrap();
    for f in lib.faults() {
        eprintln!("{} {:?} {}", f.file, f.at, f.words.zh)
    }
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let doc = match read::read(&path, &bytes, None, lib.vocabulary()) {
            Ok(d) => d,
            Err(e) => {
                println!("{path}: {e}");
                continue;
            }
        };
        println!("=== {path}");
        for b in &doc.blocks {
            let t = doc.text(b.at);
            let short: String = t.chars().take(50).collect();
            let k = match &b.kind {
                document::BlockKind::Title => "TITLE".to_string(),
                document::BlockKind::Heading(h) => format!(
                    "H{} {:?} [{}]",
                    h.level,
                    h.ordinal.map(|o| o.number),
                    doc.text(h.title)
                ),
                document::BlockKind::Paragraph => "P".into(),
                document::BlockKind::Table(i) => format!(
                    "TABLE {i} {:?} cells {}",
                    doc.tables[*i].layout,
                    doc.tables[*i].cells.len()
                ),
            };
            println!("{:?}\t{k}\t{}", b.zone, short.replace('\n', "⏎"));
        }
        let id = facts::identity(&doc);
        println!(
            "title {:?} organ {:?} body {:?} year {:?} report {}",
            id.title.as_ref().map(|t| &t.value),
            id.organ.as_ref().map(|t| &t.value),
            id.body,
            id.year.as_ref().map(|y| y.value),
            id.is_report
        );
        let packs = lib.select(id.year.as_ref().map_or(2018, |y| y.value), id.academic, &[]);
        let mut prof = profile::Profile::default();
        for p in &packs {
            prof.sections.extend(p.pack.profile.sections.iter().cloned());
            prof.forms.extend(p.pack.profile.forms.iter().cloned());
        }
        let f = facts::gather(&doc, id, &prof, lib.vocabulary());
        println!(
            "period {:?}",
            f.period.as_ref().map(|p| (p.start, p.end, &p.damage, doc.text(p.at)))
        );
        println!("contact {:?}", f.contact);
        println!("issued {:?}", f.issued.as_ref().map(|i| i.date.iso()));
        for s in &f.sections {
            println!("  S {:?} {:?} L{} {}", s.name, s.number, s.level, doc.text(s.title));
        }
        for t in &f.tables {
            println!(
                "  T {:?} {:?} cols {:?}",
                t.form.as_ref().map(|f| &f.id),
                t.index,
                t.columns.iter().map(|c| c.label.as_str()).collect::<Vec<_>>()
            );
            for r in &t.rows {
                println!(
                    "     {} {:?} unit {:?} aligned {} : {}",
                    r.line.is_some(),
                    t.row_name(&doc, r),
                    r.unit.map(|u| doc.text(u)),
                    r.aligned,
                    r.cells
                        .iter()
                        .map(|c| match &c.written {
                            facts::Written::Number(n) => n.to_string(),
                            facts::Written::Blank => "·".into(),
                            facts::Written::Other(o) => format!("<{o}>"),
                        })
                        .collect::<Vec<_>>()
                        .join(" ")
                );
            }
        }
    }
}
