/** Letters: a book face for prose, the reader's own sans for labels, tabular figures for numbers. */
const MATH_FONTS = '"STIX Two Math","Libertinus Math","Cambria Math"';

/**
 * Latin Modern Math has a wide variant of every parenthesis that may stretch. Those that need not come from the text face
 * of the family, where the reader has it; elsewhere the rule finds no font and changes nothing.
 */
export const TYPE = `
@font-face{font-family:everymin-fences;src:local("LMRoman10-Regular"),local("Latin Modern Roman 10 Regular"),local("LM Roman 10");
  unicode-range:U+28-29,U+5B,U+5D,U+7B,U+7D}
.everymin{
  --serif:"Iowan Old Style","Palatino Linotype",Palatino,"TeX Gyre Pagella","Source Serif 4",Charter,Cambria,Georgia,"Latin Modern Roman","LM Roman 10","Latin Modern Math",serif;
  --sans:ui-sans-serif,system-ui,-apple-system,"Segoe UI","Helvetica Neue",Arial,sans-serif;
  --mono:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;
  color:var(--ink);background:var(--paper);font:400 1.0625rem/1.6 var(--serif);
  font-variant-numeric:lining-nums;text-rendering:optimizeLegibility;
  hanging-punctuation:first;overflow-wrap:break-word;
}
.everymin math{font-family:${MATH_FONTS},everymin-fences,"Latin Modern Math",math;font-size:1.06em}
.everymin math .tall>mo{font-family:${MATH_FONTS},"Latin Modern Math",math}
.everymin .formula math{math-style:normal}
.everymin :is(h1,h2,h3,h4,h5,h6){font-weight:600;line-height:1.25;text-wrap:balance;margin:0}
.everymin .masthead :is(h1,h2){font-size:clamp(1.75rem,1.2rem + 2.4vw,2.6rem);font-weight:400;letter-spacing:-.012em;
  margin:.35rem 0 .6rem}
.everymin section>:is(h2,h3):first-child{font-size:1.45rem;font-weight:400;font-style:italic;margin:0 0 .9rem}
.everymin :is(.kicker,.label,.number,.kind,.status,.tier,.change,.count,.contents,.toolbar,.why>summary,.breaks,
  .word-of-statement,.kind-of-symbols,.omitted,.shape,.sum,.colophon,.part>summary .count){font-family:var(--sans)}
.everymin .kicker,.everymin .label,.everymin .word-of-statement,.everymin .kind-of-symbols{
  font-size:.74rem;letter-spacing:.09em;text-transform:uppercase;color:var(--soft);font-weight:600}
.everymin :is(.source,.detail,.lead,.omitted,.sum,.colophon){color:var(--soft)}
.everymin p.source{font-size:.95rem}
.everymin p{margin:0 0 .7rem;text-wrap:pretty}
.everymin a{color:var(--link);text-decoration-thickness:.06em;text-underline-offset:.16em}
.everymin code{font:.86em var(--mono);overflow-wrap:anywhere}
.everymin .value,.everymin .relation{font-family:var(--mono);font-size:.86rem;font-variant-numeric:tabular-nums lining-nums}
.everymin .long{overflow-wrap:anywhere;word-break:break-all}
.everymin .plain-formula{font-style:italic}
.everymin .hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.everymin .status{display:inline-flex;gap:.32em;align-items:baseline;font-size:.8rem;font-weight:600;white-space:nowrap}
.everymin .status .tier{font-weight:400;color:var(--soft)}
.everymin .status .tier::before{content:"· "}
.everymin .holds>.glyph,.everymin .holds>.word{color:var(--holds)}
.everymin :is(.fails,.contradiction)>:is(.glyph,.word){color:var(--fails)}
.everymin .undecided>:is(.glyph,.word){color:var(--undecided)}
.everymin :is(.supposed,.not-applicable)>:is(.glyph,.word){color:var(--supposed)}
`;
