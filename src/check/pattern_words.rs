//! What is wrong with a pattern, in words that say what to do.

use regex_syntax::ast::ErrorKind;

/// The words for an error of the regular expression's grammar, Chinese and English.
pub(super) fn words(kind: &ErrorKind) -> (&'static str, &'static str) {
    use ErrorKind as E;
    match kind {
        E::GroupUnclosed => (
            "左括号没有配对的右括号；要写括号本身用“\\(”",
            "unclosed group; write “\\(” for the bracket itself",
        ),
        E::GroupUnopened => (
            "右括号没有配对的左括号；要写括号本身用“\\)”",
            "unopened group; write “\\)” for the bracket itself",
        ),
        E::ClassUnclosed => (
            "方括号“[”没有写完；要写方括号本身用“\\[”",
            "unclosed character class; write “\\[” for the bracket itself",
        ),
        E::ClassRangeInvalid => (
            "方括号里的范围前大后小；应从小到大，如“0-9”",
            "a range in brackets runs backwards; write it upwards, as in “0-9”",
        ),
        E::ClassRangeLiteral | E::ClassEscapeInvalid => {
            ("方括号里“-”两边应各是一个字", "“-” in brackets stands between two single characters")
        }
        E::RepetitionMissing => (
            "“?”“*”“+”或“{…}”前面没有可重复的内容；要写符号本身，前面加“\\”",
            "nothing to repeat before “?”, “*”, “+” or “{…}”; put “\\” before a literal sign",
        ),
        E::RepetitionCountUnclosed => (
            "花括号“{”没有写完；次数写作“{2,5}”，要写花括号本身用“\\{”",
            "unclosed repetition; write “{2,5}”, or “\\{” for the brace itself",
        ),
        E::RepetitionCountInvalid => {
            ("次数前大后小；应写作“{2,5}”", "a repetition runs backwards; write “{2,5}”")
        }
        E::RepetitionCountDecimalEmpty | E::DecimalEmpty | E::DecimalInvalid => (
            "花括号里应是次数，如“{2,5}”；要写花括号本身用“\\{”",
            "a number is wanted in braces, as in “{2,5}”; write “\\{” for the brace itself",
        ),
        E::EscapeUnexpectedEof => ("反斜线“\\”后面没有内容", "nothing follows the backslash"),
        E::EscapeUnrecognized => (
            "没有这种反斜线写法；常用的有“\\d”（数字）、“\\s”（空白）、“\\.”（句点）",
            "no such escape; “\\d” is a digit, “\\s” a space, “\\.” a full stop",
        ),
        E::EscapeHexEmpty | E::EscapeHexInvalid | E::EscapeHexInvalidDigit => (
            "字符编号写错了；可以直接写这个字",
            "a code point is written wrongly; write the character itself",
        ),
        E::UnicodeClassInvalid => (
            "“\\p{…}”写错了；汉字写作“\\p{Han}”",
            "“\\p{…}” is written wrongly; Chinese characters are “\\p{Han}”",
        ),
        E::UnsupportedLookAround => (
            "不支持环视“(?=…)”“(?!…)”“(?<=…)”；请改写成直接匹配的形式",
            "look-around “(?=…)”, “(?!…)”, “(?<=…)” is not supported; match directly instead",
        ),
        E::UnsupportedBackreference => {
            ("不支持反向引用“\\1”", "backreferences such as “\\1” are not supported")
        }
        E::FlagDanglingNegation
        | E::FlagDuplicate { .. }
        | E::FlagRepeatedNegation { .. }
        | E::FlagUnexpectedEof
        | E::FlagUnrecognized => (
            "“(?”后面的标志写错了；要写问号本身用“\\?”",
            "the flags after “(?” are wrong; write “\\?” for the sign itself",
        ),
        E::GroupNameDuplicate { .. }
        | E::GroupNameEmpty
        | E::GroupNameInvalid
        | E::GroupNameUnexpectedEof => (
            "分组的名称写错了；一般不需要给分组起名",
            "the name of a group is wrong; groups need no names here",
        ),
        E::NestLimitExceeded(_) | E::CaptureLimitExceeded => {
            ("括号层数或个数过多；请拆成几条", "too many brackets; split it into several patterns")
        }
        _ => (
            "这里的写法不对；要写符号本身，前面加“\\”",
            "not understood here; put “\\” before a literal sign",
        ),
    }
}
