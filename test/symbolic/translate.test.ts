import { expect, it } from 'vitest';
import { GraphBuilder } from '../../src/symbolic/graph.ts';
import { parse } from '../../src/symbolic/mathjs-parse.ts';
import { SpecError } from '../../src/symbolic/spec-error.ts';
import { tokenize } from '../../src/symbolic/tokens.ts';
import { Translation } from '../../src/symbolic/translate.ts';

/** Translates a tree beside the tokens of another text: what a faulty or deceived parser might hand over. */
function translate(written: string, tree: string): string {
  const b = new GraphBuilder({ v: 2 });
  const resolve = (name: string) => ({ x: b.variable('v', 0), y: b.variable('v', 1) })[name];
  const id = new Translation(tokenize(written, 'f'), b, resolve, 'f').run(parse(tree));
  return JSON.stringify(b.node(id).op);
}

it('a tree of the same tokens is accepted', () => {
  expect(translate('x+y*2', 'x+y*2')).toBe('"sum"');
});

it.each([
  ['1+2', '1+3'],
  ['1+2', '1'],
  ['1', '1+2'],
  ['x+y', 'x*y'],
  ['x+y', 'y+x'],
  ['x y', 'x*y'],
  ['x*y', 'x y'],
  ['(x)', 'x'],
  ['x', '(x)'],
  ['-x', '+x'],
  ['sin(x)', 'cos(x)'],
  ['max(x,y)', 'max(x)'],
  ['0.1', '0.2'],
  ['z', 'z'],
])('the text %s does not license the tree of %s', (written, tree) => {
  expect(() => translate(written, tree)).toThrow(SpecError);
});

it.each([
  ['x.y'],
  ['x[1]'],
  ['x=1'],
  ['f(x)=x'],
  ['[1,2]'],
  ['{a:1}'],
  ['"x"'],
  ['1:3'],
  ['x?1:2'],
  ['x<y'],
  ['x<y<2'],
  ['x;y'],
  ['5!'],
  ['x.*y'],
  ['x.^2'],
  ['x%y'],
  ['not x'],
  ['x and y'],
  ['x to y'],
  ["x'"],
  ['x.sin(1)'],
  ['import("fs")'],
  ['evaluate(x)'],
  ['true'],
  ['undefined'],
])('a tree of %s is refused by its own shape', (tree) => {
  for (const written of ['x', '1', 'x*y', '(x)']) expect(() => translate(written, tree)).toThrow(SpecError);
});
