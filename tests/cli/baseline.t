# The baseline: what is old is silent, what is new is told, what is gone is named.

  $ mkdir 年报; cp faulty.md numbers.md 年报; cd 年报; gouji check --baseline gouji-baseline.json
  error: 基线文件 gouji-baseline.json 读不了：No such file or directory (os error 2)；先用 gouji baseline 建立
  [2]
  $ cd 年报; gouji baseline; cat gouji-baseline.json
  gouji-baseline.json：2 个文件，2 个问题（原有 0 个）
  {
  "version": 1,
  "reports": {
  "faulty.md": [
    {"rule": "format-2021/applications-rows", "fingerprint": "64b5da1a85eeb03d", "place": "三、收到和处理政府信息公开申请情况 › 申请办理 › 不掌握 › 自然人", "text": "10"}
  ],
  "numbers.md": [
    {"rule": "common/heading-numbers", "fingerprint": "8952ef527315e7f7", "place": "一、总体情况 › (六)监督保障情况", "text": "（六）监督保障情况"}
  ]},
  "pairs": {}
  }
  $ cd 年报; gouji check --baseline gouji-baseline.json --fail-on info
  检查报告 2 份：未发现问题；基线已有 2
  $ cd 年报; cp gouji-baseline.json old; gouji baseline; cmp old gouji-baseline.json
  gouji-baseline.json：2 个文件，2 个问题（原有 2 个）
  $ sed -i 's/（六）监督/（五）监督/' 年报/numbers.md; sed -i 's/自2022年1月/自2021年1月/' 年报/faulty.md
  $ gouji check 年报 --baseline 年报/gouji-baseline.json
  error[common/statistics-period] 报告的是2022年度，统计期限却是2021年1月1日至
    2022年12月31日
     ╭─[年报/faulty.md:3:128]
   3 │ …所列数据的统计期限自2021年1月1日起至2022年12月31日止。本报告电子版可在…
     ·                      ──────────────────────────────
     ╰────
    依据: 通行做法与地方格式（国家层面未作规定）：统计期限
          地方标准之例（四川省 DB51/T 2660—2019）2.1
          《中华人民共和国政府信息公开条例》（2019年修订）第六条：“行政机关应当及
          时、准确地公开政府信息。”
    处理: 多半是沿用了往年的文字，请改为2022年，并确认数据是2022年的。
  
  基线中的问题已消失 年报/numbers.md
    common/heading-numbers 一、总体情况 › (六)监督保障情况 › “（六）监督保障情况”
  
  跳过 年报/old：未识别为政府信息公开工作年度报告
  
  检查报告 2 份：错误 1；基线已有 1；基线中已消失 1；跳过 1
  [1]
  $ gouji baseline 年报 --prune --file 年报/gouji-baseline.json
  年报/gouji-baseline.json：1 个文件，1 个问题（原有 2 个）
  $ gouji check 年报 --baseline 年报/gouji-baseline.json --format jsonl | tail -1
  {"summary":{"reports":2,"pairs":0,"error":1,"warning":0,"info":0,"preview":0,"waived":0,"known":1,"gone":0,"fixed":0,"unassessed":0,"skipped":1,"errors":0}}

A run over one file says nothing of the others; a file that is read anew replaces what was known of it.

  $ gouji baseline 年报/faulty.md --file 年报/gouji-baseline.json
  年报/gouji-baseline.json：1 个文件，2 个问题（原有 1 个）
  $ rm 年报/numbers.md; gouji baseline 年报/faulty.md --prune --file 年报/gouji-baseline.json
  年报/gouji-baseline.json：1 个文件，2 个问题（原有 2 个）
  $ gouji check 年报 --baseline 年报/gouji-baseline.json --fail-on info | tail -1
  检查报告 1 份：未发现问题；基线已有 2；跳过 1

What is damaged is no empty baseline, and what could not be checked changes none.

  $ echo '{' > broken.json; gouji check clean.md --baseline broken.json
  error: 基线文件 broken.json:2:0 有误：EOF while parsing an object at line 2 column 0
  [2]
  $ echo '{"version": 7}' > broken.json; gouji check clean.md --baseline broken.json
  error: 基线文件 broken.json 是第 7 版，本程序只读第 1 版；请重新建立
  [2]
  $ gouji baseline clean.md missing.md --file new.json; ls new.json
  failed[not-found] missing.md: 没有这个文件或文件夹；请核对路径
  error: 有文件没有检查完，基线没有改动
  ls: cannot access 'new.json': No such file or directory
  [2]
  $ gouji baseline clean.md --prune --file new.json
  error: 没有基线 new.json，无从删减；先用 gouji baseline 建立
  [2]
  $ gouji baseline clean.md --file no/new.json
  error: 无法写入 no/new.json：No such file or directory (os error 2)
  [2]

The configuration may name it.

  $ printf 'baseline = "base.json"\nfail-on = "info"\n' > gouji.toml; gouji baseline faulty.md numbers.md
  base.json：2 个文件，2 个问题（原有 0 个）
  $ gouji check faulty.md numbers.md
  检查报告 2 份：未发现问题；基线已有 2
  $ gouji check numbers.md --no-baseline | tail -1
  检查报告 1 份：提醒 1
