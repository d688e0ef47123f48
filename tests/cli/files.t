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
  检查报告 1 份：未发现问题
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
  检查报告 1 份：未发现问题
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
  error: 无法写入 closed/gouji.toml：permission denied
  [2]
  $ sh ordinary gouji baseline clean.md --file closed/base.json
  error: 无法写入 closed/base.json：permission denied
  [2]
  $ chmod 755 closed

For a hook, what is no report is passed over even if it is named; what is not there is not.

  $ gouji check list clean.md
  failed[not-a-report] list：未识别为政府信息公开工作年度报告
  
  检查报告 1 份：未发现问题；未能完成 1
  [2]
  $ gouji check list clean.md --skip-others
  跳过 list：未识别为政府信息公开工作年度报告
  
  检查报告 1 份：未发现问题；跳过 1
  $ gouji check missing.md --skip-others
  failed[not-found] missing.md：没有这个文件或文件夹；请核对路径
  
  没有检查任何报告；未能完成 1
  [2]

# A pack that is not in force is told of, also where nothing is found.

  $ gouji check clean.md --pack statistics-2014
    附注: clean.md
          规则包 statistics-2014 不适用于2022年度，没有启用
  
  检查报告 1 份：未发现问题
  $ mkdir two; cp clean.md two/甲.md; cp clean.md two/乙.md; gouji check two --no-compare --pack statistics-2014 --lang en
    note: two/乙.md and 1 more
          pack statistics-2014 does not govern reports about 2022 and is not in
          force
  
  2 reports checked: nothing found
