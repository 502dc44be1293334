import { expect, test } from 'vitest';
import { assumptionsSource, moduleOf, readAssumptions } from '../../../src/node/rocq/assumptions.ts';

const theorem = { about: 'a', file: 'deep/a.v', name: 'first', says: '' };

test('modules are named by the folder', () => {
  expect(moduleOf('theorem_3/network.v')).toBe('everymin.theorem_3.network');
});

test('the axioms are asked for before anything is imported', () => {
  const source = assumptionsSource([theorem], ['everymin.deep.a'], true);
  expect(source.indexOf('Print Assumptions everymin.deep.a.first.')).toBeGreaterThan(0);
  expect(source.indexOf('Import everymin.deep.a.')).toBeGreaterThan(source.indexOf('Print Assumptions'));
});

test('all together: one question, and a type for each', () => {
  const source = assumptionsSource([theorem, { ...theorem, name: 'second' }], ['everymin.deep.a'], false);
  expect(source).toContain('Definition everymin_all := (@everymin.deep.a.first, @everymin.deep.a.second).');
  expect(source.match(/Print Assumptions/g)).toHaveLength(1);
  const output =
    'everymin-theorem 0\nAxioms:\nmine : False\neverymin-theorem 0\na.first : True\neverymin-theorem 1\nb : nat\n';
  expect(readAssumptions(output, 2, false)).toEqual([
    { axioms: ['mine'], statement: 'True' },
    { axioms: ['mine'], statement: 'nat' },
  ]);
});

test('reading: several axioms, types on further lines, none, nothing', () => {
  const output = [
    'everymin-theorem 0',
    'Axioms:',
    'boolp.propositional_extensionality : forall P Q : Prop, P <-> Q -> P = Q',
    'boolp.functional_extensionality_dep',
    '  : forall (A : Type) (B : A -> Type), f = g',
    'mine : False',
    'everymin-theorem 1',
    'Closed under the global context',
    'everymin-theorem 2',
    'everymin-theorem 0',
    'a.first',
    '     : forall n : nat,',
    '       n = n',
    'everymin-theorem 1',
    'a.second : True',
    '',
  ].join('\n');
  expect(readAssumptions(output, 3, true)).toEqual([
    {
      axioms: ['boolp.propositional_extensionality', 'boolp.functional_extensionality_dep', 'mine'],
      statement: 'forall n : nat,\n       n = n',
    },
    { axioms: [], statement: 'True' },
    undefined,
  ]);
});
