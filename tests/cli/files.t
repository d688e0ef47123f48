# Which files are read.

  $ mkdir -p 2022/县 .隐; cp clean.md 2022/县/甲.md; cp faulty.md 2022/乙.md; cp faulty.md .隐/丙.md
  $ gouji check 2022 --min-level error --format jsonl | grep -o '"path":"2022[^"]*md"'
  "path":"2022/乙.md"
  "path":"2022/县/甲.md"
  $ gouji check '2022/*/*.md'
  检查报告 1 份：未发现问题
  $ gouji check 2022 --exclude 乙.md
  检查报告 1 份：未发现问题
  $ gouji check 2022 --include '2022/县/**'
  检查报告 1 份：未发现问题
  $ gouji check 2022/乙.md --exclude 乙.md | tail -1
  检查报告 1 份：错误 1
  $ gouji check 2022/乙.md --exclude 乙.md --force-exclude --allow-empty
  没有检查任何报告
  $ echo 乙.md > 2022/.gitignore; gouji check 2022; rm 2022/.gitignore
  检查报告 1 份：未发现问题
  $ echo 乙.md > 2022/.ignore; gouji check 2022; rm 2022/.ignore
  检查报告 1 份：未发现问题
  $ printf '2022/县/甲.md\nclean.md\n' > list; gouji check --files-from list
  检查报告 2 份：未发现问题
  $ find 2022/县 -name '*.md' -print0 | gouji check --files-from -
  检查报告 1 份：未发现问题
  $ gouji check --files-from nowhere
  error: 无法读取 --files-from nowhere: No such file or directory (os error 2)
  [2]
  $ echo missing.md | gouji check --files-from -
  failed[not-found] missing.md：没有这个文件或文件夹；请核对路径
  
  没有检查任何报告；未能完成 1
  [2]
  $ gouji check 2022/县/甲.md ./2022/县//甲.md 2022/县
  检查报告 2 份：未发现问题
  $ gouji check 2022/县 --jobs 1
  检查报告 1 份：未发现问题
  $ gouji check 2022/县 --jobs 8
  检查报告 1 份：未发现问题

Links, folders, pipes and devices.

  $ ln -s nowhere.md dangling.md; gouji check dangling.md
  failed[unreadable] dangling.md：无法读取：链接指向的文件不存在
  
  没有检查任何报告；未能完成 1
  [2]
  $ mkdir -p loop/in; ln -s .. loop/in/up; cp clean.md loop/in; gouji check loop
  error[format-2021/applications-rows] “1.本机关不掌握相关政府信息”一行：各类申
    请人合计 14 件，总计填 13 件，差 1 件
      ╭─[loop/up/2022/乙.md:70:33]
   70 │ …供 | 1.本机关不掌握相关政府信息 | 10 | 2 | 1 | 0 | 1 | 0 | 13 |
      ·                                    ─┬   ┬   ┬   ┬   ┬   ┬   ─┬
      ·                                     │   │   │   │   │   │    ╰── 总计 13
      ·                                     │   │   │   │   │   ╰── 其他 0
      ·                                     │   │   │   │   ╰── 法律服务机构 1
      ·                                     │   │   │   ╰── 社会公益组织 0
      ·                                     │   │   ╰── 科研机构 1
      ·                                     │   ╰── 商业企业 2
      ·                                     ╰── 应为 9
      ╰────
    有关的数（行:列）
    81:17  办理总计         61
    60:28  予以公开         20
    61:40  部分公开          4
    62:27  国家秘密          1
    63:26  禁止公开          0
    64:24  三安全一稳定      0
    65:23  第三方权益        2
    66:24  内部事务          1
    67:23  过程性信息        2
    68:22  执法案卷          0
    69:22  查询事项          3
    71:26  需另行制作        1
    72:25  补正不明          2
    73:30  信访举报投诉      6
    74:18  重复申请          3
    75:23  公开出版物        0
    76:25  反复申请          1
    77:32  确认或重新出具    1
    78:52  逾期不补正        2
    79:49  逾期不缴费        0
    80:16  其余处理          3
    依据: 国办公开办函〔2021〕30号《中华人民共和国政府信息公开工作年度报告格式》表
          三
          《中华人民共和国政府信息公开条例》（2019年修订）第六条：“行政机关应当及
          时、准确地公开政府信息。”
    处理: 这一格改为 9，行和列的各个等式就都成立。核对这一行七个数；每件申请只归入
          一类申请人。
  
  error[format-2021/applications-rows] “1.本机关不掌握相关政府信息”一行：各类申
    请人合计 14 件，总计填 13 件，差 1 件
      ╭─[loop/up/faulty.md:70:33]
   70 │ …供 | 1.本机关不掌握相关政府信息 | 10 | 2 | 1 | 0 | 1 | 0 | 13 |
      ·                                    ─┬   ┬   ┬   ┬   ┬   ┬   ─┬
      ·                                     │   │   │   │   │   │    ╰── 总计 13
      ·                                     │   │   │   │   │   ╰── 其他 0
      ·                                     │   │   │   │   ╰── 法律服务机构 1
      ·                                     │   │   │   ╰── 社会公益组织 0
      ·                                     │   │   ╰── 科研机构 1
      ·                                     │   ╰── 商业企业 2
      ·                                     ╰── 应为 9
      ╰────
    有关的数（行:列）
    81:17  办理总计         61
    60:28  予以公开         20
    61:40  部分公开          4
    62:27  国家秘密          1
    63:26  禁止公开          0
    64:24  三安全一稳定      0
    65:23  第三方权益        2
    66:24  内部事务          1
    67:23  过程性信息        2
    68:22  执法案卷          0
    69:22  查询事项          3
    71:26  需另行制作        1
    72:25  补正不明          2
    73:30  信访举报投诉      6
    74:18  重复申请          3
    75:23  公开出版物        0
    76:25  反复申请          1
    77:32  确认或重新出具    1
    78:52  逾期不补正        2
    79:49  逾期不缴费        0
    80:16  其余处理          3
    依据: 国办公开办函〔2021〕30号《中华人民共和国政府信息公开工作年度报告格式》表
          三
          《中华人民共和国政府信息公开条例》（2019年修订）第六条：“行政机关应当及
          时、准确地公开政府信息。”
    处理: 这一格改为 9，行和列的各个等式就都成立。核对这一行七个数；每件申请只归入
          一类申请人。
  
  warning[common/heading-numbers] 标题“（六）监督保障情况”之前缺序号（五）
      ╭─[loop/up/numbers.md:23:1]
   23 │ （六）监督保障情况
      · ──────────────────
      ╰────
      ╭─[loop/up/numbers.md:19:1]
   19 │ （四）平台建设情况
      · ─────────┬────────
      ·          ╰── 前一个标题
      ╰────
    依据: GB/T 9704—2012《党政机关公文格式》7.3.3
    处理: 改正序号；如果漏了一段内容，请补上。
  
  跳过 loop/up/dangling.md：无法读取：链接指向的文件不存在
  跳过 loop/up/list：未识别为政府信息公开工作年度报告
  
  检查报告 7 份：错误 2，提醒 1；跳过 2
  [1]
  $ mkdir folder.md; gouji check folder.md --allow-empty
  没有检查任何报告
  $ cat clean.md | gouji check /dev/stdin | tail -1
  检查报告 1 份：未发现问题
  $ name=$(printf '\346\212\245\377.md'); cp clean.md "$name"; gouji check "$name" | tail -1
  检查报告 1 份：未发现问题

Forty folders deep.

  $ deep=$(printf '层/%.0s' $(seq 40)); mkdir -p deep/$deep; cp clean.md deep/$deep; gouji check deep
  检查报告 1 份：未发现问题

Ten thousand files, one of them faulty.

  $ mkdir many; head -30 clean.md > short; for n in $(seq 10000); do echo many/$n.txt; done | xargs -n 1000 touch
  $ cp faulty.md many/5000.txt; gouji check many --min-level error --format jsonl | tail -1
  {"summary":{"reports":1,"pairs":0,"error":1,"warning":0,"info":0,"preview":0,"waived":0,"known":0,"gone":0,"fixed":0,"unassessed":0,"skipped":9999,"errors":0}}

What cannot be written is told; a closed pipe is no failure.

  $ gouji check clean.md > /dev/full
  error: 无法写出结果：No space left on device (os error 28)
  [2]
  $ gouji check faulty.md --format json > /dev/full
  error: 无法写出结果：No space left on device (os error 28)
  [2]
  $ gouji check 2022 --fail-on never | head -1 > /dev/null
  $ gouji rules | head -1 | cut -c1-5
  warni

What an ordinary user may not read or write.

  $ chmod 755 .; mkdir closed; cp clean.md closed; chmod 000 closed/clean.md; chmod 555 closed
  $ cat > ordinary <<'END'
  > if [ $(id -u) = 0 ]; then exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; fi; exec "$@"
  > END
  $ sh ordinary gouji check closed/clean.md
  failed[no-permission] closed/clean.md：无法读取：没有权限
  
  没有检查任何报告；未能完成 1
  [2]
  $ sh ordinary gouji check closed
  failed[no-permission] closed/clean.md：无法读取：没有权限
  
  没有检查任何报告；未能完成 1
  [2]
  $ sh ordinary gouji init closed
  error: 无法写入 closed/gouji.toml：Permission denied (os error 13) at path "$PWD/closed/.gouji-G2vzOT"
  [2]
  $ sh ordinary gouji baseline clean.md --file closed/base.json
  error: 无法写入 closed/base.json：Permission denied (os error 13) at path "$PWD/closed/.gouji-0cNxmg"
  [2]
  $ chmod 755 closed
