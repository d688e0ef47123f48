//! How to reach the office: telephone, fax, address, postcode, e-mail, web addresses.

use super::phone;
use super::scan::{digit_runs, ends_any, has_any, next_byte, rest, sentence_before, starts_any};
use crate::document::{Document, Zone};
use crate::text::{FoldedSpan, piece};
use std::ops::Range;

/// One way to reach the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// In normal form: `0595-86468502`, `0791-83883736转801`.
    pub value: String,
    /// Where it stands, without its label.
    pub at: FoldedSpan,
    /// Whether a word such as 电话 says what it is.
    pub labelled: bool,
}

/// All ways to reach the office, each as often as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// Telephone numbers.
    pub phones: Vec<Contact>,
    /// Fax numbers; one that is both is a telephone number, too.
    pub faxes: Vec<Contact>,
    /// Postal addresses.
    pub addresses: Vec<Contact>,
    /// Postcodes, even if they are not of six digits.
    pub postcodes: Vec<Contact>,
    /// E-mail addresses, even if what stands behind 邮箱 lacks its `@` or the end of its domain.
    pub emails: Vec<Contact>,
    /// Web addresses, even if malformed.
    pub urls: Vec<Contact>,
}

impl Contacts {
    /// Whether there is no way to reach the office. A web address is where the report is
    /// downloaded, not where someone answers.
    pub fn is_empty(&self) -> bool {
        [&self.phones, &self.faxes, &self.addresses, &self.postcodes, &self.emails]
            .iter()
            .all(|list| list.is_empty())
    }
}

/// Finds how to reach the office that wrote the report.
pub fn contact(document: &Document) -> Contacts {
    const ZONES: &[Zone] = &[Zone::Opening, Zone::Narrative, Zone::Attachment, Zone::Signature];
    let mut contacts = Contacts::default();
    for block in document.blocks.iter().filter(|block| ZONES.contains(&block.zone)) {
        let text = document.text(block.at);
        let found = |value: String, at: Range<usize>, labelled| Contact {
            value,
            at: FoldedSpan::from(at).shift(block.at.start),
            labelled,
        };
        for number in phone::numbers(text) {
            let contact = found(number.value, number.at, number.labelled);
            if number.fax {
                contacts.faxes.push(contact.clone());
            }
            if number.phone {
                contacts.phones.push(contact);
            }
        }
        for at in postcodes(text) {
            contacts.postcodes.push(found(of(text, &at), at, true));
        }
        for at in addresses(text) {
            contacts.addresses.push(found(of(text, &at), at, true));
        }
        for at in emails(text).chain(broken_emails(text)) {
            let labelled = has_any(label_of(text, &at), &["邮箱", "邮件", "mail", "Mail", "MAIL"]);
            contacts.emails.push(found(of(text, &at), at, labelled));
        }
        for at in urls(text) {
            let labelled =
                has_any(label_of(text, &at), &["网址", "网站", "网页", "下载", "地址", "主页"]);
            contacts.urls.push(found(of(text, &at), at, labelled));
        }
    }
    if contacts.addresses.is_empty() {
        let near = contacts.phones.iter().filter_map(|phone| document.block_at(phone.at)).min();
        if let Some(block) = near.map(|index| &document.blocks[index]) {
            let text = document.text(block.at);
            contacts.addresses.extend(unlabelled_address(text).map(|at| Contact {
                value: of(text, &at),
                at: FoldedSpan::from(at).shift(block.at.start),
                labelled: false,
            }));
        }
    }
    contacts
}

/// An address that stands beside the telephone without a label: a street and its number.
fn unlabelled_address(text: &str) -> Option<Range<usize>> {
    const LONGEST: usize = 40;
    text.split([',', '。', ';', '(', ')', '\n', ':', '、']).find_map(|part| {
        let number = part.match_indices('号').find_map(|(at, _)| {
            let before = piece(part, 0, at);
            let street = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
            (street.len() < before.len()
                && street.ends_with(['路', '街', '道', '巷', '弄', '里', '村', '段']))
            .then_some(at)
        });
        number.filter(|_| (5..=LONGEST).contains(&part.chars().count()))?;
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        Some(start..start + part.len())
    })
}

fn of(text: &str, at: &Range<usize>) -> String {
    piece(text, at.start, at.end).to_owned()
}

fn label_of<'t>(text: &'t str, at: &Range<usize>) -> &'t str {
    sentence_before(text, at.start, 36)
}

/// The digits after 邮编 or 邮政编码.
fn postcodes(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    digit_runs(text).filter(|run| {
        let before = piece(text, run.start.saturating_sub(30), run.start);
        let label = before.trim_end_matches([':', '为', '是', '(', ')', ' ', '、', ',', '“', '-']);
        ends_any(label, &["邮编", "邮政编码", "邮政编号", "邮编号", "邮编码"])
    })
}

/// What stands after 地址 up to the next mark or label.
fn addresses(text: &str) -> Vec<Range<usize>> {
    const LABELS: &[&str] = &["地址", "办公地点"];
    const NEXT: &[&str] = &[
        "邮编",
        "邮政编码",
        "电话",
        "联系",
        "传真",
        "电子",
        "邮箱",
        "网址",
        "办公时间",
        "Tel",
        "TEL",
        "E-mail",
        "Email",
        "email",
    ];
    let mut found = Vec::new();
    for label in LABELS.iter().filter(|label| text.contains(**label)) {
        for (at, _) in text.match_indices(label) {
            let before = piece(text, 0, at);
            if ends_any(
                before,
                &[
                    "网", "网站", "邮箱", "邮件", "电子", "信箱", "IP", "下载", "链接", "网络",
                    "登录", "访问", "查询",
                ],
            ) {
                continue;
            }
            let after = rest(text, at + label.len());
            let value = after.trim_start_matches([':', '为', '是', ' ', '在', '“']);
            let marked = value.len() < after.len();
            let kind =
                ends_any(before, &["办公", "通讯", "通信", "联系", "邮寄", "单位", "办公室"]);
            let listed = before.is_empty() || before.ends_with(['(', ',', ';', '\n', '、']);
            if !marked && !kind && !listed {
                continue;
            }
            let mut end = value.find([',', '。', ';', ')', '\n', '|', '”']).unwrap_or(value.len());
            for next in NEXT {
                end = piece(value, 0, end).find(next).unwrap_or(end);
            }
            let mut value = piece(value, 0, end);
            if let Some(number) = phone::numbers(value).first() {
                value = piece(value, 0, number.at.start);
            }
            let value = value.trim_end_matches([' ', '(', ':', '、', '.']);
            let start = value.as_ptr() as usize - text.as_ptr() as usize;
            let place = marked || has_any(value, &["号", "路", "街", "楼", "镇", "村", "大院"]);
            if place && value.chars().filter(|c| !c.is_ascii()).count() >= 2 {
                found.push(start..start + value.len());
            }
        }
    }
    found.sort_by_key(|at| at.start);
    found
}

fn emails(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices('@').filter_map(|(at, _)| {
        let bytes = text.as_bytes();
        let local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
        let start = at - bytes.get(..at)?.iter().rev().take_while(|byte| local(byte)).count();
        let host = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
        let end = at + 1 + bytes.get(at + 1..)?.iter().take_while(|byte| host(byte)).count();
        let name = piece(text, at + 1, end).trim_end_matches(['.', '-']);
        let whole = start < at && name.contains('.') && !name.starts_with('.');
        whole.then_some(start..at + 1 + name.len())
    })
}

/// What stands behind 邮箱 and is no address, though it was meant as one: `qingxi163.com`, `qingxi@163`,
/// `qingxi@163。com`, and the number of a QQ邮箱.
fn broken_emails(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let labels = ["邮箱", "电子邮件", "mail", "Mail", "MAIL"].into_iter();
    let labels = labels.filter(|label| text.contains(*label));
    labels.flat_map(|label| text.match_indices(label)).filter_map(|(at, label)| {
        let (before, after) = (piece(text, 0, at), rest(text, at + label.len()));
        // E-mail is a label, webmail and mailhost are none.
        let letter = |c: char| c.is_ascii_alphanumeric();
        if label.is_ascii() && (before.ends_with(letter) || after.starts_with(letter)) {
            return None;
        }
        let value =
            after.trim_start_matches("地址").trim_start_matches([':', '为', '是', ' ', '(']);
        let start = value.as_ptr() as usize - text.as_ptr() as usize;
        let near = piece(value, 0, 2 * LONGEST_EMAIL);
        // [email protected]: what a page shows to robots.
        if let Some(end) = near.find(']').filter(|_| near.starts_with("[email")) {
            return Some(start..start + end + 1);
        }
        let part = |c: char| c.is_ascii_alphanumeric() || "._%+-@#。".contains(c);
        let foreign = near.contains('@');
        let stop = |c: char| match foreign {
            true => c.is_whitespace() || ",;:、()《》“”|".contains(c),
            false => !part(c),
        };
        let value = piece(near, 0, near.find(stop).unwrap_or(near.len()));
        // A full stop within it stands for a point.
        let ends = |(at, stop): (usize, &str)| {
            let next = rest(value, at + stop.len());
            (!next.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(at)
        };
        let end = value.match_indices('。').find_map(ends);
        let value = piece(value, 0, end.unwrap_or(value.len()));
        let value = value.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let number = (6..=12).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit());
        let known = number && before.ends_with("QQ");
        let meant = value.len() <= LONGEST_EMAIL && is_broken_email(value);
        (known || meant).then(|| start..start + value.len())
    })
}

/// In bytes; what is longer is a sentence.
const LONGEST_EMAIL: usize = 60;

/// Whether the `@`, what stands before it, or the end of the domain is missing, or another mark stands for
/// a point. What is told has a well-known host, or `gov。cn`: the rest may be anything.
fn is_broken_email(value: &str) -> bool {
    const HOSTS: &[&str] = &[
        "163.com",
        "126.com",
        "139.com",
        "189.cn",
        "qq.com",
        "sina.com",
        "sina.cn",
        "sohu.com",
        "yeah.net",
        "foxmail.com",
        "aliyun.com",
        "21cn.com",
        "tom.com",
    ];
    let known = |host: &str| HOSTS.iter().any(|known| known.split('.').next() == Some(host));
    match value.split_once('@') {
        Some(("", host)) => HOSTS.contains(&host),
        Some((local, host)) => {
            known(host) && local.is_ascii()
                || host.contains('。') && host.starts_with(|c: char| c.is_ascii_alphanumeric())
        }
        // my.sina.com, exmail.qq.com are sites.
        None => HOSTS.iter().filter_map(|host| value.strip_suffix(host)).any(|local| {
            let local = local.trim_end_matches(['#', '_']);
            !local.is_empty() && !local.contains('.') && !starts_any(local, &["www", "http"])
        }),
    }
}

/// Web addresses: whatever begins with http or www, and bare names under gov.cn and the like.
fn urls(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(letter) = next_byte(bytes, from, |byte| byte.is_ascii_alphabetic()) {
        let host = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
        let back =
            bytes.get(from..letter).unwrap_or_default().iter().rev().take_while(host).count();
        let part = |byte: &&u8| byte.is_ascii_graphic() && !b"()<>\"',;{}|\\^`[]".contains(byte);
        let forth = bytes.get(letter..).unwrap_or_default().iter().take_while(part).count();
        let run = letter - back..letter + forth;
        from = run.end;
        found.extend(url(text, run));
    }
    found
}

fn url(text: &str, run: Range<usize>) -> Option<Range<usize>> {
    let whole = piece(text, run.start, run.end);
    // A number of an item or a label may be glued to the front: 1.www.x.gov.cn, Web:www.x.gov.cn.
    let cut = ["http", "HTTP", "www.", "WWW."].iter().filter_map(|word| whole.find(word)).min();
    let address =
        rest(whole, cut.unwrap_or(0)).trim_end_matches(['.', ':', '-', '_', '?', '!', '~', '&']);
    let scheme = starts_any(address, &["http", "HTTP", "www.", "WWW."]);
    let host = address.split(['/', ':', '?', '#']).next().unwrap_or(address);
    let official = ends_any(host, &[".gov.cn", ".edu.cn", ".org.cn", ".com.cn", ".gov"]);
    let named = !whole.contains('@') && host.len() > ".gov.cn".len() && official;
    let start = run.start + cut.unwrap_or(0);
    (scheme && address.contains('.') || cut.is_none() && named)
        .then(|| start..start + address.len())
}

#[cfg(test)]
mod tests {
    use super::super::sample::{document, line};
    use super::*;

    fn values(list: &[Contact]) -> String {
        list.iter().map(|contact| contact.value.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn reads_addresses_and_postcodes() {
        for (text, addresses, postcodes) in [
            ("（地址：青溪镇中山街79号，邮编：362312，电话：", "青溪镇中山街79号", "362312"),
            ("办公地址为临川县城东路1号。", "临川县城东路1号", ""),
            ("通讯地址：临川市青山区 1 号 邮政编码：100000", "临川市青山区1号", "100000"),
            ("通信地址:青溪镇政府大院;", "青溪镇政府大院", ""),
            ("联系地址是青溪镇府前路", "青溪镇府前路", ""),
            ("地址：青溪路2号电话：0591-87654321", "青溪路2号", ""),
            ("地址：青溪路2号 0591-87654321", "青溪路2号", ""),
            ("（地址青溪路2号）", "青溪路2号", ""),
            (
                "（临川县青溪路2号县政府206室，电话：0591-87654321）",
                "临川县青溪路2号县政府206室",
                "",
            ),
            ("青溪路2号新建广场，投资3万元。", "", ""),
            ("办公地点：临川大厦3楼", "临川大厦3楼", ""),
            ("邮编36231", "", "36231"),
            ("邮政编码为：３６２３１２", "", "362312"),
            ("邮编（362312）", "", "362312"),
            ("网站地址：http://www.x.gov.cn", "", ""),
            ("电子邮件地址：a@b.cn", "", ""),
            ("按申请人提供的地址邮寄答复", "", ""),
            ("网址为www.x.gov.cn", "", ""),
        ] {
            let found = contact(&line(Zone::Opening, text));
            assert_eq!(
                (values(&found.addresses).as_str(), values(&found.postcodes).as_str()),
                (addresses, postcodes),
                "{text}"
            );
        }
    }

    #[test]
    fn reads_mail_and_web_addresses() {
        for (text, emails, urls) in [
            ("电子邮箱：qingxi@163.com）。", "qingxi@163.com", ""),
            ("邮箱:12345678＠qq.com，", "12345678@qq.com", ""),
            ("E-mail: a.b_c@mail.x.gov.cn.", "a.b_c@mail.x.gov.cn", ""),
            ("邮箱：qingxi@163。", "qingxi@163", ""),
            ("电子邮箱：qingxi163.com，", "qingxi163.com", ""),
            ("E-mail:qingxiqq.com)", "qingxiqq.com", ""),
            (
                "企业邮箱exmail.qq.com登录，邮箱登录入口mailhost.qq.com，邮箱：webmail.163.com",
                "",
                "",
            ),
            ("邮箱：mail@localhost，电子邮件aa@bb群发", "", ""),
            ("邮箱：@qq.com。", "@qq.com", ""),
            ("电子邮箱：qingxi@163。com）", "qingxi@163。com", ""),
            ("QQ邮箱12345678", "12345678", ""),
            ("电子邮箱：[email protected]）", "[email protected]", ""),
            ("电子邮箱：xxgk@qingxi.gov.cn。电话3215566", "xxgk@qingxi.gov.cn", ""),
            ("邮箱xxgk@qingxi.gov.cn接收申请3件，通过邮箱和网站163个", "xxgk@qingxi.gov.cn", ""),
            ("县长信箱、邮箱和微博@清溪发布", "", ""),
            ("邮箱：mail.163.com，邮箱：qingxi@163. com", "qingxi@163.com", ""),
            ("信箱“县长邮箱”12345件", "", ""),
            ("通过邮箱163件", "", ""),
            ("网站（http：//www.qingxi.gov.cn）下载", "", "http://www.qingxi.gov.cn"),
            (
                "网址：https://www.x.gov.cn/a/b.html?id=1。",
                "",
                "https://www.x.gov.cn/a/b.html?id=1",
            ),
            ("登录www.x.gov.cn查询", "", "www.x.gov.cn"),
            ("见qingxi.gov.cn，", "", "qingxi.gov.cn"),
            ("网站<http://x.gov.cn/>下载", "", "http://x.gov.cn/"),
            ("网址：http:/www.x.gov.cn", "", "http:/www.x.gov.cn"),
            ("网址：HTTP://WWW.X.GOV.CN", "", "HTTP://WWW.X.GOV.CN"),
            ("1.www.x.gov.cn", "", "www.x.gov.cn"),
            ("“互联网+政务服务”APP上线v2.0版", "", ""),
            ("邮箱a@x.gov.cn", "a@x.gov.cn", ""),
        ] {
            let found = contact(&line(Zone::Opening, text));
            assert_eq!(
                (values(&found.emails).as_str(), values(&found.urls).as_str()),
                (emails, urls),
                "{text}"
            );
        }
    }

    #[test]
    fn looks_in_the_report_alone_and_keeps_every_place() {
        let found = contact(&document(&[
            (Zone::Notice, "电话：0595-86468501"),
            (Zone::Opening, "电话：0595-86468502，网址 www.x.gov.cn"),
            (Zone::Signature, "电话：0595-86468502"),
            (Zone::Residue, "电话：0595-86468503"),
        ]));
        assert_eq!(values(&found.phones), "0595-86468502 0595-86468502");
        assert_ne!(found.phones[0].at, found.phones[1].at);
    }

    #[test]
    fn places_lead_back_into_the_source() {
        let document =
            line(Zone::Opening, "电话： （０５９１） ８７６５４３２１，网址：http：//www.x.gov.cn");
        let found = contact(&document);
        assert_eq!(document.written(found.phones[0].at), "（０５９１） ８７６５４３２１");
        assert_eq!(document.written(found.urls[0].at), "http：//www.x.gov.cn");
    }

    #[test]
    fn a_web_address_alone_reaches_nobody() {
        let empty = |text| contact(&line(Zone::Opening, text)).is_empty();
        assert!(empty("可在http://www.x.gov.cn下载"));
        assert!(!empty("邮编：362312"));
        assert!(!empty("传真：0595-86468502"));
    }
}
