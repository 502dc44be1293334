/** Statements, steps, tables. */
export const PROOF = `
.everymin .formula{overflow-x:auto;overflow-y:hidden;margin:.15rem 0 .55rem;padding:.2rem 0;max-width:100%}
.everymin .formula{padding-left:2em;text-indent:-2em;line-height:2.05}
.everymin .formula math{text-indent:0}
.everymin math [data-s]:hover,.everymin math .told{background:var(--mark);border-radius:.15em;cursor:help}
.everymin .statement{border-left:3px solid var(--faint);padding:.1rem 0 .1rem 1.2rem}
.everymin .word-of-statement{margin:1rem 0 .4rem}
.everymin .then{font-size:1.06em}
.everymin ul.hypotheses{list-style:none;margin:0;padding:0}
.everymin .hypothesis{margin:0 0 .55rem}
.everymin .hypothesis .formula{margin:0}
.everymin .hypothesis>details>summary{font-size:.78rem}
.everymin .hypothesis .name{display:flex;flex-wrap:wrap;gap:.1rem .8rem;align-items:baseline;margin:0;font-style:italic;color:var(--soft)}
.everymin .hypothesis .status{font-style:normal}
.everymin .setting{font-size:.97em}
.everymin summary{cursor:pointer}
.everymin details>summary{color:var(--soft);font-size:.88rem}
.everymin summary:hover{color:var(--ink)}
.everymin details[open]>summary{margin-bottom:.5rem}

.everymin ol.steps{list-style:none;margin:0;padding:0}
.everymin .step{position:relative;padding:.85rem 0 .95rem;border-top:1px solid var(--faint);scroll-margin:12vh 0}
.everymin .step>header{display:flex;flex-wrap:wrap;gap:.1rem .9rem;align-items:baseline;margin-bottom:.25rem}
.everymin .step>header>:first-child>a{color:var(--soft);text-decoration:none;font-size:.8rem;font-weight:600;font-variant-numeric:tabular-nums lining-nums}
.everymin .step>header>:first-child>a:is(:hover,:focus-visible){color:var(--link);text-decoration:underline}
.everymin .step .kind{font-size:.8rem;font-style:italic;color:var(--supposed)}
.everymin .step>header .status{margin-left:auto}
.everymin .step .reason{margin:0 0 .2rem}
.everymin .step>details>summary{font-size:.8rem;line-height:1.5}
.everymin .step.suppose>.formula,.everymin .step.obtain>.formula{border-left:2px solid var(--supposed);padding-left:calc(2em + .8rem)}
.everymin .step.conclusion>.formula{font-size:1.08em}
.everymin .step.broken::before{content:"";position:absolute;left:-.9rem;top:.9rem;bottom:.9rem;width:3px;background:var(--fails)}
.everymin .breaks{font-size:.8rem;font-weight:600;color:var(--fails)}
.everymin .inside{padding:.2rem 0 .2rem 1rem;border-left:1px solid var(--faint);font-size:.95rem}
.everymin .inside>:last-child{margin-bottom:0}
.everymin .inside>dl{display:grid;grid-template-columns:5.6rem minmax(0,1fr);gap:.35rem .8rem;margin:.35rem 0 0;align-items:baseline}
.everymin .inside dd,.everymin .inside dd>ul{margin:0;line-height:1.75}
.everymin .force{list-style:none;padding:0}
.everymin .force>li{display:grid;grid-template-columns:.8em 4.4rem minmax(0,1fr);gap:0 .3rem;align-items:baseline}
.everymin .force .formula{margin:0}
.everymin .force>li>b{font-size:.78rem;font-weight:inherit;color:var(--soft)}
.everymin .force>.new::before{content:"+";content:"+"/""}
.everymin .force>.kept::before{content:"·";content:"·"/""}
.everymin .force>.gone::before{content:"−";content:"−"/""}
.everymin .force>.new::before,.everymin .force>.new>b{color:var(--holds);font-weight:600}
.everymin .force>.gone::before,.everymin .force>.gone>b{color:var(--fails);font-weight:600}
.everymin .force .gone{color:var(--soft)}
.everymin .force>.case{display:block}
.everymin .force>li>span{overflow-x:auto;overflow-y:hidden}
.everymin .force .of{font-size:.85em}
.everymin a.symbol{display:inline-block;text-decoration:none;padding:0 .4em;border:1px solid var(--faint);border-radius:.3em;margin:.1em 0}
.everymin .detail{font-size:.95em;margin-bottom:.4rem}

.everymin :is(.numbers,.matrix){position:relative;overflow-x:auto;margin:.5rem 0}
.everymin table{border-collapse:collapse;font-size:.88rem}
.everymin .numbers table{min-width:60%}
.everymin .numbers :is(th,td){padding:.22rem .9rem .22rem 0;text-align:left;vertical-align:baseline}
.everymin .numbers th{font:400 .8rem var(--sans);color:var(--soft)}
.everymin .numbers thead :is(th,td){border-bottom:1px solid var(--ink);font-size:.72rem}
.everymin .numbers tbody tr+tr>*{border-top:1px solid var(--faint)}
.everymin .numbers td{min-width:2em;max-width:16em}
.everymin .numbers td:is(.holds,.fails,.undecided){font:600 .8rem var(--sans);white-space:nowrap}
.everymin .numbers .false{background:color-mix(in srgb,var(--fails) 8%,transparent)}
.everymin .numbers td.none{color:var(--soft)}
.everymin .lines{list-style:none;padding:0;margin:.3rem 0;font-size:.88rem;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.everymin .omitted{font-size:.8rem;margin:.3rem 0}
.everymin .matrix table{border-left:1px solid var(--ink);border-right:1px solid var(--ink);border-radius:.4em}
.everymin .matrix td{padding:.1rem .7rem;text-align:right}
.everymin .construction{margin:0 0 1.8rem}
.everymin .construction :is(h3,h4){font-size:1.1rem;display:flex;gap:.8rem;align-items:baseline;margin-bottom:.3rem}
.everymin .shape{font-size:.8rem;font-weight:400;color:var(--soft)}
.everymin .checks{margin:.3rem 0;padding:0;list-style:none;font-size:.95rem}
.everymin .checks li{display:flex;flex-wrap:wrap;gap:.1rem .8rem;justify-content:space-between;align-items:baseline}

.everymin .verdict{background:var(--panel);border-radius:.5rem;padding:1.4rem 1.4rem 1rem;margin-top:2rem}
.everymin .verdict .says .status{font-size:1.15rem}
.everymin .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:.7rem 1.6rem;margin:1rem 0}
.everymin .figures dt{color:var(--soft);font-size:.92rem}
.everymin .figures .label{text-transform:none;letter-spacing:0;font-weight:400;font-size:.8rem}
.everymin .figures dd{margin:0;font-size:1rem}
.everymin .figures .wordy{grid-column:1/-1}
.everymin .figures .wordy dd{font:inherit;font-size:.95rem}
.everymin .breakage{border-left:3px solid var(--fails);padding:.2rem 0 .2rem 1rem;margin:1rem 0}
.everymin .breakage p{margin:.2rem 0}
.everymin .obligations ul{list-style:none;padding:0;margin:0;font-size:.95rem}
.everymin .obligations .name{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 .8rem;margin:.5rem 0 0}
.everymin .obligations .detail{margin:0}

.everymin .symbols{margin:0 0 1.2rem}
.everymin .kind-of-symbols{margin:1.2rem 0 .2rem}
.everymin .entry{display:grid;grid-template-columns:minmax(4.5rem,9rem) minmax(0,1fr);gap:0 1rem;padding:.45rem 0;
  border-top:1px solid var(--faint);align-items:baseline;scroll-margin:12vh 0}
.everymin .entry.wide{grid-template-columns:minmax(0,1fr)}
.everymin .entry dt{overflow-x:auto;overflow-y:hidden}
.everymin .entry dd{margin:0}
.everymin .entry p,.everymin #meaning p{margin:0}
.everymin .fact{font-size:.93rem;display:grid;grid-template-columns:5.2rem minmax(0,1fr);gap:0 .6rem;align-items:baseline}
.everymin .fact>:last-child{overflow-x:auto;overflow-y:hidden}

.everymin .part{border-top:1px solid var(--faint);padding:.8rem 0;scroll-margin:4vh 0}
.everymin .part>summary{list-style-position:outside;margin-left:1.1em;font-size:1.05rem;color:var(--ink)}
.everymin .part>summary :is(h3,h4){display:inline;font-weight:400;font-size:1.08rem}
.everymin .part>summary .count{display:block;font-size:.78rem;color:var(--soft)}
.everymin .part[open]>summary{margin-bottom:.7rem}
.everymin .part .table-of-symbols{margin:.8rem 0}
.everymin .part .steps{margin-top:1rem}

.everymin :is(.axiom,.erratum){padding:.8rem 0;border-top:1px solid var(--faint);scroll-margin:12vh 0}
.everymin #foundations :is(h3,h4){margin:1.4rem 0 .5rem;font-size:1.05rem}
.everymin .axiom .name{margin:0}
.everymin :is(.axiom,.erratum) .source{margin:0 0 .3rem;font-size:.88rem}
.everymin .readings{margin:0}
.everymin .readings>div{display:grid;grid-template-columns:5rem minmax(0,1fr);gap:0 .8rem;padding:.2rem 0}
.everymin .readings dt{color:var(--soft);font-style:italic}
.everymin .readings dd{margin:0}
.everymin .erratum-note{margin:.6rem 0 0;padding:.5rem .9rem;background:var(--panel);border-left:3px solid var(--undecided);font-size:.95rem}
.everymin .erratum-note p{margin:0}

.everymin :is(.step,.hypothesis,.entry,.axiom,.erratum,.part):target,.everymin .step.current{
  background:var(--mark);box-shadow:0 0 0 .6rem var(--mark);border-radius:.1rem}
:root.stepping .everymin .step:target:not(.current){background:none;box-shadow:none}
.everymin :is(.step,.hypothesis,.axiom,.erratum,main):focus{outline:none}
.everymin :focus-visible{outline:2px solid var(--link);outline-offset:2px}
@media (max-width:30rem){
  .everymin .numbers :is(th,td){padding-right:.6rem}
  .everymin .entry,.everymin .inside>dl{grid-template-columns:minmax(0,1fr)}
  .everymin .statement{padding-left:.8rem}
  .everymin .verdict{padding:1.1rem 1rem .8rem;margin-inline:-.4rem}
  .everymin .step.broken::before{left:-.7rem}
}
`;
