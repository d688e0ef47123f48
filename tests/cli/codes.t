# Exit codes: 0 done, 1 found, 2 could not be done.

  $ gouji check clean.md
  检查报告 1 份：未发现问题
  $ gouji check faulty.md --min-level error > /dev/null
  [1]
  $ gouji check faulty.md --fail-on never > /dev/null
  $ gouji check numbers.md > /dev/null
  $ gouji check numbers.md --fail-on warning > /dev/null
  [1]
  $ gouji check numbers.md --fail-on info > /dev/null
  [1]
  $ gouji check clean.md --fail-on info > /dev/null
  $ gouji check clean.md missing.md
  failed[not-found] missing.md：没有这个文件或文件夹；请核对路径
  
  检查报告 1 份：未发现问题；未能完成 1
  [2]
  $ gouji check missing.md --fail-on never > /dev/null
  [2]
  $ gouji check clean.md --select numbers 2>&1 | tail -1
  error: 没有“numbers”这条规则或规则包；用 gouji rules 列出全部规则
  $ gouji check '*.nothing'
  failed[not-found] *.nothing：没有文件符合这个通配符
  
  没有检查任何报告；未能完成 1
  [2]
  $ mkdir empty; gouji check empty
  failed[no-report] 没有找到年度报告；请核对路径，确实没有时加 --allow-empty
  
  没有检查任何报告；未能完成 1
  [2]
  $ gouji check empty --allow-empty
  没有检查任何报告
  $ echo '# 说明' > empty/README.md; gouji check empty --allow-empty
  跳过 empty/README.md：未识别为政府信息公开工作年度报告
  
  没有检查任何报告；跳过 1
  $ gouji check empty --strict
  failed[not-a-report] empty/README.md：未识别为政府信息公开工作年度报告
  
  没有检查任何报告；未能完成 1
  [2]
  $ gouji check empty/README.md
  failed[not-a-report] empty/README.md：未识别为政府信息公开工作年度报告
  
  没有检查任何报告；未能完成 1
  [2]
  $ gouji check - < clean.md
  检查报告 1 份：未发现问题
  $ gouji check - --stdin-filename 甲县.md < faulty.md | grep -c 甲县.md
  1
  $ gouji check - < /dev/null
  failed[empty] <stdin>：文件是空的
  
  没有检查任何报告；未能完成 1
  [2]

Doubts fail a run only if that is asked for.

  $ sed 's/| 61 | 9 |/|  | 9 |/' clean.md > doubt.md
  $ gouji check doubt.md --fail-on never | tail -1
  检查报告 1 份：未发现问题；无法判定 2（--show-unassessed 可查看）
  $ gouji check doubt.md --fail-on never --fail-on-unassessed > /dev/null
  [1]
  $ gouji check doubt.md --fail-on never --show-unassessed | grep -c '^unassessed'
  2

The kind of body, the year, the encoding and the day may be told.

  $ gouji check clean.md --year 2024 --fail-on never --format jsonl | grep -o '"year":[0-9]*'
  "year":2024
  $ gouji check clean.md --body township --format jsonl | grep -o '"body":"[a-z]*"'
  "body":"township"
  $ iconv -f utf-8 -t gb18030 clean.md > gb.md; gouji check gb.md --encoding gbk --format jsonl | grep -o '"encoding":"[^"]*"'
  "encoding":"gb18030"
  $ gouji check gb.md --encoding utf-8
  failed[undecodable] gb.md：按 UTF-8 解码，在第 0 字节处出错；请用 --encoding
    指明编码，或另存为 UTF-8
  
  没有检查任何报告；未能完成 1
  [2]
  $ gouji check clean.md --as-of 2022-06-01 > /dev/null
