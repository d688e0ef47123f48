# Waivers.

  $ mkdir 2022; cp numbers.md faulty.md 2022; touch gouji.toml
  $ cat > gouji-waivers.toml <<'END'
  > [[waiver]]
  > rule = "heading-numbers"
  > paths = ["2022/numbers.md"]
  > reason = "报告已经公布"
  > by = "甲县政务公开办 张三"
  > expires = 2026-12-31
  > END
  $ gouji check 2022/numbers.md --fail-on info --as-of 2026-06-01
  检查报告 1 份：未发现问题；已豁免 1
  $ gouji check 2022/numbers.md --fail-on info --as-of 2026-06-01 --format jsonl | grep -o '"waived":{[^}]*}'
  "waived":{"reason":"报告已经公布","by":"甲县政务公开办 张三","expires":"2026-12-31"}
  $ gouji check 2022/numbers.md --fail-on info --as-of 2026-06-01 --no-waivers > /dev/null
  [1]
  $ gouji check 2022/numbers.md --fail-on warning --as-of 2027-01-01
  warning[common/heading-numbers] 标题“（六）监督保障情况”之前缺序号（五）
      ╭─[2022/numbers.md:23:1]
   23 │ （六）监督保障情况
      · ──────────────────
      ╰────
      ╭─[2022/numbers.md:19:1]
   19 │ （四）平台建设情况
      · ─────────┬────────
      ·          ╰── 前一个标题
      ╰────
    依据: GB/T 9704—2012《党政机关公文格式》7.3.3
    处理: 改正序号；如果漏了一段内容，请补上。
  
  warning[gouji/expired-waiver] 豁免已于2026-12-31到期，所豁免的问题重新计入
     ╭─[gouji-waivers.toml:2:8]
   2 │ rule = "heading-numbers"
     ·        ─────────────────
     ╰────
    处理: 改正报告后删去这一条，或者由负责人重新决定并改写到期日。
  
  检查报告 1 份：提醒 2
  [1]

One that is not needed is told of, once all files that it is for were read.

  $ cat >> gouji-waivers.toml <<'END'
  > [[waiver]]
  > fingerprint = "0123456789abcdef"
  > reason = "数字已核实"
  > by = "李四"
  > [[waiver]]
  > rule = "statistics-period"
  > paths = ["2022/faulty.md"]
  > reason = "学年"
  > by = "李四"
  > END
  $ gouji check 2022/numbers.md --as-of 2026-06-01
  检查报告 1 份：未发现问题；已豁免 1
  $ gouji check 2022/faulty.md --as-of 2026-06-01 --min-level warning | grep -A2 unused
  warning[gouji/unused-waiver] 没有问题需要这一条豁免
      ╭─[gouji-waivers.toml:12:8]
   12 │ rule = "statistics-period"
  $ gouji check --as-of 2026-06-01 --min-level warning | grep -c unused
  2

A waiver needs a reason, a name, and something to waive.

  $ printf '[[waiver]]\nexpires = 2026-13-01\n' > gouji-waivers.toml; gouji check clean.md
  error[config] TOML 语法有误：invalid date, expected month between 01 and 12
     ╭─[gouji-waivers.toml:2:11]
   2 │ expires = 2026-13-01
     ·           ──────────
     ╰────
  [2]
  $ printf '[[waiver]]\nreason = " "\nruel = "x"\nexpires = "soon"\n' > gouji-waivers.toml; gouji check clean.md
  error[config] 要写明豁免什么：rule、paths、fingerprint 至少一项
     ╭─[gouji-waivers.toml:1:1]
   1 │ [[waiver]]
     · ──────────
     ╰────
  
  error[config] 缺少“by”，请补上
     ╭─[gouji-waivers.toml:1:1]
   1 │ [[waiver]]
     · ──────────
     ╰────
  
  error[config] 不能是空的
     ╭─[gouji-waivers.toml:2:10]
   2 │ reason = " "
     ·          ───
     ╰────
  
  error[config] 没有“ruel”这一项，是否想写“rule”？
     ╭─[gouji-waivers.toml:3:1]
   3 │ ruel = "x"
     · ────
     ╰────
  
  error[config] 应为 2024-01-31 这样的日期
     ╭─[gouji-waivers.toml:4:11]
   4 │ expires = "soon"
     ·           ──────
     ╰────
  [2]
  $ printf '[[waiver]]\nrule = "heading-numberz"\nreason = "一"\nby = "二"\n' > gouji-waivers.toml; gouji check clean.md
  error[config] 没有“heading-numberz”这条规则或规则包，是否想写
    “heading-numbers”？
     ╭─[gouji-waivers.toml:2:8]
   2 │ rule = "heading-numberz"
     ·        ─────────────────
     ╰────
  [2]
  $ gouji check clean.md --waivers nowhere.toml
  error[config] 读不了：No such file or directory (os error 2)
     ╭─[nowhere.toml:1:1]
   1 │
     · ▲
     ╰────
  [2]
  $ gouji check clean.md --no-waivers
  检查报告 1 份：未发现问题
