//! scratch
#[path = "../tests/support/mod.rs"]
mod support;
use support::*;
fn main() {
    let mut f = Figures::default();
    f.applications[12][0] += 1;
    let text = report(&f, Writing::Ruled).replace("统计期限自2022年1月1日起至2022年12月31日止","统计期限自2021年1月1日起至2021年12月31日止").replace("（五）监督保障情况\n\n把政府信息公开纳入年度绩效考核，通过问卷开展社会评议，全年没有需要责任追究的情形。\n","（六）监督保障情况\n\n把政府信息公开纳入年度绩效考核，通过问卷开展社会评议。\n").replace("2023年1月20日","2023年1月");
    std::fs::create_dir_all("docs").unwrap();
    std::fs::write("docs/example.md", text).unwrap();
    std::fs::create_dir_all("/tmp/gen").unwrap();
    for w in WRITINGS {
        std::fs::write(format!("/tmp/gen/{w:?}.txt"), report(&Figures::default(), w)).unwrap();
    }
}
