/** One column of about 70 characters; on a wide screen the contents stand beside it. */
export const LAYOUT = `
html:has(>body.everymin){scroll-padding-top:1.5rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body.everymin{margin:0;min-height:100vh}
.everymin,.everymin *{box-sizing:border-box}
.everymin main,.everymin-fragment{max-width:42rem;margin:0 auto;padding:2.2rem 1.1rem 5rem}
.everymin section{margin:3.2rem 0 0}
.everymin .masthead{padding-bottom:1.4rem;border-bottom:1px solid var(--faint)}
.everymin .instance{margin-top:1.1rem;font-size:1rem}
.everymin .instance p{margin:0 0 .25rem}
.everymin .instance code{margin-left:.6em;color:var(--soft)}
.everymin .sum{font-size:.78rem}
.everymin .sum code{margin:0}
.everymin .side{padding:.9rem 1.1rem 0;max-width:42rem;margin:0 auto}
.everymin .contents{font-size:.84rem;line-height:1.45}
.everymin .contents-title{font-weight:600;margin:0 0 .3rem}
.everymin .contents ol{list-style:none;margin:0;padding:0}
.everymin .contents a{color:var(--soft);text-decoration:none;display:inline-block;padding:.18rem 0;min-width:1.5rem}
.everymin .contents a:is(:hover,:focus-visible){color:var(--link);text-decoration:underline}
.everymin .contents>ol{display:flex;flex-wrap:wrap;gap:0 1.1rem}
.everymin .contents .inner{display:none}
.everymin .skip{position:absolute;left:.5rem;top:-4rem;background:var(--paper);padding:.5rem 1rem;z-index:3}
.everymin .skip:focus{top:.5rem}
.everymin figure{margin:0}
.everymin .drawing{overflow-x:auto}
.everymin #picture .drawing svg{min-width:32rem}
.everymin .drawing svg{display:block;max-width:100%;height:auto;margin:0 auto}
.everymin #graph .drawing svg{max-width:none;font-family:var(--sans)}
.everymin figcaption{font-size:.92rem;color:var(--soft);margin-top:.6rem}
.everymin .colophon{margin-top:4rem;padding-top:1rem;border-top:1px solid var(--faint);font-size:.8rem}
@media (min-width:66rem){
  body.everymin{display:grid;grid-template-columns:15rem minmax(0,1fr)}
  .everymin .side{position:sticky;top:0;align-self:start;height:100vh;overflow-y:auto;padding:2.4rem 1.2rem 2rem 1.6rem;margin:0;
    border-right:1px solid var(--faint)}
  .everymin main{padding-top:2.8rem;width:100%}
  .everymin .contents>ol{display:block}
  
  .everymin .contents .inner{display:block;margin:.15rem 0 .5rem;padding-left:.8rem;border-left:1px solid var(--faint);font-size:.94em}
  .everymin .contents .steps-of-contents{display:flex;flex-wrap:wrap;gap:0 .7em;font-variant-numeric:tabular-nums}
}
@media (min-width:90rem){body.everymin{grid-template-columns:18rem minmax(0,1fr) 12rem}}
`;
