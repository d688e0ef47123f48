//! `gouji init`: a configuration to begin with.

use super::screen::Screen;
use super::{DONE, Trouble, atomic};
use crate::config::FILE;
use crate::finding::{Lang, Words};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

/// 写一份带说明的 gouji.toml / Write a commented gouji.toml
#[derive(Debug, Args)]
pub(super) struct Init {
    /// 放在哪个文件夹 / The folder for it
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// 覆盖已有的 gouji.toml / Replace a gouji.toml that is there
    #[arg(long)]
    force: bool,
}

impl Init {
    pub(super) fn run(&self, screen: &Screen, mut out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let file = self.folder.join(FILE);
        let shown = super::settings::shown(&file);
        if !self.force && file.symlink_metadata().is_ok() {
            return Err(Trouble::Words(Words {
                zh: format!("已经有 {}；要覆盖就加 --force", shown.display()),
                en: format!("{} is there already; replace it with --force", shown.display()),
            }));
        }
        let text = template(screen.lang());
        atomic::replace(&file, text.as_bytes()).map_err(|error| {
            Trouble::Words(Words {
                zh: format!("无法写入 {}：{error}", shown.display()),
                en: format!("cannot write {}: {error}", shown.display()),
            })
        })?;
        let (zh, en) = (
            format!(
                "已写入 {0}。改好之后用 gouji config 核对；已经公布的报告有旧问题的，用 gouji baseline 记下来。\n",
                shown.display()
            ),
            format!(
                "Wrote {0}. Check it with gouji config; record old findings with gouji baseline.\n",
                shown.display()
            ),
        );
        out.write_all(screen.lang().pick(&zh, &en).as_bytes())?;
        out.flush()?;
        Ok(DONE)
    }
}

/// The file, each key commented out with its default.
pub(super) fn template(lang: Lang) -> &'static str {
    lang.pick(include_str!("init.zh.toml"), include_str!("init.en.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_template_is_right_as_it_is_and_with_every_key_in_force() {
        for lang in [Lang::Zh, Lang::En] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join(FILE);
            let uncommented: String = template(lang)
                .lines()
                .map(|line| line.strip_prefix("#: ").unwrap_or(line).to_owned() + "\n")
                .collect();
            for text in [template(lang), &uncommented] {
                std::fs::write(&file, text).unwrap();
                Config::read(&file).unwrap_or_else(|faults| panic!("{faults:#?}"));
            }
            let config = Config::read(&file).unwrap();
            assert!(config.levels.is_some() && config.limits.is_some() && config.include.is_some());
        }
    }
}
