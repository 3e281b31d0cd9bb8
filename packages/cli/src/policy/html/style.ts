import { createHash } from 'node:crypto';

/** All of the pages' style. It lies in each page, so that one file can be sent on by itself. */
export const style = `
:root{color-scheme:light;--ink:#1a2a2f;--soft:#526168;--line:#d9e1df;--wash:#f3f5f4;--brand:#14606b;--mark:#fdf3e0;--mark-line:#a65f00}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:#fff;font:15px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
a{color:var(--brand)}
header,main,footer{max-width:1080px;margin:0 auto;padding:0 20px}
header{padding-top:18px;display:flex;flex-wrap:wrap;gap:6px 18px;align-items:baseline;border-bottom:1px solid var(--line);padding-bottom:12px}
header strong{margin-right:auto}
main{padding-bottom:40px}
h1{font-size:24px;line-height:1.3;margin:24px 0 6px}
h2{font-size:18px;margin:34px 0 8px;scroll-margin-top:12px}
h3{font-size:15px;margin:20px 0 6px;scroll-margin-top:12px}
p{margin:6px 0}
.soft{color:var(--soft)}
.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px}
.wide{overflow-x:auto;margin:8px 0}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--soft);padding:4px 0}
th,td{border:1px solid var(--line);padding:7px 10px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{background:var(--wash)}
tbody th{font-weight:500;width:22%;min-width:8em}
tr.group th{background:var(--wash);color:var(--soft);font-weight:600;font-size:13px}
tr.differs td,tr.differs th{background:var(--mark)}
tr.differs th::before{content:"≠ ";color:var(--mark-line);font-weight:700}
tr:target{outline:2px solid var(--brand)}
ul{margin:4px 0;padding-left:20px}
details summary{cursor:pointer;color:var(--brand)}
footer{border-top:1px solid var(--line);padding-top:12px;padding-bottom:30px;color:var(--soft);font-size:13px}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:2px 16px}
.clouds tbody th,.clouds thead th:first-child{position:sticky;left:0;background:var(--wash)}
.clouds td,.clouds th{min-width:9em}
@media (max-width:640px){
.rows thead{display:none}
.rows table,.rows tbody,.rows tr,.rows th,.rows td{display:block;width:auto;border:0;padding:0}
.rows tr{border-bottom:1px solid var(--line);padding:10px 0}
.rows tr.group{padding:0;border:0}
.rows tr.group th{padding:6px 10px;margin-top:12px}
.rows tbody th{color:var(--soft);font-size:13px}
.rows td[data-label]::before{content:attr(data-label) " ";color:var(--soft);font-size:13px}
.rows tr.differs{padding:10px}
}
@media print{
a{color:inherit;text-decoration:none}
body{font-size:11px}
.wide{overflow:visible}
tr{break-inside:avoid}
h2,h3{break-after:avoid}
header a{display:none}
}
`;

/** Nothing but this style may be used by a page: no script, no picture, nothing from elsewhere. */
export const contentPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;
