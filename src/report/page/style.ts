/** The style of the page: light and dark, narrow and wide, on paper. */
export const STYLE = `
:root{--ground:#fff;--text:#1b1f24;--soft:#59636e;--line:#d1d9e0;--card:#f6f8fa;--good:#116329;--bad:#a40e26;--open:#7d4e00;--accent:#0550ae;--key:#ddf4ff;--aws:#6639a6;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--ground:#0d1117;--text:#e6edf3;--soft:#9da7b3;--line:#3d444d;--card:#151b23;--good:#56d364;--bad:#ff8e86;--open:#e3b341;--accent:#79c0ff;--key:#12283f;--aws:#d2a8ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,sans-serif}
main,header,footer{max-width:1400px;margin:0 auto;padding:0 20px}
h1{font-size:1.5rem;margin:20px 0 4px}h2{font-size:1.15rem;margin:28px 0 8px}h3{font-size:1rem;margin:14px 0 4px}
a{color:var(--accent)}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--ground);padding:6px}
.meta,.hint{color:var(--soft);font-size:.87rem;margin:2px 0;overflow-wrap:anywhere}
.verdict{font-size:1.15rem;margin:12px 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:12px;padding:0;list-style:none;margin:12px 0}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px}
.tiles strong{display:block;font-size:1.6rem;line-height:1.2}
.bar{display:flex;height:8px;border-radius:4px;overflow:hidden;margin-top:8px;background:var(--line)}
.bar span{display:block;height:100%}.bar .yes{background:var(--good)}.bar .aws{background:var(--aws)}.bar .no{background:var(--bad)}.bar .unknown{background:var(--open)}
.yes{color:var(--good)}.AWS-managed,.AWS-owned{color:var(--aws)}.no{color:var(--bad);font-weight:600}.unknown{color:var(--open);font-weight:600}
.scroll{overflow:auto;border:1px solid var(--line);border-radius:8px}.tall{max-height:80vh}
.picture{display:block;font:12px system-ui,sans-serif}
.picture text{fill:var(--text)}.picture .box rect{fill:none;stroke:var(--line);stroke-dasharray:4 3}.picture .box text,.picture .node .what{fill:var(--soft)}.picture .node .what{font-size:10px}
.picture .node rect{fill:var(--card);stroke:var(--line);stroke-width:1.5}.picture .key rect{fill:var(--key);stroke:var(--accent)}.picture .party rect{fill:var(--ground)}
.picture .rest-no rect{stroke:var(--bad);stroke-width:3}.picture .rest-AWS-managed rect,.picture .rest-AWS-owned rect{stroke:var(--aws)}.picture .rest-unknown rect{stroke:var(--open);stroke-width:2;stroke-dasharray:5 3}
.picture .edge{fill:none;stroke:var(--soft);stroke-width:1.3}.picture .encrypts{stroke:var(--accent)}.picture .transit-no{stroke:var(--bad);stroke-width:2;stroke-dasharray:6 4}.picture .transit-unknown{stroke:var(--open);stroke-dasharray:2 3}
.picture marker path{fill:var(--soft)}
.controls{display:flex;flex-wrap:wrap;gap:12px;align-items:end;margin:8px 0}
.controls label{display:flex;flex-direction:column;font-size:.87rem;color:var(--soft)}
.controls input,.controls select,#more{font:inherit;padding:5px 8px;border:1px solid var(--soft);border-radius:6px;background:var(--ground);color:var(--text);max-width:100%}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:6px 10px;border-bottom:1px solid var(--line)}
tbody th,td.wide,td.name{overflow-wrap:anywhere;min-width:110px}tbody th{min-width:150px}td.word{white-space:nowrap}dd{overflow-wrap:anywhere}
thead th{position:sticky;top:0;background:var(--card)}
th button{font:inherit;font-weight:600;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:left}
th[aria-sort=ascending] button::after{content:" \\2191"}th[aria-sort=descending] button::after{content:" \\2193"}
tbody th{font-weight:500}
.tall table{table-layout:fixed;min-width:760px}.tall th:nth-child(1),.tall th:nth-child(2){width:24%}.tall th:nth-child(3){width:18%}
summary{cursor:pointer;white-space:nowrap;color:var(--accent)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;margin:6px 0}dt{color:var(--soft)}dd{margin:0}
ul.plain{margin:0;padding-left:18px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
tr:target{outline:2px solid var(--accent)}
@media (max-width:700px){main,header,footer{padding:0 12px}.wide{display:none}dl{grid-template-columns:1fr}}
@media print{.controls,.skip{display:none}.scroll,.tall{overflow:visible;max-height:none;border:0}.picture{width:100%;height:auto}details>*{display:block}body{font-size:11px}thead th{position:static}tr{break-inside:avoid}}
`.trim();
