//! Options that `check`, `facts` and `rules` share.

use super::cache::CacheArgs;
use super::settings::ConfigArgs;
use crate::config::absolute;
use crate::facts::Body;
use crate::finding::Lang;
use crate::lint::Options;
use crate::text::encoding;
use crate::write::Format;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::path::{Path, PathBuf};

/// How reports are read and which rules are in force.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct ReportArgs {
    /// 报告年度，不按标题判断 / The report year, instead of what the title says
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1990..2100))]
    pub(super) year: Option<i16>,
    /// 机关类别，不按名称判断 / The kind of body, instead of what its name says
    #[arg(long, value_name = "BODY", value_parser = body())]
    pub(super) body: Option<Body>,
    /// 文件编码（如 gbk） / The encoding of the files (gbk, utf-8 …)
    #[arg(long, value_name = "LABEL", value_parser = label)]
    pub(super) encoding: Option<&'static encoding_rs::Encoding>,
    /// 检查期限时以该日为今天 / Today's date, for deadlines
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(super) as_of: Option<jiff::civil::Date>,
    /// 自有规则包：文件夹或单个文件（可重复） / Packs of your own: a folder or one file (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(super) packs: Vec<PathBuf>,
    /// 不启用内置规则包（自有规则包仍可继承） / Without the built-in packs, though own packs may extend them
    #[arg(long)]
    pub(super) no_builtin: bool,
    /// 另行启用的规则包（可重复） / Opt-in pack to use (repeatable)
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(super) pack: Vec<String>,
    /// 只用这些规则：规则、规则包/规则或规则包 / Only these rules: RULE, PACK/RULE or PACK
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// 不用这些规则 / Not these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    #[command(flatten)]
    pub(super) cache: CacheArgs,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
}

impl ReportArgs {
    /// The same as the library takes it.
    pub(super) fn options(&self, lang: Lang) -> Options {
        Options {
            year: self.year,
            body: self.body,
            as_of: self.as_of.unwrap_or_else(|| jiff::Zoned::now().date()),
            encoding: self.encoding,
            lang,
            pack_dirs: self.packs.clone(),
            builtin: !self.no_builtin,
            packs: self.pack.clone(),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            levels: self.config.found().and_then(|config| {
                Some((config.root.clone(), config.levels.as_ref()?.value.clone()))
            }),
            limits: self
                .config
                .found()
                .and_then(|config| Some(config.limits.as_ref()?.value))
                .unwrap_or_default(),
            cache: self.cache.place(self.config.found().map(AsRef::as_ref)),
        }
    }
}

/// Which files are read.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct FileArgs {
    /// 从文件逐行读取要检查的路径（- 为标准输入） / Read paths from a file, one a line (- for standard input)
    #[arg(long, value_name = "FILE")]
    pub(super) files_from: Option<PathBuf>,
    /// 标准输入的名称 / The name shown for standard input
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    pub(super) stdin_filename: String,
    /// 同时处理的文件数 / Files read at the same time
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..1025))]
    pub(super) jobs: Option<u16>,
    /// 文件夹中不是年报的文件也算错误 / Files in folders that are no reports are errors
    #[arg(long)]
    pub(super) strict: bool,
    /// 指名的文件不是年报时跳过，不算错误 / Skip named files that are no reports (for hooks)
    #[arg(long, conflicts_with = "strict")]
    pub(super) skip_others: bool,
    /// 文件夹中只看这些文件（通配符，可重复） / Only these files of folders (pattern, repeatable)
    #[arg(long, value_name = "GLOB", value_parser = glob_text)]
    pub(super) include: Vec<String>,
    /// 文件夹中不看这些文件（通配符，可重复） / Not these files of folders (pattern, repeatable)
    #[arg(long, value_name = "GLOB", value_parser = glob_text)]
    pub(super) exclude: Vec<String>,
    /// 指名的文件也按 --include、--exclude 取舍 / Leave out what is excluded even if it is named
    #[arg(long)]
    pub(super) force_exclude: bool,
    /// 只检查与 git 某处相比改动过的文件，默认与 HEAD 比 / Only files changed against a git ref, by default HEAD
    #[arg(long, value_name = "REF", num_args = 0..=1, require_equals = true, default_missing_value = "HEAD")]
    pub(super) changed: Option<String>,
    /// The folder that patterns count from; else the current one.
    #[arg(skip)]
    pub(super) root: Option<PathBuf>,
}

fn glob_text(text: &str) -> Result<String, String> {
    match crate::config::pattern(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(words) => Err(format!("{} / {}", words.zh, words.en)),
    }
}

impl FileArgs {
    /// Whether a run over `paths` reads everything below `root`.
    pub(super) fn are_all(&self, paths: &[PathBuf], root: &Path) -> bool {
        let here = [PathBuf::from(".")];
        let paths = if paths.is_empty() { &here[..] } else { paths };
        self.files_from.is_none()
            && self.changed.is_none()
            && paths.iter().any(|path| root.starts_with(absolute(path)))
    }

    /// The number of threads, 0 for as many as there are processors.
    pub(super) fn threads(&self) -> usize {
        self.jobs.map_or(0, usize::from)
    }
}

/// Takes one of `words`, as what `read` makes of it.
pub(super) fn one_of<T: Clone + Send + Sync + 'static>(
    words: &'static [&'static str],
    read: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(words).try_map(move |word| read(&word).ok_or("unknown"))
}

/// Takes the word for an output format.
pub(super) fn format() -> impl TypedValueParser<Value = Format> {
    one_of(Format::WORDS, Format::from_word)
}

fn body() -> impl TypedValueParser<Value = Body> {
    one_of(Body::WORDS, Body::from_word)
}

pub(super) fn label(text: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding(text).ok_or_else(|| {
        "没有这种编码 / no such encoding (utf-8, gbk, gb18030, utf-16le …)".to_owned()
    })
}

fn date(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse()
        .map_err(|_| "应为 2024-01-31 这样的日期 / a date like 2024-01-31 is wanted".to_owned())
}
