//! What users are told of a file that could not be read, and of how one was read.

use super::extract::MOST_COLUMNS;
use super::{Format, MAX_FILE, ReadError};
use crate::document::Remark;
use crate::finding::Words;
use crate::text::{DecodeError, MAX_BYTES};

/// A word for programs, and what is wrong and what to do.
pub fn words(error: &ReadError) -> (&'static str, Words) {
    let (code, zh, en) = match error {
        ReadError::Empty => ("empty", "文件是空的".to_owned(), "the file is empty".to_owned()),
        ReadError::Limit { what, limit } => {
            let counted = match *what {
                "lines" => "行数",
                "headings" => "标题数",
                "parts" => "内部文件数",
                "unpacked bytes" => "解压后的字节数",
                "bytes of text" => "文字的字节数",
                "levels" => "嵌套层数",
                "pages" => "页数",
                "drawing operations" => "一页的绘图指令数",
                "straight lines" => "一页的直线数",
                _ => "表格单元格数",
            };
            let zh = format!("文件过大：{counted}超过 {limit}；年度报告不会这么大");
            let en = format!("too large: more than {limit} {what}, which no annual report has");
            ("limit", zh, en)
        }
        ReadError::Damaged(what) => {
            let zh = format!("{what} 文件已损坏，读不出内容；请用 Word 或 WPS 打开后重新保存");
            let en = format!("the {what} file is damaged; open it in an office program and save it again");
            ("damaged", zh, en)
        }
        ReadError::Encrypted => (
            "encrypted",
            "文件有密码保护；请去掉密码后再检查".to_owned(),
            "the file is protected by a password; remove it first".to_owned(),
        ),
        ReadError::NoText => (
            "no-text",
            "这个 PDF 里没有文字（多半是扫描件）；请用文字版，或先作文字识别".to_owned(),
            "no text in this PDF (most likely a scan); use the original, or recognise its text first".to_owned(),
        ),
        ReadError::Unsupported(format) => return ("unsupported-format", unsupported(*format)),
        ReadError::Decode(error) => return decoding(error),
    };
    (code, Words { zh, en })
}

/// What to do with a file of a format that is not read.
fn unsupported(format: Format) -> Words {
    let (zh, en) = match format {
        Format::Other("rtf") => (
            "不能读取 RTF 文件（扩展名是 .doc 的也有）；请用 Word 或 WPS 打开，另存为 docx 再检查",
            "RTF files are not read, whatever their extension; open it in Word or WPS and save it as docx",
        ),
        Format::Other("ofd") => (
            "不能读取 OFD 文件；请检查它的 docx 原稿，或在 OFD 阅读器里导出为 PDF 再检查",
            "OFD files are not read; check the docx it was made from, or export it as PDF",
        ),
        Format::Other("zip") => (
            "不能读取压缩包；请解压后检查里面的文件",
            "archives are not read; unpack it and check the files in it",
        ),
        _ => {
            let word = format.word();
            return Words {
                zh: format!("不能读取 {word} 文件；请另存为 docx、网页（html）或文本（txt）再检查"),
                en: format!("{word} files are not read; save it as docx, html or txt"),
            };
        }
    };
    Words { zh: zh.to_owned(), en: en.to_owned() }
}

fn decoding(error: &DecodeError) -> (&'static str, Words) {
    let (code, zh, en) = match error {
        DecodeError::Binary { offset } => {
            let zh = format!("不是文本文件：第 {offset} 字节是控制字符");
            ("binary", zh, format!("not a text file: control byte at offset {offset}"))
        }
        DecodeError::Undecodable { encoding, offset } => {
            let zh = format!(
                "按 {encoding} 解码，在第 {offset} 字节处出错；请用 --encoding 指明编码，或另存为 UTF-8"
            );
            let en = format!(
                "invalid {encoding} at byte {offset}; name the encoding with --encoding, or save as UTF-8"
            );
            ("undecodable", zh, en)
        }
        DecodeError::TooLarge { bytes } => {
            let (size, limit) = (bytes >> 20, MAX_BYTES >> 20);
            // No more than so much is read of a file: how large it is is not known.
            let (above, more) = if *bytes > MAX_FILE { ("以上", " or more") } else { ("", "") };
            let zh = format!("文件有 {size} MB{above}，超过 {limit} MB 的上限；年度报告不会这么大");
            ("too-large", zh, format!("{size} MB{more}, over the limit of {limit} MB"))
        }
    };
    (code, Words { zh, en })
}

/// What a user should know of the reading.
pub fn remark(remark: Remark) -> Option<Words> {
    let (zh, en) = match remark {
        Remark::TrackedChanges => (
            "文件里有修订痕迹，按全部接受后的文字检查".to_owned(),
            "the file has tracked changes; it was read as if they were accepted".to_owned(),
        ),
        Remark::InferredTables => (
            "表格的行列由版面推断，表中问题的位置请对照原文件核实".to_owned(),
            "rows and columns of tables are inferred from the layout; verify their places in the file".to_owned(),
        ),
        Remark::ExtractedPlaces => return None,
        Remark::Replaced(count) => (
            format!("有 {count} 处字节无法解码，以 � 代替"),
            format!("{count} byte sequences could not be decoded and stand as �"),
        ),
        Remark::CellsLeftOut(count) => (
            format!(
                "表格过宽，第 {MOST_COLUMNS} 列以后有 {count} 个有内容的单元格没有读取，请删去多余的列后再检查"
            ),
            format!(
                "a table is too wide: {count} cells beyond column {MOST_COLUMNS} were not read; remove what does not belong to the form"
            ),
        ),
        Remark::Unreadable(count) => (
            format!("有 {count} 个字符读不出来（字体没有字符编码），可能影响检查结果"),
            format!("{count} characters could not be read (fonts without a character map); findings may be affected"),
        ),
    };
    Some(Words { zh, en })
}
