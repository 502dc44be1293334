/** The toolbar, the list of keys, and what appears beside a symbol. */
export const CONTROLS = `
.everymin [hidden]{display:none}
.everymin .toolbar:not([hidden]){display:flex;flex-wrap:wrap;gap:.35rem;margin:0 0 1.2rem}
.everymin button{font:500 .78rem/1.2 var(--sans);color:var(--ink);background:none;border:1px solid var(--soft);border-radius:.3rem;
  padding:.38rem .6rem;min-height:1.75rem;cursor:pointer}
.everymin button:hover{background:var(--panel)}
.everymin #meaning:not([hidden]){position:fixed;z-index:4;width:max-content;max-width:min(24rem,calc(100vw - 16px));max-height:60vh;overflow:auto;
  background:var(--paper);border:1px solid var(--soft);border-radius:.4rem;padding:.6rem .85rem;font-size:.95rem;line-height:1.45;
  box-shadow:0 6px 24px rgb(0 0 0/.18)}
.everymin #meaning .name{font-size:1.1rem;margin-bottom:.15rem}
.everymin #keys{font:1rem/1.5 var(--serif);color:var(--ink);background:var(--paper);border:1px solid var(--soft);border-radius:.5rem;
  max-width:26rem;padding:1.2rem 1.6rem}
.everymin #keys::backdrop{background:rgb(0 0 0/.4)}
.everymin #keys h2{margin:0 0 .6rem;font-size:1.2rem}
.everymin .keys{margin:0 0 1rem}
.everymin .keys>div{display:grid;grid-template-columns:5rem 1fr;padding:.12rem 0}
.everymin .keys dd{margin:0}
.everymin kbd{font:.82rem var(--mono);border:1px solid var(--faint);border-radius:.25em;padding:.05em .35em}
`;
