# What is wrong on the command line is told in Chinese, or in English if that is asked for.

  $ gouji check --bogus
  error: 没有“--bogus”这个选项或参数
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --fail-onn error
  error: 没有“--fail-onn”这个选项或参数
    是否想写“--fail-on”？
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --bogus --lang en
  error: unexpected argument '--bogus' found
  
    tip: to pass '--bogus' as a value, use '-- --bogus'
  
  Usage: gouji check [OPTIONS] [PATH]...
  
  For more information, try '--help'.
  [2]
  $ gouji chek
  error: 没有“chek”这个命令
    是否想写“schema、check”？
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --format yaml
  error: “--format”的值“yaml”不可用
    可用：terminal、json、jsonl、sarif、github、gitlab、junit、checkstyle、markdown、csv、html
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --jobs 0
  error: “--jobs”的值“0”不对：应在 1 到 1024 之间
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --jobs many
  error: “--jobs”的值“many”不对：应为数字
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --year
  error: “--year”后面要有值
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --year 1800
  error: “--year”的值“1800”不对：应在 1990 到 2099 之间
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --year 2022 --year 2023
  error: “--year”只能写一次
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --body village
  error: “--body”的值“village”不可用
    可用：central、provincial、municipal、county、township、subdistrict、zone、department、other
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --encoding latin-99
  error: “--encoding”的值“latin-99”不对：没有这种编码
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --as-of 1.1.2022
  error: “--as-of”的值“1.1.2022”不对：应为 2024-01-31 这样的日期
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --color sometimes
  error: “--color”的值“sometimes”不可用
    可用：auto、always、never
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --width 10
  error: “--width”的值“10”不对：应在 40 到 65535 之间
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --include 'a['
  error: “--include”的值“a[”不对：通配符“a[”有误：invalid range pattern
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --select no-such-rule
  error: 没有“no-such-rule”这条规则或规则包；用 gouji rules 列出全部规则
  [2]
  $ gouji check --pack no-such-pack
  error: 没有“no-such-pack”这条规则或规则包；用 gouji rules 列出全部规则
  [2]
  $ gouji check --packs no-such-folder
  error[pack] 没有这个文件或文件夹；请核对路径
     ╭─[no-such-folder:1:1]
   1 │
     · ▲
     ╰────
  [2]
  $ gouji check --no-config --config x
  error: “--no-config”不能和“--config”一起用
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --baseline a --no-baseline
  error: “--baseline”不能和“--no-baseline”一起用
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check --waivers a --no-waivers
  error: “--waivers”不能和“--no-waivers”一起用
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji check - --fix < clean.md
  error: --fix 不能写回标准输入；可用 --diff 查看怎样修改
  [2]
  $ gouji check - --watch < clean.md
  error: --watch 不能用于标准输入
  [2]
  $ gouji check --diff --format json
  error: --diff 输出的是补丁，不能和 --format、--output 一起用
  [2]
  $ gouji explain
  error: 缺少 <RULE>
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji facts
  error: 缺少 <PATH>...
    用法见 gouji --help 或 gouji 命令 --help
  [2]
  $ gouji man nothing
  error: 没有“nothing”这个命令；可用：check、facts、convert、rules、explain、test、new、schema、baseline、init、config、completions、man、help
  [2]
  $ gouji completions tcsh
  error: “<SHELL>”的值“tcsh”不可用
    可用：bash、elvish、fish、powershell、zsh
    是否想写“zsh”？
    用法见 gouji --help 或 gouji 命令 --help
  [2]

What is no error goes to standard output.

  $ gouji --version 2> /dev/null | cut -d' ' -f1
  gouji
  $ gouji --help | head -1
  政府信息公开工作年度报告合规检查 / Compliance linter for government-information-disclosure
  $ for shell in bash zsh fish elvish powershell; do gouji completions $shell | grep -c gouji > /dev/null && echo $shell; done
  bash
  zsh
  fish
  elvish
  powershell
  $ gouji man | grep -c '^.TH gouji'
  1
  $ gouji man check | grep -c 'fail.-on'
  4
