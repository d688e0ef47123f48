//! Errors of the command line in Chinese: clap speaks English only.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// Whether the arguments ask for English; they could not be read as a whole.
pub(super) fn wants_english(arguments: &[std::ffi::OsString]) -> bool {
    let words: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    words.iter().any(|word| word == "--lang=en")
        || words.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en")
}

/// What is wrong, in Chinese; `None` for what is no error (help, version) and what is rare.
pub(super) fn chinese(error: &Error) -> Option<String> {
    let text = |kind| error.get(kind).map(written);
    let argument = text(ContextKind::InvalidArg).map(|name| unplaced(&name)).unwrap_or_default();
    let told = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个选项或参数"),
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", text(ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::InvalidValue => match text(ContextKind::InvalidValue) {
            Some(value) if !value.is_empty() => format!("“{argument}”的值“{value}”不可用"),
            _ => format!("“{argument}”后面要有值"),
        },
        ErrorKind::ValueValidation => {
            let value = text(ContextKind::InvalidValue).unwrap_or_default();
            format!("“{argument}”的值“{value}”不对{}", reason(error))
        }
        ErrorKind::TooManyValues => format!("“{argument}”的值太多"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("“{argument}”的值的个数不对")
        }
        ErrorKind::NoEquals => format!("“{argument}”的值要用等号连着写"),
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            Some(prior) if unplaced(&prior) != argument => {
                format!("“{argument}”不能和“{}”一起用", unplaced(&prior))
            }
            _ => format!("“{argument}”只能写一次"),
        },
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::MissingSubcommand => "要写明命令".to_owned(),
        ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8".to_owned(),
        _ => return None,
    };
    let mut out = format!("error: {told}\n");
    let valid = text(ContextKind::ValidValue).or_else(|| text(ContextKind::ValidSubcommand));
    if let Some(values) = valid.filter(|values| !values.is_empty()) {
        out.push_str(&format!("  可用：{values}\n"));
    }
    let nearest =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(near) = nearest.into_iter().find_map(text) {
        out.push_str(&format!("  是否想写“{}”？\n", unplaced(&near)));
    }
    out.push_str("  用法见 gouji --help 或 gouji 命令 --help\n");
    Some(out)
}

fn written(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join("、"),
        ContextValue::StyledStrs(all) => {
            all.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
        }
        other => other.to_string(),
    }
}

/// `--year <YEAR>` as `--year`: what stands for a value is no part of the name.
fn unplaced(name: &str) -> String {
    match name.split_once(" <") {
        Some((option, _)) if option.starts_with('-') => option.to_owned(),
        _ => name.to_owned(),
    }
}

/// What our own readers of values say, which is in both languages: the Chinese part.
fn reason(error: &Error) -> String {
    let Some(source) = std::error::Error::source(error) else { return String::new() };
    let text = source.to_string();
    let own = text.split(" / ").next().unwrap_or(&text);
    match number_range(own) {
        Some(range) => format!("：应在 {range} 之间"),
        None if own.is_ascii() && own.contains("digit") => "：应为数字".to_owned(),
        None => format!("：{own}"),
    }
}

/// `5 is not in 1..1025` from clap, as `1 到 1024`.
fn number_range(text: &str) -> Option<String> {
    let (_, range) = text.split_once(" is not in ")?;
    let (from, to) = range.split_once("..")?;
    let to = match to.strip_prefix('=') {
        Some(to) => to.parse::<i64>().ok()?,
        None => to.parse::<i64>().ok()? - 1,
    };
    Some(format!("{from} 到 {to}"))
}
