//! Where the text taken out of Word, Excel and PDF files is kept.

use crate::config::Config;
use clap::Args;
use std::env;
use std::path::PathBuf;

/// The variable that names the folder.
pub(super) const VARIABLE: &str = "GOUJI_CACHE_DIR";

/// Whether and where extracted text is kept.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct CacheArgs {
    /// 从 Word、Excel、PDF 取出的文字存放在哪里；也可用环境变量 GOUJI_CACHE_DIR / Where text taken out of Word, Excel and PDF files is kept; also GOUJI_CACHE_DIR
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    pub(super) cache_dir: Option<PathBuf>,
    /// 不存放、也不用存放的文字，每次都重新读取文件 / Keep no text and use none: read every file anew
    #[arg(long)]
    pub(super) no_cache: bool,
}

impl CacheArgs {
    /// The folder to use; none if nothing is to be kept, or there is no place for it.
    pub(super) fn place(&self, config: Option<&Config>) -> Option<PathBuf> {
        let no_cache = config.and_then(|config| config.no_cache.as_ref());
        // To name a folder on the command line is to ask for it.
        let refused = self.cache_dir.is_none() && no_cache.is_some_and(|set| set.value);
        if self.no_cache || refused {
            return None;
        }
        let configured = || Some(config?.cache_dir.as_ref()?.value.clone());
        self.cache_dir.clone().or_else(named).or_else(configured).or_else(usual)
    }
}

/// The folder that the environment names.
pub(super) fn named() -> Option<PathBuf> {
    variable(VARIABLE)
}

/// The folder of the user's caches, as each system has it.
pub(super) fn usual() -> Option<PathBuf> {
    let home = |below: &str| variable("HOME").map(|home| home.join(below));
    let caches = match () {
        () if cfg!(windows) => variable("LOCALAPPDATA"),
        () if cfg!(target_os = "macos") => home("Library/Caches"),
        // A path that does not begin at the root is to be ignored, says the standard.
        () => variable("XDG_CACHE_HOME")
            .filter(|folder| folder.is_absolute())
            .or_else(|| home(".cache")),
    };
    caches.map(|folder| folder.join("gouji"))
}

fn variable(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}
