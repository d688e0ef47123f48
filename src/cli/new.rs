//! `gouji new pack` and `gouji new rule`: skeletons that hold as they stand, and what to do next.

use super::screen::Screen;
use super::{DONE, Trouble};
use crate::author::{File, new, schema};
use crate::check::Check;
use crate::finding::Lang;
use crate::rule::{self, Library, PackFile};
use crate::verify::verify;
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// 新建规则包或规则 / Make a new pack or rule
#[derive(Debug, Args)]
pub(super) struct New {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// 新建规则包 / A new pack
    Pack {
        /// 名称：小写英文、数字和连字符 / Its name: small letters, digits, hyphens
        #[arg(value_name = "NAME")]
        name: String,
        /// 继承哪个规则包；none 表示不继承 / The pack it extends; none for none
        #[arg(long, value_name = "PACK", default_value = "format-2021")]
        extends: String,
        /// 放规则包的文件夹 / The folder of packs
        #[arg(long, value_name = "DIR", default_value = "packs")]
        packs: PathBuf,
    },
    /// 新建规则 / A new rule
    Rule {
        /// 规则包/规则 / PACK/RULE
        #[arg(value_name = "PACK/RULE")]
        rule: String,
        /// 检查的种类 / The kind of check
        #[arg(long, value_name = "KIND", default_value = "phrase", value_parser = PossibleValuesParser::new(Check::NAMES))]
        kind: String,
        /// 放规则包的文件夹 / The folder of packs
        #[arg(long, value_name = "DIR", default_value = "packs")]
        packs: PathBuf,
    },
}

impl New {
    pub(super) fn run(&self, screen: &Screen, mut out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let lang = screen.lang();
        let made = match &self.what {
            What::Pack { name, extends, packs } => pack(name, extends, packs, lang)?,
            What::Rule { rule, kind, packs } => new_rule(rule, kind, packs, lang)?,
        };
        out.write_all(made.as_bytes())?;
        out.flush()?;
        Ok(DONE)
    }
}

fn pack(name: &str, extends: &str, packs: &Path, lang: Lang) -> Result<String, Trouble> {
    is_name(name, lang)?;
    let library = Library::new(rule::builtin()).map_err(Trouble::Packs)?;
    let known = library.names();
    if extends != "none" && !known.contains(&extends) {
        let (zh, en) = (
            format!("没有规则包“{extends}”；可用：{}", known.join("、")),
            format!("no pack “{extends}”; known packs: {}", known.join(", ")),
        );
        return Err(Trouble::Usage(lang.pick(&zh, &en).to_owned()));
    }
    let base = Some(extends).filter(|base| *base != "none");
    let text = new::pack(name, base);
    let path = packs.join(name).join("pack.yml");
    let mut files = rule::builtin();
    files.push(PackFile::own(
        &format!("{name}/pack.yml"),
        &path.display().to_string(),
        text.clone(),
    ));
    Library::new(files).map_err(Trouble::Packs)?;
    let mut made = create(&path, &text, lang)?;
    for (word, file) in File::ALL {
        // Schemas are the program's own: an older one is brought up to date.
        let path = packs.join("schemas").join(format!("{word}.schema.json"));
        write(&path, &format!("{:#}\n", schema(file)), lang)?;
        made.push_str(&format!("{}\n", path.display()));
    }
    Ok(made + &new::next_steps(false, &packs.display().to_string(), name, lang))
}

fn new_rule(named: &str, kind: &str, packs: &Path, lang: Lang) -> Result<String, Trouble> {
    let Some((pack, id)) = named.rsplit_once('/') else {
        let words = lang.pick(
            "应写作 规则包/规则，如 xian/vague-words",
            "write PACK/RULE, as xian/vague-words",
        );
        return Err(Trouble::Usage(words.to_owned()));
    };
    is_name(id, lang)?;
    let mut unread = Vec::new();
    let own = rule::from_path(packs, 1, &mut unread);
    if !unread.is_empty() {
        return Err(Trouble::Packs(unread));
    }
    let mut files = rule::builtin();
    files.extend(own);
    let library = Library::new(files.clone()).map_err(Trouble::Packs)?;
    let Some(found) = library.named(pack).filter(|pack| !pack.builtin) else {
        let (zh, en) = (
            format!("{} 里没有规则包“{pack}”；先用 gouji new pack {pack} 建一个", packs.display()),
            format!("no pack “{pack}” in {}; make it with gouji new pack {pack}", packs.display()),
        );
        return Err(Trouble::Usage(lang.pick(&zh, &en).to_owned()));
    };
    let documents: Vec<String> =
        found.documents.iter().rev().map(|document| document.key.clone()).collect();
    let text = new::rule(id, kind, &documents).unwrap_or_default();
    let file = new::rule_file(pack, id, kind, text.clone());
    files.push(file.clone());
    holds(files, pack, &file, kind, lang)?;
    let path = packs.join(&file.path);
    let made = create(&path, &text, lang)?;
    Ok(made + &new::next_steps(true, &packs.display().to_string(), pack, lang))
}

/// Whether the skeleton's own examples hold in its pack, before anything is written.
fn holds(
    files: Vec<PackFile>,
    pack: &str,
    file: &PackFile,
    kind: &str,
    lang: Lang,
) -> Result<(), Trouble> {
    let library = Library::new(files).map_err(Trouble::Packs)?;
    let faults: Vec<_> =
        library.faults().into_iter().filter(|fault| fault.file == file.shown).collect();
    let judged = verify(&library, pack, file).map_err(Trouble::Packs)?;
    if faults.is_empty() && judged.iter().all(|judged| judged.verdict.is_right()) {
        return Ok(());
    }
    let base = new::base(kind).unwrap_or_default();
    let (zh, en) = (
        format!(
            "{kind} 的样例要用 {base} 的表和各部分：在 {pack} 的 pack.yml 里写上 extends: {base}，或换一个继承它的规则包"
        ),
        format!(
            "the example of {kind} uses the tables and sections of {base}: write extends: {base} in the pack.yml of {pack}, or choose a pack that extends it"
        ),
    );
    Err(Trouble::Usage(lang.pick(&zh, &en).to_owned()))
}

/// Names stand in paths, on command lines and in output.
fn is_name(name: &str, lang: Lang) -> Result<(), Trouble> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let parts = name.split('/').all(|part| !part.is_empty() && part.chars().all(plain));
    if parts && !name.starts_with('-') {
        return Ok(());
    }
    let (zh, en) = (
        format!("“{name}”不能作名称：只用小写英文字母、数字和连字符"),
        format!("“{name}” cannot be a name: only small letters, digits and hyphens"),
    );
    Err(Trouble::Usage(lang.pick(&zh, &en).to_owned()))
}

/// Writes a new file and tells its path; one that exists is never overwritten.
fn create(path: &Path, text: &str, lang: Lang) -> Result<String, Trouble> {
    if path.exists() {
        let shown = path.display();
        let (zh, en) = (
            format!("已有 {shown}，没有改动它；换一个名称，或先删去它"),
            format!("{shown} exists and was left alone; choose another name, or delete it first"),
        );
        return Err(Trouble::Usage(lang.pick(&zh, &en).to_owned()));
    }
    write(path, text, lang)?;
    Ok(format!("{}\n", path.display()))
}

fn write(path: &Path, text: &str, lang: Lang) -> Result<(), Trouble> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).and_then(|()| fs::write(path, text)).map_err(|error| {
        let words = lang.pick("无法写入", "cannot write");
        Trouble::Usage(format!("{words} {}: {error}", path.display()))
    })
}
