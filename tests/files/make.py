#!/usr/bin/env python3
"""Makes the fixtures of tests/files.rs: one invented report, clean and faulty, in every format.

Needs python-docx, openpyxl, xlwt and pypdf (PyPI), soffice (libreoffice-writer-nogui) and chromium with a
Chinese font, as Debian has them. The tests need none of these.

    python3 tests/files/make.py        # writes beside itself
"""

import html
import pathlib
import shutil
import subprocess
import tempfile

import docx
import docx.shared
import openpyxl
import pypdf
import pypdf.generic
import xlwt
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

HERE = pathlib.Path(__file__).parent

COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
# Group above the row (if one begins there), how many rows it has, label, figures.
APPLICATIONS = [
    (None, 0, "一、本年新收政府信息公开申请数量", [61, 9, 2, 1, 4, 3, 80]),
    (None, 0, "二、上年结转政府信息公开申请数量", [5, 1, 0, 0, 0, 0, 6]),
    ("", 0, "（一）予以公开", [20, 3, 1, 1, 1, 1, 27]),
    ("", 0, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", [4, 1, 0, 0, 0, 0, 5]),
    ("（三）不予公开", 8, "1.属于国家秘密", [1, 0, 0, 0, 0, 0, 1]),
    ("", 0, "2.其他法律行政法规禁止公开", [0, 1, 0, 0, 0, 0, 1]),
    ("", 0, "3.危及“三安全一稳定”", [0, 0, 0, 0, 0, 0, 0]),
    ("", 0, "4.保护第三方合法权益", [2, 0, 0, 0, 1, 0, 3]),
    ("", 0, "5.属于三类内部事务信息", [1, 0, 0, 0, 0, 0, 1]),
    ("", 0, "6.属于四类过程性信息", [2, 0, 0, 0, 0, 0, 2]),
    ("", 0, "7.属于行政执法案卷", [0, 0, 0, 0, 0, 1, 1]),
    ("", 0, "8.属于行政查询事项", [3, 0, 0, 0, 0, 0, 3]),
    ("（四）无法提供", 3, "1.本机关不掌握相关政府信息", [9, 2, 1, 0, 1, 0, 13]),
    ("", 0, "2.没有现成信息需要另行制作", [1, 0, 0, 0, 0, 0, 1]),
    ("", 0, "3.补正后申请内容仍不明确", [2, 0, 0, 0, 0, 0, 2]),
    ("（五）不予处理", 5, "1.信访举报投诉类申请", [6, 0, 0, 0, 0, 1, 7]),
    ("", 0, "2.重复申请", [3, 1, 0, 0, 0, 0, 4]),
    ("", 0, "3.要求提供公开出版物", [0, 0, 0, 0, 0, 0, 0]),
    ("", 0, "4.无正当理由大量反复申请", [1, 0, 0, 0, 0, 0, 1]),
    ("", 0, "5.要求行政机关确认或重新出具已获取信息", [1, 0, 0, 0, 0, 0, 1]),
    ("（六）其他处理", 3,
     "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", [2, 0, 0, 0, 0, 0, 2]),
    ("", 0, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", [0, 0, 0, 0, 0, 0, 0]),
    ("", 0, "3.其他", [3, 1, 0, 0, 1, 0, 5]),
    ("", 0, "（七）总计", [61, 9, 2, 1, 4, 3, 80]),
    (None, 0, "四、结转下年度继续办理", [5, 1, 0, 0, 0, 0, 6]),
]
REVIEWS = [6, 2, 1, 1, 10, 3, 0, 1, 2, 6, 1, 0, 0, 1, 2]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def cell(text, columns=1, rows=1):
    return (str(text), columns, rows)


def active(figures):
    """Table 2: one block of head and rows per item of article 20."""
    rows = [[cell("第二十条第（一）项", 4)],
            [cell("信息内容"), cell("本年制发件数"), cell("本年废止件数"), cell("现行有效件数")],
            [cell("规章"), cell(0), cell(0), cell(0)],
            [cell("行政规范性文件")] + [cell(n) for n in figures]]
    for item, head, names in [
        ("（五）", "本年处理决定数量", [("行政许可", 128)]),
        ("（六）", "本年处理决定数量", [("行政处罚", 46), ("行政强制", 3)]),
        ("（八）", "本年收费金额（单位：万元）", [("行政事业性收费", "12.5")]),
    ]:
        rows.append([cell(f"第二十条第{item}项", 4)])
        rows.append([cell("信息内容"), cell(head, 3)])
        rows += [[cell(name), cell(number, 3)] for name, number in names]
    return rows


def applications(changed):
    rows = [
        [cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), cell("申请人情况", 7)],
        [cell("自然人", 1, 2), cell("法人或其他组织", 5), cell("总计", 1, 2)],
        [cell(name) for name in COLUMNS[1:6]],
    ]
    for number, (group, height, label, figures) in enumerate(APPLICATIONS):
        figures = [cell(n) for n in changed.get(number, figures)]
        row = []
        if number == 2:
            row.append(cell("三、本年度办理结果", 1, 22))
        if group is None:
            row.append(cell(label, 3))
        elif height:
            row += [cell(group, 1, height), cell(label)]
        elif label[0] in "123456789":
            row.append(cell(label))
        else:
            row.append(cell(label, 2))
        rows.append(row + figures)
    return rows


def reviews(figures):
    return [
        [cell("行政复议", 5), cell("行政诉讼", 10)],
        [cell(name, 1, 2) for name in RESULTS] + [cell("未经复议直接起诉", 5), cell("复议后起诉", 5)],
        [cell(name) for name in RESULTS * 2],
        [cell(n) for n in figures],
    ]


def report(faulty):
    """The blocks of the report: (kind, text or rows)."""
    changed = {3: [4, 1, 0, 0, 0, 0, 6], 12: [9, 2, 1, 0, 1, 0, 14]} if faulty else {}
    share = "33.8%" if not faulty else "43.8%"
    phone = "0599-6123456" if not faulty else "0599-612345"
    counts = REVIEWS if not faulty else REVIEWS[:4] + [11] + REVIEWS[5:]
    date = "2024年1月18日" if not faulty else "2023年1月18日"
    return [
        ("title", "清河县2023年政府信息公开工作年度报告"),
        ("p", "根据《中华人民共和国政府信息公开条例》第五十条规定，清河县人民政府办公室编制了2023年度政府信息公开工作"
              "年度报告。本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。本报告的电子版可在清河县人民政府网站"
              "（http://www.qinghe.example.gov.cn）下载。如对本报告有疑问，请与清河县人民政府办公室联系（地址：清河县解放路1号；"
              f"邮编：039900；电话：{phone}；电子邮箱：xxgk@qinghe.example.gov.cn）。"),
        ("h1", "总体情况"),
        ("p", "2023年，清河县认真贯彻落实条例，扎实推进政府信息公开各项工作。"),
        ("h2", "主动公开"),
        ("p", "全年通过政府网站主动公开政府信息2312条，其中政策文件56条；举办新闻发布会4次。"),
        ("h2", "依申请公开"),
        ("p", f"全年新收政府信息公开申请80件，上年结转6件，办理答复80件，其中予以公开27件，占{share}，结转下年度办理6件。"),
        ("h2", "政府信息管理"),
        ("p", "严格落实信息发布审查制度，定期清理行政规范性文件。"),
        ("h2", "政府信息公开平台建设"),
        ("p", "优化政府网站栏目，办好政务新媒体。"),
        ("h2", "监督保障"),
        ("p", "将政府信息公开纳入年度绩效考核，开展社会评议，全年未发生责任追究情形。主要抓了以下工作："),
        ("h3", "加强培训，全年举办培训班2期；"),
        ("h3", "加强检查，每季度通报一次；"),
        ("h3", "加强指导，解答各单位咨询。"),
        ("h1", "主动公开政府信息情况"),
        ("table", active([8, 3, 41])),
        ("h1", "收到和处理政府信息公开申请情况"),
        ("table", applications(changed)),
        ("h1", "政府信息公开行政复议、行政诉讼情况"),
        ("table", reviews(counts)),
        ("h1", "存在的主要问题及改进情况"),
        ("p", "存在的主要问题：一是个别单位公开不够及时，二是政策解读形式不够丰富。改进情况：一是加强督促检查，"
              "二是丰富解读形式，及时回应群众关切。"),
        ("h1", "其他需要报告的事项"),
        ("p", "2023年未收取信息处理费。"),
        ("sign", "清河县人民政府办公室"),
        ("sign", date),
    ]


NUMERALS = "一二三四五六七八九十"


def numbered(blocks):
    """The blocks with their numbers written out, as lines a reader sees."""
    counts = [0, 0, 0]
    for kind, content in blocks:
        if kind in ("h1", "h2", "h3"):
            level = int(kind[1]) - 1
            counts[level] += 1
            counts[level + 1:] = [0] * (2 - level)
            n = counts[level]
            mark = [NUMERALS[n - 1] + "、", f"（{NUMERALS[n - 1]}）", f"{n}."][level]
            yield kind, mark + content
        else:
            yield kind, content


def laid_out(rows):
    """Rows with merged cells laid out: the cell's text, or None where another one covers."""
    grid = [[] for _ in rows]
    taken = {}
    for r, row in enumerate(rows):
        c = 0
        for text, columns, height in row:
            while (r, c) in taken:
                grid[r].append(None)
                c += 1
            for i in range(height):
                for j in range(columns):
                    taken[r + i, c + j] = True
            grid[r] += [text] + [None] * (columns - 1)
            c += columns
        while (r, c) in taken:
            grid[r].append(None)
            c += 1
    return grid


def text(blocks):
    out = []
    for kind, content in numbered(blocks):
        if kind == "table":
            out += ["\t".join(cell or "" for cell in row) for row in laid_out(content)]
        else:
            out.append(content)
    return "\n".join(out) + "\n"


def markdown(blocks):
    out = []
    for kind, content in numbered(blocks):
        if kind == "table":
            grid = laid_out(content)
            width = max(len(row) for row in grid)
            lines = ["| " + " | ".join(cell or "" for cell in row) + " |" for row in grid]
            out.append("\n".join([lines[0], "|" + " --- |" * width] + lines[1:]))
        else:
            out.append({"title": "# ", "h1": "## ", "h2": "### "}.get(kind, "") + content)
    return "\n\n".join(out) + "\n"


def html_table(rows):
    out = ['<table border="1" cellspacing="0"><tbody>']
    for row in rows:
        out.append("<tr>")
        for words, columns, height in row:
            merged = (f' colspan="{columns}"' if columns > 1 else "") + (f' rowspan="{height}"' if height > 1 else "")
            out.append(f'<td{merged}><p style="text-align:center"><span style="font-size:14px">'
                       f"{html.escape(words)}</span></p></td>")
        out.append("</tr>")
    return "\n".join(out + ["</tbody></table>"])


def article(blocks):
    out = []
    for kind, content in numbered(blocks):
        if kind == "table":
            out.append(html_table(content))
        elif kind == "sign":
            out.append(f'<p style="text-align:right">{html.escape(content)}</p>')
        elif kind == "h1":
            out.append(f"<p><strong>{html.escape(content)}</strong></p>")
        elif kind != "title":
            # An entity and a tag within a number, as editors leave them behind.
            words = html.escape(content).replace("2312条", "2<b>31</b>&#50;条")
            out.append(f'<p style="text-indent:2em">　　{words}</p>')
    return "\n".join(out)


def page(blocks):
    """As a county's website would publish it."""
    title = dict(blocks)["title"]
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="gb2312">
<meta name="SiteName" content="清河县人民政府">
<meta name="ArticleTitle" content="{title}">
<title>{title}_清河县人民政府网站</title>
<style>body {{ font-family: SimSun }} .TRS_Editor P {{ margin: 0 }}</style>
<script>document.write('<p>一、总体情况</p>'); var n = 1 < 2;</script>
</head>
<body>
<div class="header"><div class="logo"><a href="/"><img src="logo.png" alt="清河县人民政府"></a></div>
<form action="/search"><input name="q" placeholder="请输入关键词"><button>搜索</button></form>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li><li><a href="/fw">政务服务</a></li>
<li><a href="/hd">互动交流</a></li><li><a href="/zjqh">走进清河</a></li></ul></div>
<div class="wz">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; <a href="/nb">政府信息公开年报</a></div>
<div class="box"><div class="left"><h3>政府信息公开</h3><ul><li><a href="/zn">政府信息公开指南</a></li>
<li><a href="/zd">政府信息公开制度</a></li><li><a href="/fd">法定主动公开内容</a></li>
<li><a href="/nb">政府信息公开年报</a></li><li><a href="/ysq">依申请公开</a></li></ul>
<div class="tj">办理电话：0000-9999999 地址：清河县人民路99号</div></div>
<div class="right"><h1 class="bt">{title}</h1>
<div class="info"><span>发布时间：2024-01-19 09:30</span> <span>来源：清河县人民政府办公室</span> <span>浏览次数：<em>1024</em></span>
<span>字体：[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>]</span> <a href="#">打印</a></div>
<div class="TRS_Editor">
{article(blocks)}
</div>
<div class="share bdsharebuttonbox">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="fj">上一篇：<a href="/1">清河县2022年政府信息公开工作年度报告</a><br>下一篇：<a href="/2">没有了</a></div>
<div class="xg"><h4>相关信息</h4><ul><li><a href="/3">清河县2021年政府信息公开工作年度报告</a></li>
<li><a href="/4">清河县2020年政府信息公开工作年度报告</a></li><li><a href="/5">清河县财政局2023年政府信息公开工作年度报告</a></li></ul></div>
</div></div>
<div class="foot"><p>主办：清河县人民政府 承办：清河县政务信息中心 电话：0000-8888888</p>
<p>网站标识码：0000000000 备案号：某ICP备00000000号 <a href="/map">网站地图</a> <a href="/us">联系我们</a></p></div>
</body>
</html>
"""


def word(blocks, automatic):
    """By python-docx; with `automatic`, headings and lists are numbered by Word."""
    document = docx.Document()
    if automatic:
        numbering = document.part.numbering_part.element
        kind = OxmlElement("w:abstractNum")
        kind.set(qn("w:abstractNumId"), "77")
        for level, (form, pattern) in enumerate(
            [("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3.")]
        ):
            lvl = OxmlElement("w:lvl")
            lvl.set(qn("w:ilvl"), str(level))
            for name, value in [("start", "1"), ("numFmt", form), ("suff", "nothing"), ("lvlText", pattern)]:
                part = OxmlElement(f"w:{name}")
                part.set(qn("w:val"), value)
                lvl.append(part)
            kind.append(lvl)
        numbering.insert(0, kind)
        num = OxmlElement("w:num")
        num.set(qn("w:numId"), "77")
        of = OxmlElement("w:abstractNumId")
        of.set(qn("w:val"), "77")
        num.append(of)
        numbering.append(num)
    for kind, content in blocks if automatic else numbered(blocks):
        if kind == "table":
            grid = laid_out(content)
            table = document.add_table(rows=len(grid), cols=max(map(len, grid)))
            table.style = "Table Grid"
            taken = set()
            for r, row in enumerate(content):
                c = 0
                for words, columns, height in row:
                    while (r, c) in taken:
                        c += 1
                    taken |= {(r + i, c + j) for i in range(height) for j in range(columns)}
                    first = table.cell(r, c)
                    if columns > 1 or height > 1:
                        first = first.merge(table.cell(r + height - 1, c + columns - 1))
                    first.text = words
                    c += columns
            continue
        paragraph = document.add_paragraph()
        paragraph.add_run(content[: len(content) // 2])
        paragraph.add_run(content[len(content) // 2:])
        if automatic and kind in ("h1", "h2", "h3"):
            properties = paragraph._p.get_or_add_pPr()
            number = OxmlElement("w:numPr")
            for name, value in [("ilvl", str(int(kind[1]) - 1)), ("numId", "77")]:
                part = OxmlElement(f"w:{name}")
                part.set(qn("w:val"), value)
                number.append(part)
            properties.append(number)
        if kind == "sign":
            paragraph.alignment = 2
    document.sections[0].header.paragraphs[0].text = "页眉：内部资料"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    return document


def paged(document):
    """As an office prints it: running title, page numbers in a field, heads of tables printed again on
    each page, figures in the middle of their cells, characters so large that every table is broken."""
    section = document.sections[0]
    section.header.paragraphs[0].text = "清河县人民政府办公室文件"
    foot = section.footer.paragraphs[0]
    foot.text = "- "
    for kind in ["begin", None, "end"]:
        run = foot.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = "PAGE"
        run._r.append(part)
    foot.add_run(" -")
    document.styles["Normal"].font.size = docx.shared.Pt(16)
    for table in document.tables:
        heads = 3 if "勾稽" in table.cell(0, 0).text else 1
        for number, row in enumerate(table.rows):
            if number < heads:
                row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            for cell in row._tr.tc_lst:
                middle = OxmlElement("w:vAlign")
                middle.set(qn("w:val"), "center")
                cell.get_or_add_tcPr().append(middle)
    return document


def turned(source, target):
    """The pages of `source` painted on their sides, and turned upright by the page's own key."""
    writer = pypdf.PdfWriter(clone_from=source)
    for page in writer.pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        page.add_transformation(pypdf.Transformation().rotate(90).translate(height, 0))
        page.mediabox = page.cropbox = pypdf.generic.RectangleObject((0, 0, height, width))
        page.rotate(90)
    writer.write(target)


def sheets(blocks, name):
    """The report in a sheet: a line is a row with one cell; as .xlsx and .xls."""
    book, old = openpyxl.Workbook(), xlwt.Workbook(encoding="utf-8")
    sheet, older = book.active, old.add_sheet("年报")
    top = 0

    def put(row, column, words, columns=1, height=1):
        value = int(words) if words.isdigit() else float(words) if words.replace(".", "", 1).isdigit() else words
        sheet.cell(row + 1, column + 1, value)
        if columns > 1 or height > 1:
            sheet.merge_cells(start_row=row + 1, start_column=column + 1, end_row=row + height, end_column=column + columns)
            older.write_merge(row, row + height - 1, column, column + columns - 1, value)
        else:
            older.write(row, column, value)

    for kind, content in numbered(blocks):
        if kind != "table":
            put(top, 0, content)
            top += 1
            continue
        taken = set()
        for r, row in enumerate(content):
            c = 0
            for words, columns, height in row:
                while (r, c) in taken:
                    c += 1
                taken |= {(r + i, c + j) for i in range(height) for j in range(columns)}
                put(top + r, c, words, columns, height)
                c += columns
        top += len(content)
    book.save(HERE / f"{name}.xlsx")
    old.save(str(HERE / f"{name}.xls"))


def office(source, target, kind):
    """Lets LibreOffice write `source` as `target`."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
             "--outdir", folder, str(source)], check=True, capture_output=True)
        suffix = kind.split(":")[0]
        shutil.copy(pathlib.Path(folder) / f"{source.stem}.{suffix}", target)


def chromium(source, target):
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--print-to-pdf={target}", source.as_uri()], check=True, capture_output=True)


def main():
    for name in ["clean", "faulty"]:
        blocks = report(name == "faulty")
        (HERE / f"{name}.txt").write_text(text(blocks), encoding="utf-8")
        (HERE / f"{name}.md").write_text(markdown(blocks), encoding="utf-8")
        (HERE / f"{name}.html").write_bytes(page(blocks).encode("gb18030"))
        automatic, typed = HERE / f"{name}.docx", HERE / f"{name}-typed.docx"
        sheets(blocks, name)
        word(blocks, True).save(automatic)
        paged(word(blocks, False)).save(typed)
        office(typed, HERE / f"{name}-paged.pdf", "pdf")
        word(blocks, False).save(typed)
        office(automatic, HERE / f"{name}-libreoffice.docx", "docx")
        office(typed, HERE / f"{name}.doc", "doc:MS Word 97")
        office(typed, HERE / f"{name}-libreoffice.pdf", "pdf")
        turned(HERE / f"{name}-libreoffice.pdf", HERE / f"{name}-turned.pdf")
        printed = HERE / f"{name}-print.html"
        printed.write_text(
            f'<meta charset="utf-8"><style>body {{ font: 14px "Noto Serif CJK SC" }} table {{ border-collapse: collapse }}'
            f"</style><h1>{dict(blocks)['title']}</h1>{article(blocks)}", encoding="utf-8")
        chromium(printed, HERE / f"{name}-chromium.pdf")
        printed.unlink()
        typed.unlink()


if __name__ == "__main__":
    main()
