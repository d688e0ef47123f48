# The options that the other files do not show.

Rules and packs.

  $ gouji check numbers.md --ignore heading-numbers --fail-on info
  检查报告 1 份：未发现问题
  $ gouji check faulty.md --no-builtin
  failed[no-pack] faulty.md：没有适用于2022年度的规则包
  
  没有检查任何报告；未能完成 1
  [2]
  $ gouji check faulty.md --no-builtin --pack common --fail-on never | tail -1
  检查报告 1 份：未发现问题
  $ gouji test --corpus numbers.md common | grep heading-numbers
  100.0%      1       1  common/heading-numbers warning

Other ways to write a report.

  $ gouji convert faulty.md --to text | head -1
  清河县人民政府2022年政府信息公开工作年度报告
  $ gouji convert clean.md --to json | head -c 20
  {
    "version": 1,
    
  $ gouji convert missing.md
  error: missing.md: 没有这个文件或文件夹；请核对路径
  [2]
  $ gouji convert clean.md --to docx
  error: “--to”的值“docx”不可用
    可用：text、markdown、json
    用法见 gouji --help 或 gouji 命令 --help
  [2]

Two years: compared unless it is not wanted; the other one may lie elsewhere.

  $ mkdir years; cp clean.md years/2022.md; sed 's/2023年/次年/g; s/2022年/2023年/g; s/次年/2024年/g' clean.md > years/2023.md
  $ gouji check years --select carried-over --format jsonl | grep -o '"pair":{"organ":"[^"]*","years":[^]]*]'
  "pair":{"organ":"清河县人民政府","years":[2022,2023]
  $ sed -i 's/| 二、上年结转政府信息公开申请数量 |  |  | 5 | 1 |/| 二、上年结转政府信息公开申请数量 |  |  | 6 | 1 |/' years/2023.md
  $ gouji check years --select carried-over | tail -1
  检查报告 2 份：提醒 1
  $ gouji check years --select carried-over --no-compare | tail -1
  检查报告 2 份：未发现问题
  $ gouji check years/2023.md --select carried-over --previous years/2022.md | tail -1
  检查报告 1 份：提醒 1
  $ gouji check years/2023.md --select carried-over --previous missing.md | head -1
  failed[not-found] missing.md：没有这个文件或文件夹；请核对路径
  $ gouji check years/2023.md --previous years/2022.md --no-compare
  error: “--previous”不能和“--no-compare”一起用
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ printf '机关\n清河县人民政府\n清河县教育局\n' > organs.csv; gouji check years --select unfiled-report --expect organs.csv --year 2023 | head -1
  error[common/unfiled-report] 没有找到清河县教育局的2023年度报告
  $ gouji check years --expect missing.csv
  error: --expect missing.csv: No such file or directory (os error 2)
  [2]
  $ gouji baseline years --file years.json; gouji check years --baseline years.json > /dev/null
  years.json：1 个文件，3 个问题（原有 0 个）

Only what git says was changed.

  $ git init -q repository; cp years/2022.md years/2023.md repository; cd repository; git add .; git -c user.name=甲 -c user.email=a@example.com commit -qm 一
  $ cd repository; gouji check --changed
  没有检查任何报告
  $ cd repository; echo >> 2023.md; gouji check --changed --select carried-over | tail -1
  检查报告 1 份：提醒 1
  $ cd repository; gouji check --changed --select carried-over --no-compare
  检查报告 1 份：未发现问题
  $ cd repository; gouji check --changed=nowhere 2> /dev/null
  [2]
  $ cd repository; gouji check --changed --expect ../organs.csv
  error: --expect 要看全部报告，不能和 --changed 一起用
  [2]

The cache.

  $ gouji check clean.md --cache-dir kept; test -e kept || echo 文本不必存放
  检查报告 1 份：未发现问题
  文本不必存放
  $ gouji check clean.md --no-cache
  检查报告 1 份：未发现问题
  $ gouji check clean.md --no-cache --cache-dir kept
  error: “--no-cache”不能和“--cache-dir”一起用
    用法见 gouji --help 或 gouji 命令 --help
  [2]

Outputs are whole or not there.

  $ gouji check faulty.md -o sarif=a.sarif -o html=a.html --format csv | wc -l; ls a.*
  3
  a.html
  a.sarif
  $ gouji check faulty.md -o sarif=no/a.sarif
  error: 无法写入 no/a.sarif: No such file or directory (os error 2)
  [2]
  $ gouji check faulty.md -o sarif=b -o csv=./b; ls b
  error: --output: ./b 写了两次
  ls: cannot access 'b': No such file or directory
  [2]
  $ chmod 755 .; mkdir closed; chmod 555 closed; echo old > closed.csv; chmod 444 closed.csv
  $ cat > ordinary <<'END'
  > if [ $(id -u) = 0 ]; then exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; fi; exec "$@"
  > END
  $ sh ordinary gouji check faulty.md -o csv=closed/a.csv
  error: 无法写入 closed/a.csv: permission denied
  [2]
  $ sh ordinary gouji check faulty.md -o csv=closed.csv; cat closed.csv
  error: 无法写入 closed.csv: permission denied
  old
  $ gouji check faulty.md -o json=/dev/full > /dev/null
  error: 无法写出结果：/dev/full: No space left on device (os error 28)
  [2]
  $ gouji check faulty.md --format sarif | head -c 1
  {
