//! What kind of body an organ is, by its name: the last unit of the name decides.

use super::scan::{ends_any, has_any, starts_any, without_bracket};

/// The kind of body that reports; deadlines and duties hang on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Body {
    /// The State Council, its ministries and agencies.
    Central,
    /// The government of a province, an autonomous region or a municipality under the centre.
    Provincial,
    /// The government of a city; a 市 of unknown rank is one.
    Municipal,
    /// The government of a county, a district or a banner.
    County,
    /// The government of a township (乡, 镇).
    Township,
    /// A subdistrict (街道), which is an agency of the county's government.
    Subdistrict,
    /// The committee that runs a development zone: neither a government nor one's department.
    Zone,
    /// A department or agency of a local government.
    Department,
    /// A school, a hospital, a company, a village.
    Other,
}

impl Body {
    /// All kinds, the highest first.
    pub const ALL: &'static [Self] = &[
        Self::Central,
        Self::Provincial,
        Self::Municipal,
        Self::County,
        Self::Township,
        Self::Subdistrict,
        Self::Zone,
        Self::Department,
        Self::Other,
    ];

    /// The words for all kinds, in the same order.
    pub const WORDS: &'static [&'static str] = &[
        "central",
        "provincial",
        "municipal",
        "county",
        "township",
        "subdistrict",
        "zone",
        "department",
        "other",
    ];

    /// The word for it in rules and in JSON.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The word for it in output, whose list of kinds is fixed: a zone's committee is an agency
    /// of the government that set it up.
    pub fn published(self) -> &'static str {
        if self == Self::Zone { Self::Department.word() } else { self.word() }
    }

    /// The kind that `word` stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|body| body.word() == word)
    }

    /// The kind of the organ called `name` (folded).
    pub fn of(name: &str) -> Option<Self> {
        let name = without_bracket(name.trim());
        if is_central(name) {
            return Some(Self::Central);
        }
        if let Some(territory) = government_of(name) {
            return territory_kind(territory);
        }
        // The office of a township's government speaks for the township; that of a county or a
        // city is one of its departments.
        if let Some(master) = master_of_office(name)
            && let Some(kind @ (Self::Township | Self::Subdistrict)) = territory_kind(master)
        {
            return Some(kind);
        }
        if is_zone_committee(name) {
            return Some(Self::Zone);
        }
        longest_suffix(name, ORGANS).max(longest_suffix(name, TERRITORIES)).map(|(_, kind)| kind)
    }
}

/// Kinds with the endings that show them.
type Suffixes = &'static [(Body, &'static str)];

const TERRITORIES: Suffixes = &[
    (Body::Provincial, "省 自治区 特别行政区 北京市 上海市 天津市 重庆市"),
    (Body::Municipal, "市 州 盟 地区"),
    (Body::County, "县 区 旗"),
    (Body::Township, "镇 乡 苏木"),
    (Body::Subdistrict, "街道 街道办 办事处"),
    // A development zone is run by a committee, not by a government of its own.
    (
        Body::Zone,
        "开发区 高新区 园区 示范区 保税区 保税港区 风景区 景区 名胜区 保护区 度假区 合作区 试验区 实验区 \
         管理区 工业区 产业区 集聚区 功能区 科技城",
    ),
];

const ORGANS: Suffixes = &[
    (
        Body::Department,
        "局 委 委员会 办公室 办公厅 办 厅 中心 院 所 队 处 站 署 会 部 科 海关 海关关区 系统 馆 台 社 行 组 室 基地 指挥部",
    ),
    (
        Body::Other,
        "大学 学院 学校 中学 小学 高中 初中 党校 职校 中专 幼儿园 中心校 医院 卫生院 保健院 公司 集团 银行 \
         农场 林场 社区 村 村委会 居委会 社区居委会 村民委员会 居民委员会",
    ),
];

/// 管委会 of a zone; 城市管理委员会 and 国有资产监督管理委员会 are departments.
fn is_zone_committee(name: &str) -> bool {
    const COMMITTEES: &[&str] = &["管理委员会", "管委会", "管委"];
    let zone = COMMITTEES.iter().find_map(|word| name.strip_suffix(word));
    zone.is_some_and(|zone| ends_any(zone, &["区", "园", "港", "新城", "科技城", "山", "岛"]))
}

fn longest_suffix(name: &str, suffixes: Suffixes) -> Option<(usize, Body)> {
    let all =
        suffixes.iter().flat_map(|(kind, words)| words.split(' ').map(move |word| (word, *kind)));
    all.filter(|(word, _)| name.ends_with(word)).map(|(word, kind)| (word.len(), kind)).max()
}

fn territory_kind(name: &str) -> Option<Body> {
    longest_suffix(name, TERRITORIES).map(|(_, kind)| kind)
}

fn government_of(name: &str) -> Option<&str> {
    let territory = name.strip_suffix("人民政府").or_else(|| name.strip_suffix("政府"))?;
    (!territory.is_empty()).then_some(territory)
}

/// `青溪镇` for 青溪镇人民政府办公室, 青溪镇党政办, 青溪镇党委.
fn master_of_office(name: &str) -> Option<&str> {
    const OFFICES: &[&str] = &["办公室", "办公厅", "办", "党工委", "工委", "党委", "委员会"];
    const ABOUT: &[&str] = &[
        "党政",
        "综合",
        "党建",
        "党群",
        "政务公开",
        "政务",
        "人民政府",
        "政府",
        "党委",
        "党工委",
        "中共",
        "和",
        "、",
    ];
    let mut master = OFFICES.iter().find_map(|office| name.strip_suffix(office))?;
    while let Some(shorter) = ABOUT.iter().find_map(|word| master.strip_suffix(word)) {
        master = shorter;
    }
    Some(master)
}

fn is_central(name: &str) -> bool {
    const NAMES: &str = "外交部 国防部 教育部 科技部 科学技术部 工业和信息化部 公安部 民政部 司法部 财政部 \
        人力资源和社会保障部 人力资源社会保障部 自然资源部 国土资源部 生态环境部 环境保护部 住房和城乡建设部 \
        住房城乡建设部 交通运输部 铁道部 水利部 农业农村部 农业部 商务部 文化部 文化和旅游部 卫生部 \
        退役军人事务部 退役军人部 应急管理部 应急部 监察部 审计署 海关总署 中国人民银行 中国气象局 中国地震局 \
        中国民用航空局 中国民航局 中国科学院 中国工程院 中国社会科学院";
    if starts_any(name, &["国务院", "中共中央"]) || NAMES.split(' ').any(|known| known == name)
    {
        return true;
    }
    // 国家税务总局甲市税务局 is a local office.
    if has_any(name, &["省", "市", "县", "区", "镇", "乡", "州", "盟", "旗"]) {
        return false;
    }
    starts_any(name, &["国家"]) && ends_any(name, &["局", "署", "委员会", "委", "办公室", "中心"])
        || starts_any(name, &["中国", "全国"]) && ends_any(name, &["会"])
        || starts_any(name, &["中华人民共和国"])
            && ends_any(name, &["部", "总署", "总局", "审计署", "委员会"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_unit_of_a_name_decides() {
        for (name, kind) in [
            ("青溪镇", "township"),
            ("临川县青溪镇人民政府", "township"),
            ("青溪镇政府", "township"),
            ("青溪镇人民政府办公室", "township"),
            ("青溪镇党政综合办公室", "township"),
            ("青溪镇党委", "township"),
            ("石桥乡", "township"),
            ("石桥回族乡人民政府", "township"),
            ("白音苏木人民政府", "township"),
            ("城东街道", "subdistrict"),
            ("城东街道办事处", "subdistrict"),
            ("临川市城东街道办事处党政办公室", "subdistrict"),
            ("城东街道党工委", "subdistrict"),
            ("临川县水利局", "department"),
            ("临川县水利局(河长办公室)", "department"),
            ("青溪镇(原石桥乡)", "township"),
            ("临川市政府办公室", "department"),
            ("临川市人民政府办公室", "department"),
            ("临江省人民政府办公厅", "department"),
            ("临川市发展和改革委员会", "department"),
            ("临川市卫健委", "department"),
            ("临江省财政厅", "department"),
            ("临川县政务服务中心", "department"),
            ("临川市中级人民法院", "department"),
            ("临川县公安局交通警察大队", "department"),
            ("临川市消防救援支队", "department"),
            ("临川经济技术开发区管委会", "zone"),
            ("临川经济技术开发区管理委员会", "zone"),
            ("临川经济技术开发区", "zone"),
            ("临川县人民政府石桥管理区管委会", "zone"),
            ("临川市滨海新区管理委员会", "zone"),
            ("临川经济技术开发区财政局", "department"),
            ("临川市城市管理委员会", "department"),
            ("临川市国有资产监督管理委员会", "department"),
            ("临川市政府研究室", "department"),
            ("国家税务总局临川市税务局", "department"),
            ("国家统计局临江调查总队", "department"),
            ("青溪镇财政所", "department"),
            ("临川海关关区", "department"),
            ("临川市城关区", "county"),
            ("临江省税务系统", "department"),
            ("中共临川县委宣传部", "department"),
            ("临江省人民政府", "provincial"),
            ("临江自治区人民政府", "provincial"),
            ("北京市", "provincial"),
            ("重庆市人民政府", "provincial"),
            ("临川市人民政府", "municipal"),
            ("临川市", "municipal"),
            ("临川自治州人民政府", "municipal"),
            ("北京市青山区", "county"),
            ("北京市青山区人民政府", "county"),
            ("临川县", "county"),
            ("临川自治县人民政府", "county"),
            ("临川旗人民政府", "county"),
            ("青山新区", "county"),
            ("国务院办公厅", "central"),
            ("国家税务总局", "central"),
            ("国家林业和草原局", "central"),
            ("教育部", "central"),
            ("中国证券监督管理委员会", "central"),
            ("中华人民共和国海关总署", "central"),
            ("临川大学", "other"),
            ("临川职业技术学院", "other"),
            ("临川县第一中学", "other"),
            ("临川市第一人民医院", "other"),
            ("青溪镇中心卫生院", "other"),
            ("临川城市建设集团有限公司", "other"),
            ("乌兰察布", "none"),
            ("", "none"),
        ] {
            assert_eq!(Body::of(name).map_or("none", Body::word), kind, "{name}");
        }
    }

    #[test]
    fn every_kind_has_a_word_of_its_own() {
        for body in Body::ALL {
            assert_eq!(Body::from_word(body.word()), Some(*body));
        }
        assert_eq!(Body::from_word("village"), None);
    }
}
