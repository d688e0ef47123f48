#!/usr/bin/env python3
"""Makes tests/files/pages: the faulty report of make.py as fourteen kinds of websites publish it.

What stands around the report is full of faults of its own (NOISE), none of which may be reported.

    python3 tests/files/pages.py        # writes beside itself, into pages/
"""

import html
import pathlib
import re

import make

OUT = pathlib.Path(__file__).parent / "pages"

esc = html.escape
def title(b): return dict(b)['title']
def plain_table(rows, attrs='', cell=lambda w:w, tag='td'):
    out = [f'<table {attrs}>']
    for row in rows:
        out.append('<tr>')
        for w,c,h in row:
            m=(f' colspan={c}' if c>1 else '')+(f' rowspan={h}' if h>1 else '')
            out.append(f'<{tag}{m}>{cell(esc(w))}</{tag}>')
        out.append('</tr>')
    return '\n'.join(out)+'</table>'
def body(b, para, head=None, table=plain_table, sign=None):
    out = []
    for k,c in make.numbered(b):
        if k=='title': continue
        if k=='table': out.append(table(c))
        elif k=='sign': out.append((sign or para)(c))
        elif k=='h1': out.append((head or para)(c))
        else: out.append(para(c))
    return '\n'.join(out)
PAGES = {}

# 1 jpage 大汉 zoom, metadata table, gb2312
PAGES['01-hanweb-zoom']=('gb18030',lambda b:f'''<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>清河县人民政府 县政府办 {title(b)}</title>
<meta name="keywords" content="政府信息公开,年报"/><meta name="ContentSource" content="县政府办"/><meta name="PubDate" content="2024-01-22 10:11"/>
<script language="javascript" src="/script/0/jquery.js"></script><script>function doZoom(size){{document.getElementById('zoom').style.fontSize=size+'px'}}</script></head><body>
<table width="1000" border="0" align="center" cellpadding="0" cellspacing="0"><tr><td><img src="banner.jpg"></td></tr><tr><td height="30"><a href="/">网站首页</a> | <a href="/col/col1">走进清河</a> | <a href="/col/col2">政务公开</a> | <a href="/col/col3">办事服务</a> | <a href="/col/col4">政民互动</a></td></tr></table>
<table width="1000" align="center"><tr><td width="220" valign="top"><table><tr><td><a href="#">政府信息公开指南</a></td></tr><tr><td><a href="#">政府信息公开制度</a></td></tr><tr><td><a href="#">法定主动公开内容</a></td></tr><tr><td><a href="#">政府信息公开年报</a></td></tr></table></td>
<td valign="top"><div>您现在的位置： <a href="/">首页</a> &gt;&gt; <a>政务公开</a> &gt;&gt; <a>政府信息公开年报</a></div>
<table class="xxgk_table" width="100%" border="1" cellspacing="0"><tr><td><b>索 引 号</b></td><td>001008/2024-00012</td><td><b>公开范围</b></td><td>面向社会</td></tr><tr><td><b>发布机构</b></td><td>县政府办公室</td><td><b>发文日期</b></td><td>2024-01-22</td></tr><tr><td><b>文　　号</b></td><td></td><td><b>主题分类</b></td><td>政府工作报告</td></tr><tr><td><b>名　　称</b></td><td colspan="3">{title(b)}</td></tr></table>
<div class="tit">{title(b)}</div><div>发布日期：2024-01-22　浏览次数：<span id="hits">356</span>　字号：[ <a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a> <a href="javascript:doZoom(12)">小</a> ]　<a href="javascript:window.print()">打印本页</a>　<a href="javascript:window.close()">关闭窗口</a></div>
<div id="zoom"><!--ZJEG_RSS.content.begin--><meta name="ContentStart"/>
{body(b, lambda s:f'<p style="text-indent:2em;line-height:2"><span style="font-family:仿宋_GB2312;font-size:16pt">{esc(s)}</span></p>', table=make.html_table)}
<meta name="ContentEnd"/><!--ZJEG_RSS.content.end--></div>
<div align="right"><a href="#">【打印】</a><a href="#">【关闭】</a></div></td></tr></table>
<table width="1000" align="center"><tr><td align="center">主办单位：清河县人民政府办公室　承办单位：清河县大数据中心<br>联系电话：0000-7777777　邮编：111111　网站标识码：0000000001<br>某ICP备05000000号-1　<img src="ga.png">某公网安备 00000002000001号</td></tr></table></body></html>''')
# 2 TRS_Editor MsoNormal word-exported
def mso(s): return f'<p class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0;line-height:28.0pt;mso-line-height-rule:exactly"><span style="font-size:16.0pt;font-family:仿宋_GB2312;mso-hansi-font-family:宋体">{esc(s)}<span lang="EN-US"><o:p></o:p></span></span></p>'
PAGES['02-trs-mso']=('utf-8',lambda b:f'''<html lang="zh"><head><meta charset="UTF-8"><title>{title(b)}_清河县人民政府</title><meta name="ArticleTitle" content="{title(b)}"><meta name="PubDate" content="2024-01-22"><meta name="ColumnName" content="年报">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><style>@font-face {{font-family:宋体}} p.MsoNormal {{mso-style-parent:""}}</style></head><body>
<div class="top"><div class="w1200"><a href="#">无障碍浏览</a><a href="#">长者模式</a><a>登录</a><a>注册</a></div></div>
<div class="nav"><a>首页</a><a>要闻动态</a><a>政务公开</a><a>政务服务</a><a>互动交流</a><a>数据发布</a></div>
<div class="crumbs">当前位置：<a>首页</a><span>&gt;</span><a>政务公开</a><span>&gt;</span><a>法定主动公开内容</a></div>
<div class="article"><h2>{title(b)}</h2><div class="article-info"><span>来源：清河县人民政府办公室</span><span>发布时间：2024-01-22 15:32</span><span class="share">分享：</span></div>
<div class="view TRS_UEDITOR trs_paper_default trs_web"><div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{line-height:2}}</style>
{body(b, mso, table=lambda r: plain_table(r,'class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;mso-border-alt:solid windowtext .5pt"',lambda w:f'<p class="MsoNormal" align="center"><span lang="EN-US">{w}</span><span lang="EN-US"><o:p></o:p></span></p>'))}
</div></div>
<div class="appendix"><p>附件：</p><ul><li><a href="P020240122.docx">{title(b)}.docx</a></li><li><a href="P020240122.pdf">{title(b)}.pdf</a></li></ul></div>
<div class="btns"><a href="javascript:window.print()">打印</a><a>收藏</a><a>关闭</a></div><div class="prenext"><p>上一篇：<a>清河县2022年政府信息公开工作年度报告</a></p><p>下一篇：<a>清河县财政局2023年政府信息公开工作年度报告</a></p></div></div>
<div class="footer"><p>主办：清河县人民政府　承办：清河县人民政府办公室　网站地图　联系我们</p><p>地址：清河县城关镇人民路1号　电话：0000-7777777</p><p>备案序号：某ICP备05000000号　政府网站标识码：0000000001　公安备案号：00000002000001</p></div>
<script>var _hmt=_hmt||[];</script><div style="display:none"><script src="cnzz.js"></script>站长统计</div></body></html>''')
# 3 UCAPCONTENT
PAGES['03-ucap']=('utf-8',lambda b:f'''<!doctype html><html><head><meta charset="utf-8"/><title>{title(b)}</title></head><body><div id="header">…</div><div class="BreadcrumbNav">位置：<a>首页</a> / <a>政府信息公开</a> / 正文</div>
<div class="pages_content"><table class="bd1" width="100%"><tbody><tr><td><table width="100%"><tbody><tr><td><b>索 引 号：</b></td><td>000014349/2024-00003</td><td><b>主题分类：</b></td><td>综合政务\\政务公开</td></tr><tr><td><b>发文机关：</b></td><td>清河县政府办</td><td><b>成文日期：</b></td><td>2024年01月18日</td></tr><tr><td><b>标　　题：</b></td><td colspan="3">{title(b)}</td></tr><tr><td><b>发文字号：</b></td><td></td><td><b>发布日期：</b></td><td>2024年01月22日</td></tr></tbody></table></td></tr></tbody></table>
<table id="printContent" border="0" width="100%"><tbody><tr><td class="b12c" id="UCAP-CONTENT" colspan="2"><p align="center"><span style="font-size:18pt"><b>{title(b)}</b></span></p><UCAPCONTENT>
{body(b, lambda s:f'<p style="text-indent:2em">{esc(s)}</p>', head=lambda s:f'<p style="text-indent:2em"><strong>{esc(s)}</strong></p>', sign=lambda s:f'<p style="text-align:right">{esc(s)}</p>')}
</UCAPCONTENT></td></tr></tbody></table></div><div class="related"><h4>相关稿件</h4><ul><li><a>一图读懂清河县2023年政府工作报告</a></li><li><a>清河县2022年政府信息公开工作年度报告</a></li></ul></div><div class="tcsm"><p>扫一扫在手机打开当前页</p></div>
<footer><ul><li>版权所有：清河县人民政府</li><li>某ICP备22222222号</li></ul></footer></body></html>''')
# 4 old table layout with font tags and br-separated paragraphs
def br(b):
    out = []
    for k,c in make.numbered(b):
        if k=='title': continue
        out.append(plain_table(c,'border=1 cellspacing=0 bordercolor=#000000',lambda w:f'<font size=2>{w}</font>') if k=='table' else f'&nbsp;&nbsp;&nbsp;&nbsp;<font face="宋体" size="3">{esc(c)}</font><br><br>')
    return '\n'.join(out)
PAGES['04-font-br']=('gb18030',lambda b:f'''<HTML><HEAD><TITLE>清河县政府信息公开</TITLE><META http-equiv=Content-Type content="text/html; charset=gb2312"></HEAD>
<BODY topmargin=0 bgcolor=#ffffff><CENTER><TABLE width=778 border=0><TR><TD><IMG src="top.gif"></TD></TR><TR><TD bgcolor=#cc0000><FONT color=white>【首页】【政务公开】【网上办事】【领导信箱】</FONT></TD></TR></TABLE>
<TABLE width=778 border=0><TR><TD width=160 valign=top bgcolor=#eeeeee><FONT size=2>站内搜索<BR><INPUT name=q><BR>热点信息<BR><A href=a.htm>·关于春节放假的通知</A><BR><A href=b.htm>·清河县招商引资政策</A></FONT></TD><TD valign=top>
<TABLE width=100%><TR><TD align=center><FONT size=5 color=red><B>{title(b)}</B></FONT></TD></TR><TR><TD align=center><FONT size=2>发布时间：2024-1-22　点击数：88　作者：办公室</FONT><HR></TD></TR>
<TR><TD>{br(b)}</TD></TR><TR><TD align=right><FONT size=2>【<A href="javascript:window.close()">关闭窗口</A>】【<A href=#>返回顶部</A>】</FONT></TD></TR></TABLE></TD></TR></TABLE>
<TABLE width=778><TR><TD align=center><FONT size=2>版权所有 清河县人民政府 技术支持：某某科技公司<BR>电话：0000-7777777 建议使用IE6.0以上浏览器</FONT></TD></TR></TABLE></CENTER></BODY></HTML>''')
# 5 mobile template
PAGES['05-mobile']=('utf-8',lambda b:f'''<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{title(b)}</title></head><body>
<header class="mui-bar"><a class="back">返回</a><h1 class="mui-title">清河县人民政府</h1></header><nav><span>首页</span><span>公开</span><span>服务</span></nav>
<main><section class="detail"><h3 class="detail-title">{title(b)}</h3><div class="detail-meta"><time>2024-01-22</time><i>阅读 1.2万</i></div><section class="detail-content">
{body(b, lambda s:f'<section><span>{esc(s)}</span></section>', table=lambda r:'<div class="table-wrap">'+plain_table(r)+'</div>')}
</section></section></main><div class="actions"><button>点赞 12</button><button>收藏</button><button>分享</button></div><section class="rec"><h4>推荐阅读</h4><article><a>清河县召开2024年政务公开工作会议</a></article><article><a>2022年清河县政府信息公开工作年度报告解读</a></article></section><footer>清河县人民政府办公室主办<br>技术支持 12345</footer></body></html>''')
# 6 nested tables, headings h2/h3, list li ol
def lists(b):
    out = []
    for k,c in make.numbered(b):
        if k=='title': continue
        if k=='table': out.append(make.html_table(c))
        elif k=='h1': out.append(f'<h2>{esc(c)}</h2>')
        elif k=='h2': out.append(f'<h3>{esc(c)}</h3>')
        else: out.append(f'<div>　　{esc(c)}</div>')
    return '\n'.join(out)
PAGES['06-nested']=('utf-8',lambda b:f'''<html><head><meta charset=utf-8><title>{title(b)}-清河县人民政府门户网站</title></head><body><table width=100%><tr><td><table><tr><td>欢迎访问清河县人民政府门户网站！</td><td id=time>今天是2026年3月2日 星期一</td></tr></table></td></tr>
<tr><td><table width=100%><tr><td valign=top><table><tr><td>信息公开目录</td></tr><tr><td><a>机构职能</a></td></tr><tr><td><a>规划计划</a></td></tr><tr><td><a>财政预决算</a></td></tr></table></td><td><table width=100%><tr><td class=bt>{title(b)}</td></tr><tr><td class=fbt>时间：2024-01-22 来源：政府办 编辑：管理员 点击：<script>document.write('333')</script>次</td></tr><tr><td><table width=100%><tr><td class=nr>
{lists(b)}
</td></tr></table></td></tr><tr><td>上一篇：<a>没有了</a></td></tr><tr><td>下一篇：<a>清河县行政许可事项清单</a></td></tr></table></td></tr></table></td></tr><tr><td align=center>Copyright © 2010-2026 清河县人民政府 All Rights Reserved<br>备案号：某ICP备11111111号</td></tr></table></body></html>''')
# 7 vue/SPA saved page, article in divs, tables of div? hidden template
PAGES['07-spa']=('utf-8',lambda b:f'''<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开平台</title><script>window.__INITIAL_STATE__={{"title":"{title(b)}","content":"<p>一、总体情况</p>"}}</script></head><body><noscript>您的浏览器不支持JavaScript</noscript><div id="app"><div data-v-1 class="head"><div data-v-1>清河县</div><input placeholder="请输入"></div><div data-v-2 class="tabs"><div class="tab">政府信息公开指南</div><div class="tab">政府信息公开制度</div><div class="tab">法定主动公开内容</div><div class="tab on">政府信息公开年报</div><div class="tab">依申请公开</div></div>
<div data-v-3 class="years"><span>2023年</span><span>2022年</span><span>2021年</span><span>2020年</span></div><div data-v-4 class="doc"><div class="doc-title">{title(b)}</div><div class="doc-info">发布机构：清河县人民政府办公室 | 发布日期：2024-01-22 | 有效性：有效</div><div class="doc-body">
{body(b, lambda s:f'<div class="p">{esc(s)}</div>')}
</div><div class="doc-tool"><span>下载</span><span>打印</span><span>纠错</span></div></div></div><template><p>一、总体情况 模板</p></template><textarea style="display:none">一、总体情况</textarea></body></html>''')
# 8 GB2312 frame of metadata after article + print div duplicates (hidden copy)
PAGES['08-hidden-copy']=('gb18030',lambda b:f'''<html><head><meta charset="gbk"><title>{title(b)}</title></head><body><div class=main><div class=con_tit>{title(b)}</div><div class=con_time>发布时间：2024-01-22 16:00 信息来源：清河县人民政府办公室 【字体：大 中 小】</div><div class=con_txt id=content>
{body(b, lambda s:f'<p>　　{esc(s)}</p>')}
</div><div id=printbox style="display: none"><h1>{title(b)}</h1><p>一、总体情况</p><p>2023年，清河县…</p></div><div class=zrbj>【责任编辑：王某】</div><div class=fj><b>附件下载：</b><br>1.<a href=1.doc>{title(b)}.doc</a></div><div class=wjpj>您对本文的评价：<label><input type=radio>满意</label><label><input type=radio>不满意</label></div></div><div class=links><select><option>--国务院部门网站--</option><option>外交部</option></select><select><option>--省内县区--</option></select></div><div class=foot>主办：清河县人民政府 维护：清河县电子政务办 电话：0000-7777777 传真：0000-7777778 邮编：725800</div></body></html>''')
# 9 township page with title in two lines inside article and organ line, center tags
PAGES['09-two-line-title']=('utf-8',lambda b:f'''<html><head><meta charset="utf-8"><title>清河县城关镇_政府信息公开年报</title></head><body><div class="header"><ul><li>首页</li><li>城关概况</li><li>新闻中心</li></ul></div><div class="content"><div class="article_t">城关镇</div><div id="NewsContent"><p style="text-align:center"><strong>清河县</strong></p><p style="text-align:center"><strong>2023年政府信息公开工作年度报告</strong></p><p>&nbsp;</p>
{body(b, lambda s:f'<p>&ensp;&ensp;{esc(s)}</p><p>&nbsp;</p>', table=make.html_table)}
</div><p class="note">（此件公开发布）</p><div class="QR"><img src=qr.png><span>扫码浏览</span></div></div><div class=bottom>清河县城关镇人民政府版权所有　联系电话：0000-7777777</div></body></html>''')
# 10 covering notice/card plus iframe placeholders, article in <pre>
def pre(b):
    return '\n'.join(('\n'.join('\t'.join(x or '' for x in r) for r in make.laid_out(c)) if k=='table' else '　　'+c) for k,c in make.numbered(b) if k!='title')
PAGES['10-pre']=('gb18030',lambda b:f'''<html><head><meta http-equiv="content-type" content="text/html;charset=gb2312"><title>信息公开</title></head><body><iframe src=top.html></iframe><div>索引号：XX0001-2024-0001　生成日期：2024-01-18　公开日期：2024-01-22</div><h2 align=center>{title(b)}</h2><pre>
{esc(pre(b))}
</pre><iframe src=foot.html></iframe><p align=center>[<a href=#>打印</a>] [<a href=#>关闭</a>]</p></body></html>''')
# 11 unclosed p / td, uppercase, spans splitting, entity numerals
def dirty(s):
    s=esc(s); s=re.sub(r'(\d)(\d)',lambda m:f'{m[1]}<span style="font-family:Times">&#{ord(m[2])};</span>',s,count=3)
    return f'<P style="LINE-HEIGHT: 150%"><SPAN>{s[:len(s)]}</SPAN>'
def dirtytable(rows):
    return '<TABLE border=1>'+''.join('<TR>'+''.join(f'<TD'+(f' colSpan={c}' if c>1 else '')+(f' rowSpan={h}' if h>1 else '')+f'><P align=center>{esc(w)}' for w,c,h in r) for r in rows)+'</TABLE>'
PAGES['11-unclosed']=('utf-8',lambda b:f'''<HTML><HEAD><META charset=utf-8><TITLE>{title(b)}</TITLE></HEAD><BODY><DIV class=nav><A>首页</A>-<A>公开</A>-<A>年报</A></DIV><DIV class=t><B>{title(b)}</B></DIV><DIV>2024-01-22 &nbsp; 来源: 政府办 &nbsp; 浏览: 20</DIV><DIV class=c>
{body(b, dirty, table=dirtytable)}
</DIV><DIV class=p>[ 打印 ] [ 关闭 ]</DIV><DIV class=f>版权所有：清河县人民政府</DIV></BODY></HTML>''')
# 12 department sub-site with sidebar after article, h4 lists, attachments inline at top, 'p' within li
PAGES['12-sidebar-after']=('utf-8',lambda b:f'''<!DOCTYPE html><html lang="zh-cmn-Hans"><head><meta charset="utf-8"><title>{title(b)} - 年报 - 清河县</title><script type="application/ld+json">{{"@type":"NewsArticle","headline":"{title(b)}"}}</script></head><body class="page"><a class="skip" href="#main">跳到主要内容</a><div role="navigation"><ul><li><a>首页</a><ul><li><a>县长之窗</a></li><li><a>机构设置</a></li></ul></li></ul></div>
<div id="main" role="main"><ol class="breadcrumb"><li>首页</li><li>政务公开</li><li class="active">正文</li></ol><h1>{title(b)}</h1><p class="meta"><i></i>清河县人民政府办公室 <i></i>2024-01-22 <i></i>字体大小：<a>A+</a><a>A-</a> <a>语音播报</a></p><p class="download">相关附件：<a href="x.pdf">点击下载PDF版</a></p><div class="rich-text">
{body(b, lambda s:f'<p>{esc(s)}</p>', head=lambda s:f'<h4>{esc(s)}</h4>', table=lambda r:f'<figure class="table"><div style="overflow:auto">{plain_table(r,"class=table-bordered")}</div></figure>', sign=lambda s:f'<p class="right">{esc(s)}</p>')}
</div></div><aside><h3>最新公开</h3><ul><li><a>清河县2024年一季度经济运行情况</a> 2024-04-20</li><li><a>清河县人民政府2023年法治政府建设年度报告</a> 2024-03-30</li></ul><h3>联系方式</h3><p>受理机构：清河县人民政府办公室</p><p>办公电话：0000-7777777</p><p>电子邮箱：xx@example.com</p></aside><footer><div>政府网站标识码 0000000001</div><div>ICP备案号：某ICP备05000000号</div></footer></body></html>''')
# 13 old 2012-style with everything in one table cell <p> & title as image; 14 UTF-16 page
PAGES['13-utf16']=('utf-16',lambda b:f'''<html><head><title>{title(b)}</title></head><body><div>首页 &gt; 年报</div><h1>{title(b)}</h1><div class=neirong>{body(b, lambda s:f'<p>{esc(s)}</p>')}</div><div>关闭本页</div></body></html>''')
PAGES['14-no-head']=('utf-8',lambda b:f'''<div class="sp_conter"><div class="sp_title">{title(b)}</div><div class="sp_time"><font>发布日期：2024-01-22</font><font>浏览次数：58</font><font>信息来源：政府办</font></div><div class="sp_time">分享到：<a>新浪微博</a><a>微信</a><a>QQ空间</a></div><div id="content">{body(b, lambda s:f'<p style="text-indent: 2em;">{esc(s)}</p>', table=make.html_table)}</div><div class="xgxx">关联稿件：<p><a>解读：清河县2023年政府信息公开工作年度报告</a></p></div></div>''')

NOISE = "举报电话：0599-77777，请登陆网站查询，邮编：12345。截止2020年12月31日共收到申请5件，"
BESIDE = ["版权所有", "主办：", "主办单位：", "联系电话", "办公电话", "技术支持", "满意", "推荐阅读", "相关稿件", "站内搜索", "欢迎访问",
          "走进清河", "要闻动态", "跳到主要内容", "法定主动公开内容", "您的浏览器", "责任编辑", "扫码浏览", "此件公开发布", "没有了", "关闭本页"]


def main():
    OUT.mkdir(exist_ok=True)
    faulty = make.report(True)
    for name, (encoding, page) in PAGES.items():
        text = page(faulty)
        for word in BESIDE:
            text = text.replace(word, f"{word}<span>{NOISE}</span>")
        (OUT / f"{name}.html").write_bytes(text.encode(encoding))


if __name__ == "__main__":
    main()
