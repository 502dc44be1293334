/** Letters: a book face for prose, the reader's own sans for labels, tabular figures for numbers. */
const MATH_FONTS = '"STIX Two Math","Libertinus Math","Cambria Math"';

/**
 * A parenthesis that may stretch is drawn by Chromium from Latin Modern Math with much space around it. Those around what
 * is not tall (`math.ts` marks the others) come from the text face of the family, where the reader has it.
 */
export const TYPE = `
.everymin{
  --serif:"Iowan Old Style","Palatino Linotype",Palatino,"TeX Gyre Pagella","Source Serif 4",Charter,Cambria,Georgia,"Latin Modern Roman","LM Roman 10","Latin Modern Math",serif;
  --sans:ui-sans-serif,system-ui,-apple-system,"Segoe UI","Helvetica Neue",Arial,sans-serif;
  --mono:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;
  color:var(--ink);background:var(--paper);font:400 1.0625rem/1.6 var(--serif);
  font-variant-numeric:lining-nums;text-rendering:optimizeLegibility;
  hanging-punctuation:first;overflow-wrap:break-word;
}
.everymin math{font-family:${MATH_FONTS},"Latin Modern Math",math;font-size:1.06em}
.everymin mrow:not(.tall)>mo:is(:first-child,:last-child){font-family:"Latin Modern Roman","LM Roman 10",${MATH_FONTS},math}
.everymin .formula math{math-style:normal}
.everymin :is(h1,h2,h3,h4,h5,h6){font-weight:600;line-height:1.25;text-wrap:balance;margin:0}
.everymin .masthead :is(h1,h2){font-size:clamp(1.75rem,1.2rem + 2.4vw,2.6rem);font-weight:400;letter-spacing:-.012em;
  margin:.35rem 0 .6rem}
.everymin section>:is(h2,h3):first-child{font-size:1.45rem;font-weight:400;font-style:italic;margin:0 0 .9rem}
.everymin :is(.kicker,.label,.step>header>:first-child>a,.kind,.status,.force>li>b,.count,.contents,.toolbar,:is(.step,.hypothesis)>details>summary,.breaks,
  .word-of-statement,.kind-of-symbols,.omitted,.shape,.sum,.colophon,.part>summary .count){font-family:var(--sans)}
.everymin .kicker,.everymin .label,.everymin .inside dt,.everymin .fact>:first-child,.everymin .word-of-statement,.everymin .kind-of-symbols{
  font-size:.74rem;letter-spacing:.09em;text-transform:uppercase;color:var(--soft);font-weight:600}
.everymin .inside dt,.everymin .fact>:first-child{font-size:.68rem;font-family:var(--sans)}
.everymin :is(.source,.detail,.lead,.omitted,.sum,.colophon){color:var(--soft)}
.everymin p.source{font-size:.95rem}
.everymin p{margin:0 0 .7rem;text-wrap:pretty}
.everymin a{color:var(--link);text-decoration-thickness:.06em;text-underline-offset:.16em}
.everymin code{font:.86em var(--mono);overflow-wrap:anywhere}
.everymin .value,.everymin .numbers td{font-family:var(--mono);font-size:.86rem;font-variant-numeric:tabular-nums lining-nums}
.everymin .long{overflow-wrap:anywhere;word-break:break-all}
.everymin :is(.plain-formula,var,var~sub){font-style:italic}
.everymin :is(sub,sup){font-size:.72em;line-height:0}
.everymin .hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.everymin .status{font-size:.8rem;font-weight:600;white-space:nowrap}
.everymin .status small{font-size:inherit;font-weight:400;color:var(--soft)}
.everymin .status small::before{content:" · "}
.everymin :is(.status,td).holds{color:var(--holds)}
.everymin :is(.status,td):is(.fails,.contradiction){color:var(--fails)}
.everymin :is(.status,td).undecided{color:var(--undecided)}
.everymin .status:is(.supposed,.not-applicable){color:var(--supposed)}
`;
