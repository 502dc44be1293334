import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { instanceSchema } from '../../src/instance/schema.ts';
import { lossKinds } from '../../src/losses/index.ts';
import { modelKinds } from '../../src/models/index.ts';

const published: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../schema/instance.schema.json'), 'utf8'),
);

describe('the schema', () => {
  it('is the published one (node scripts/generate-schema.mjs)', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(instanceSchema())));
  });

  it('is a valid draft 2020-12 schema, in strict mode', () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
    expect(ajv.validateSchema(instanceSchema())).toBe(true);
    expect(() => ajv.compile(instanceSchema())).not.toThrow();
  });

  it('says the same of a shipped instance when the kinds that it does not use are left out', () => {
    const options = { strict: true, strictRequired: false, allowUnionTypes: true };
    const whole = new Ajv2020(options).compile(instanceSchema());
    const folder = join(import.meta.dirname, '../instances');
    for (const name of ['I01', 'I13', 'I16', 'I34', 'I42', 'I46']) {
      const instance = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
      const used = { model: instance.model.type, loss: instance.loss.type };
      const part = new Ajv2020(options).compile(instanceSchema(used));
      for (const broken of [
        instance,
        { ...instance, model: { ...instance.model, extra: 1 } },
        { ...instance, loss: {} },
      ]) {
        expect(part(broken), name).toBe(whole(broken));
      }
      expect(part(instance), name).toBe(true);
    }
  });

  it('has every kind of model and loss, and refuses unknown entries in each', () => {
    const { $defs } = published as { $defs: Record<string, { additionalProperties?: unknown }> };
    const kinds = [
      ...modelKinds.map(({ type }) => `model-${type}`),
      ...lossKinds.map(({ type }) => `loss-${type}`),
    ];
    expect(kinds.length).toBe(9);
    for (const kind of kinds) expect($defs[kind]?.additionalProperties, kind).toBe(false);
  });

  it('takes "$schema", for editors', () => {
    const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
      instanceSchema(),
    );
    const instance = {
      $schema: '../schema/instance.schema.json',
      everymin: 1,
      model: { type: 'expression', inputs: ['x'], parameters: ['w'], outputs: ['w*x'] },
      loss: { type: 'squared' },
      data: { inputs: [[1]], targets: { csv: 'y.csv', columns: ['y'] }, weights: 'mean' },
      parameters: { w: '1/2' },
    };
    expect(validate(instance)).toBe(true);
    expect(validate({ ...instance, parameters: { w: '1/' } })).toBe(false);
  });
});
