/** The look of the page, and the functions that the body calls. */
export const TYPST_PREAMBLE = `#set page(
  paper: "a4",
  margin: (x: 24mm, top: 24mm, bottom: 26mm),
  numbering: "1",
)
#set text(font: ("New Computer Modern", "New Computer Modern Math"), size: 10pt, lang: "en", fallback: false)
#set par(justify: false, leading: 0.58em, spacing: 0.75em)
#show math.equation: set text(font: ("New Computer Modern Math", "New Computer Modern"), fallback: false)
#show math.equation.where(block: true): set align(left)
#show math.equation.where(block: true): set block(above: 0.75em, below: 0.75em, breakable: true)
#show heading: set text(weight: "bold")
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 3): set text(size: 10.5pt)
#show heading: set block(above: 1.6em, below: 0.8em)
#show link: set text(fill: rgb("#1d4ed8"))
#let eq(alt, it) = math.equation(alt: alt, block: false, it.body)
#let lines(alt, it) = math.equation(alt: alt, block: true, it.body)
#let fit(it) = layout(room => {
  let width = measure(it).width
  if width > room.width { scale(room.width / width * 100%, origin: left, reflow: true, it) } else { it }
})
#let small(it) = text(size: 8.5pt, fill: luma(70), it)
#let item(head, broken: false, it) = block(
  width: 100%, above: 1em, below: 1em,
  inset: (left: 0.6em),
  stroke: (left: if broken { 1.6pt + rgb("#b91c1c") } else { 0.6pt + luma(215) }),
)[#block(sticky: true, below: 0.7em, par(hanging-indent: 1.2em, head))#if it != [] { pad(left: 1.2em, it) }]
#let plain(head, it) = block(width: 100%, above: 0.7em, below: 0.7em)[#par(hanging-indent: 1.2em, head)#if it != [] { pad(left: 1.2em, it) }]
#let note(title, it) = block(
  width: 100%, above: 1em, below: 1em, inset: 0.8em, radius: 2pt, fill: rgb("#fff7ed"), stroke: 0.6pt + rgb("#c2410c"),
)[#strong(title)#parbreak()#it]
#let inks = (good: rgb("#15803d"), bad: rgb("#b91c1c"), open: rgb("#92400e"), plain: luma(90))
#let known(glyph, words, ink) = box(text(fill: inks.at(ink))[#strong(glyph) #words])
#let numbers(columns, aligned, ..cells) = block(above: 0.6em, below: 0.6em, text(size: 8.5pt, table(
  columns: columns, stroke: none, inset: (x: 0.4em, y: 0.22em), align: aligned, ..cells
)))
#let head(..cells) = table.header(..cells.pos().map(it => text(fill: luma(100), it)))
`;
