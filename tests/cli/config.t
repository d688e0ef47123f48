# The configuration.

  $ gouji init
  已写入 gouji.toml。改好之后用 gouji config 核对；已经公布的报告有旧问题的，用 gouji baseline 记下来。
  $ gouji init
  error: 已经有 gouji.toml；要覆盖就加 --force
  [2]
  $ gouji init --force --lang en
  Wrote gouji.toml. Check it with gouji config; record old findings with gouji baseline.
  $ gouji init nowhere
  error: 无法写入 nowhere/gouji.toml：No such file or directory (os error 2)
  [2]
  $ gouji check clean.md
  检查报告 1 份：未发现问题
  $ gouji config | head -4
  # gouji.toml
  fail-on = "error"  # 默认
  fail-on-unassessed = false  # 默认
  min-level = "info"  # 默认

Values come from the command line, the file, and the defaults, in this order.

  $ cat > gouji.toml <<'END'
  > fail-on = "warning"
  > min-level = "warning"
  > exclude = ["faulty.md"]
  > as-of = 2023-03-01
  > jobs = 2
  > 
  > [[levels]]
  > rule = "common/heading-numbers"
  > level = "error"
  > paths = ["numbers.md"]
  > reason = "公布前必须改正"
  > 
  > [limits]
  > lines = 5000
  > END
  $ gouji config --fail-on info --year 2022
  # gouji.toml
  fail-on = "info"  # 命令行
  fail-on-unassessed = false  # 默认
  min-level = "warning"  # gouji.toml:2
  strict = false  # 默认
  allow-empty = false  # 默认
  include = []  # 默认
  exclude = ["faulty.md"]  # gouji.toml:3
  year = 2022  # 命令行
  # body  # 没有设定
  # encoding  # 没有设定
  as-of = 2023-03-01  # gouji.toml:4
  packs = []  # 默认
  pack = []  # 默认
  select = []  # 默认
  ignore = []  # 默认
  lang = "zh"  # 默认
  jobs = 2  # gouji.toml:5
  cache-dir = "$PWD/.cache"  # GOUJI_CACHE_DIR
  no-cache = false  # 默认
  # baseline  # 没有设定
  # waivers  # 没有设定
  
  [[levels]]  # gouji.toml:8
  rule = "common/heading-numbers"
  level = "error"
  paths = ["**/numbers.md"]
  reason = "公布前必须改正"
  
  [limits]  # gouji.toml:13
  bytes = 8388608
  lines = 5000
  headings = 5000
  cells = 100000
  $ gouji check
  error[common/heading-numbers] 标题“（六）监督保障情况”之前缺序号（五）
      ╭─[numbers.md:23:1]
   23 │ （六）监督保障情况
      · ──────────────────
      ╰────
      ╭─[numbers.md:19:1]
   19 │ （四）平台建设情况
      · ─────────┬────────
      ·          ╰── 前一个标题
      ╰────
    依据: GB/T 9704—2012《党政机关公文格式》7.3.3
    处理: 改正序号；如果漏了一段内容，请补上。
  
  检查报告 2 份：错误 1
  [1]
  $ gouji check --no-config --fail-on never | tail -1
  检查报告 3 份：错误 1，提醒 1
  $ mkdir -p sub/dir; cp clean.md sub/dir; cd sub; gouji config | head -2
  # $PWD/gouji.toml
  fail-on = "warning"  # $PWD/gouji.toml:1
  $ cp gouji.toml other.toml; gouji config --config other.toml | head -1
  # other.toml
  $ gouji check clean.md --config nowhere.toml
  error[config] 读不了：No such file or directory (os error 2)
     ╭─[nowhere.toml:1:1]
   1 │
     · ▲
     ╰────
  [2]

A level may be turned off, for some files or for all; the last entry holds.

  $ cat > gouji.toml <<'END'
  > [[levels]]
  > rule = "common"
  > level = "off"
  > reason = "只看数据"
  > [[levels]]
  > rule = "heading-numbers"
  > level = "info"
  > paths = ["sub"]
  > reason = "草稿"
  > END
  $ gouji check numbers.md
  检查报告 1 份：未发现问题
  $ cp numbers.md sub; gouji check sub/numbers.md | head -2
  info[common/heading-numbers] 标题“（六）监督保障情况”之前缺序号（五）
      ╭─[sub/numbers.md:23:1]

Every fault is told, with its place.

  $ cat > gouji.toml <<'END'
  > fial-on = "error"
  > fail-on = "eror"
  > year = 22
  > strict = "yes"
  > exclude = ["a["]
  > as-of = "2024-02-30"
  > [limits]
  > bytes = 100000000
  > [[levels]]
  > rule = "x"
  > level = "fatal"
  > END
  $ gouji check clean.md
  error[config] 没有“fial-on”这一项，是否想写“fail-on”？
     ╭─[gouji.toml:1:1]
   1 │ fial-on = "error"
     · ───────
     ╰────
  
  error[config] 没有“eror”这一项，是否想写“error”？
     ╭─[gouji.toml:2:11]
   2 │ fail-on = "eror"
     ·           ──────
     ╰────
  
  error[config] 应在 1990 到 2099 之间
     ╭─[gouji.toml:3:8]
   3 │ year = 22
     ·        ──
     ╰────
  
  error[config] 此处应为 true 或 false
     ╭─[gouji.toml:4:10]
   4 │ strict = "yes"
     ·          ─────
     ╰────
  
  error[config] 通配符“a[”有误：invalid range pattern
     ╭─[gouji.toml:5:12]
   5 │ exclude = ["a["]
     ·            ────
     ╰────
  
  error[config] 应为 2024-01-31 这样的日期
     ╭─[gouji.toml:6:9]
   6 │ as-of = "2024-02-30"
     ·         ────────────
     ╰────
  
  error[config] 应在 1 到 8388608 之间，gouji 最多只读这么大
     ╭─[gouji.toml:8:9]
   8 │ bytes = 100000000
     ·         ─────────
     ╰────
  
  error[config] 缺少“reason”，请补上
     ╭─[gouji.toml:9:1]
   9 │ [[levels]]
     · ──────────
     ╰────
  
  error[config] 没有“fatal”这一项；可用：error、warning、info、off
      ╭─[gouji.toml:11:9]
   11 │ level = "fatal"
      ·         ───────
      ╰────
  [2]
  $ printf 'year = \nlang = "zh"\nlang = "en"\n' > gouji.toml; gouji check clean.md
  error[config] TOML 语法有误：string values must be quoted, expected literal
    string
     ╭─[gouji.toml:1:8]
   1 │ year =
     ·        ▲
     ╰────
  
  error[config] TOML 语法有误：duplicate key
     ╭─[gouji.toml:3:1]
   3 │ lang = "en"
     · ────
     ╰────
  [2]
  $ printf 'ignore = ["heading-numberz"]\n' > gouji.toml; gouji check clean.md
  error[config] 没有“heading-numberz”这条规则或规则包，是否想写
    “heading-numbers”？
     ╭─[gouji.toml:1:10]
   1 │ ignore = ["heading-numberz"]
     ·          ───────────────────
     ╰────
  [2]
  $ printf '[limits]\nlines = 50\n' > gouji.toml; gouji check clean.md
  failed[limit] clean.md：文件过大：行数超过 50；年度报告不会这么大
  
  没有检查任何报告；未能完成 1
  [2]
  $ printf 'lang = "en"\n' > gouji.toml; gouji check clean.md; gouji check clean.md --lang zh
  1 report checked: nothing found
  检查报告 1 份：未发现问题
  $ rm gouji.toml

One run goes by one configuration.

  $ mkdir one two; touch one/gouji.toml; cp clean.md one; cp clean.md two; gouji check one two
  error: one 和 two 不属于同一份配置（one/gouji.toml；没有）；请分别检查，或用 --config 指明、用 --no-config 不用配置
  [2]
  $ gouji check one two --no-config
  检查报告 2 份：未发现问题
