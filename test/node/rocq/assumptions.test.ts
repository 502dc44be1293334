import { expect, test } from 'vitest';
import { assumptionsSource, moduleOf, readAssumptions } from '../../../src/node/rocq/assumptions.ts';

const theorem = { about: 'a', file: 'deep/a.v', name: 'first', says: '' };

test('modules are named by the folder', () => {
  expect(moduleOf('theorem_3/network.v')).toBe('everymin.theorem_3.network');
});

test('the axioms are asked for before anything is imported', () => {
  const source = assumptionsSource([theorem], ['everymin.deep.a']);
  expect(source.indexOf('Print Assumptions everymin.deep.a.first.')).toBeGreaterThan(0);
  expect(source.indexOf('Import everymin.deep.a.')).toBeGreaterThan(source.indexOf('Print Assumptions'));
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
  expect(readAssumptions(output, 3)).toEqual([
    {
      axioms: ['boolp.propositional_extensionality', 'boolp.functional_extensionality_dep', 'mine'],
      statement: 'forall n : nat,\n       n = n',
    },
    { axioms: [], statement: 'True' },
    undefined,
  ]);
});
