/** On paper every fold is open and nothing is left that only works on a screen. */
export const PRINT = `
@media print{
  @page{margin:22mm 20mm}
  body.everymin{display:block}
  .everymin{font-size:10.5pt;line-height:1.45}
  .everymin :is(.side,.skip,#keys,#meaning){display:none!important}
  .everymin :is(main){max-width:none;padding:0}
  .everymin details::details-content{content-visibility:visible;display:block;height:auto}
  .everymin details>summary{list-style:none;color:var(--soft)}
  .everymin :is(.step,.hypothesis)>details>summary::-webkit-details-marker{display:none}
  .everymin :is(.formula,.numbers,.matrix,.drawing){overflow:visible}
  .everymin :is(.step>header,.hypothesis,h1,h2,h3,h4,.label){break-after:avoid}
  .everymin :is(.formula,.numbers tr,.entry,.erratum-note,figure){break-inside:avoid}
  .everymin a{color:inherit;text-decoration:none}
  .everymin .verdict{border:1px solid var(--faint)}
  .everymin .step:target,.everymin .step.current{background:none;box-shadow:none}
}
`;
