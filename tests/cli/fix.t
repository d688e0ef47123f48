# Files are mended by what is certain; everything else stays as it is.

  $ sed 's/完善申请的接收、登记、审核、答复流程/按照信息公开的布署，完善答复流程/' clean.md > words.md; gouji check words.md --fail-on info --format jsonl | grep -o '"certain":[a-z]*'
  "certain":true
  $ cp words.md before.md; gouji check words.md --diff; cmp words.md before.md
  检查报告 1 份：提醒 1
  # words.md: 确定无误的修改（--fix）
  #   style/misspelt-words 错别字1处：布署→部署
  --- a/words.md
  +++ b/words.md
  @@ -12,3 +12,3 @@
   
  -按照信息公开的布署，完善答复流程，依法答复各类申请，无超期答复的情况。
  +按照信息公开的部署，完善答复流程，依法答复各类申请，无超期答复的情况。
   
  $ gouji check words.md --fix --fail-on info; diff before.md words.md | wc -l
  已修改 words.md
    style/misspelt-words 错别字1处：布署→部署
  
  检查报告 1 份：未发现问题；已修改 1
  4
  $ cp words.md once.md; gouji check words.md --fix; cmp once.md words.md
  检查报告 1 份：未发现问题

Encodings, line ends and byte order marks stay.

  $ sed 's/$/\r/' before.md | iconv -f utf-8 -t gb18030 > gb.md; sed 's/$/\r/' once.md | iconv -f utf-8 -t gb18030 > gb.expected
  $ gouji check gb.md --fix | tail -1; cmp gb.md gb.expected
  检查报告 1 份：未发现问题；已修改 1
  $ { printf '\357\273\277'; cat before.md; } > bom.md; gouji check bom.md --fix | tail -1; head -c 3 bom.md | od -An -tx1
  检查报告 1 份：未发现问题；已修改 1
   ef bb bf

Figures in tables are never changed, whatever is asked.

  $ cp faulty.md table.md; gouji check table.md --unsafe-fixes > /dev/null; cmp table.md faulty.md

A file that may not be written is told of, and what is waived stays as it is.

  $ cp before.md closed.md; chmod 444 closed.md; chmod 755 .
  $ if [ $(id -u) = 0 ]; then setpriv --reuid 65534 --regid 65534 --clear-groups gouji check closed.md --fix; else gouji check closed.md --fix; fi
  failed[not-written] closed.md：无法写回修改：没有权限
  
  没有检查任何报告；未能完成 1
  [2]
  $ printf '[[waiver]]\npaths = "waived.md"\nreason = "原文如此"\nby = "张三"\n' > w.toml; cp before.md waived.md
  $ gouji check waived.md --fix --waivers w.toml; cmp waived.md before.md
  检查报告 1 份：未发现问题；已豁免 1
