import { describe, expect, it } from 'vitest';
import { embedSvg } from '../../../../src/derive/document/html/svg.ts';
import { geometryOf } from '../../../../src/derive/document/picture/geometry.ts';
import { drawPicture } from '../../../../src/derive/document/picture/index.ts';
import { sceneOf } from '../../../../src/derive/document/picture/scene.ts';
import { distance, dot, orthonormal, project } from '../../../../src/derive/document/picture/vector.ts';
import type { Instance } from '../../../../src/instance/instance.ts';
import { instanceFromObject } from '../../../../src/instance/load.ts';
import { loadInstanceFile } from '../../../../src/node/files.ts';

const load = (name: string): Promise<Instance> => loadInstanceFile(`test/instances/${name}.json`);
const sceneFor = async (name: string) => sceneOf(geometryOf(await load(name))!);

/** f(x; a, b) at x = 1, 2, 3 or as many as there are targets */
const expression = (output: string, parameters: Record<string, number | string>, targets: number[][]) =>
  instanceFromObject({
    everymin: 1,
    name: 'f',
    model: { type: 'expression', inputs: ['x'], parameters: Object.keys(parameters), outputs: [output] },
    loss: { type: 'squared' },
    data: { inputs: targets.map((_, i) => [i + 1]), targets },
    parameters,
  });

describe('the geometry', () => {
  it('of least squares at its solution: the image lies in the tangent plane, and f_X(θ) is nearest to y', async () => {
    const { geometry, foot, optimal, wideImage } = await sceneFor('I01');
    const { basis, tier } = geometry.tangent!;
    expect([geometry.dimension, basis.length, tier]).toEqual([3, 2, 'exact']);
    expect(optimal).toBe(true);
    expect(distance(foot!, geometry.at)).toBeLessThan(1e-9);
    expect(wideImage.cells.length).toBeGreaterThan(500);
    for (const corner of wideImage.cells.flat()) {
      expect(distance(project(corner, basis), corner)).toBeLessThan(1e-9);
    }
  });

  it('of least squares away from its solution: another point of the plane is nearer', async () => {
    const { geometry, foot, optimal } = await sceneFor('I02');
    expect(optimal).toBe(false);
    expect(distance(foot!, geometry.target)).toBeLessThan(distance(geometry.at, geometry.target));
  });

  it('measures with the weights of the loss', async () => {
    const { geometry, foot } = await sceneFor('I03');
    const weights = geometry.weights!;
    expect(new Set(weights).size).toBeGreaterThan(1);
    // the residual is orthogonal to the tangent space in the weighted product, and not in the plain one
    const residual = geometry.target.map((value, k) => value - foot![k]!);
    const weighted = residual.map((value, k) => value * weights[k]!);
    for (const unit of geometry.tangent!.basis) {
      expect(Math.abs(dot(weighted, unit))).toBeLessThan(1e-9);
      expect(Math.abs(dot(residual, unit))).toBeGreaterThan(1e-3);
    }
  });

  it('of the saddle of two linear layers: no tangent, but one where a weight that does nothing has moved', async () => {
    const { geometry, others } = await sceneFor('I04');
    expect(geometry.tangent!.basis).toEqual([]);
    expect(others).toHaveLength(1);
    expect(others[0]!.space.basis).toHaveLength(1);
    const theta = geometry.theta.map((value, k) => (k === 0 ? value + geometry.epsilon.toNumber() : value));
    expect(geometry.outputs(theta)).toEqual(geometry.at);
  });

  it('has no tangent space at a kink, and the picture says so', async () => {
    const instance = await loadInstanceFile('examples/kink.json');
    expect(geometryOf(instance)!.tangent).toBeUndefined();
    expect(drawPicture(instance)!.description).toContain('f_X has no derivative at θ');
  });

  it('knows the dimension numerically where J is not rational', async () => {
    const { tangent } = geometryOf(await expression('tanh(a*x)', { a: 0.5 }, [[1], [0]]))!;
    expect([tangent!.basis.length, tangent!.tier]).toEqual([1, 'numeric']);
  });
});

describe('an orthonormal basis', () => {
  it('of dependent columns has as many vectors as the rank, and spans them', () => {
    const columns = [
      [1, 1, 0],
      [2, 2, 0],
      [0, 1, 1],
    ];
    const basis = orthonormal(columns, 2);
    expect(basis).toHaveLength(2);
    basis.forEach((a, i) => {
      basis.forEach((b, j) => {
        expect(dot(a, b)).toBeCloseTo(i === j ? 1 : 0, 12);
      });
    });
    for (const column of columns) expect(distance(project(column, basis), column)).toBeLessThan(1e-12);
  });
});

describe('the picture', () => {
  it.each(['I01', 'I03', 'I04', 'I05', 'I08', 'I16', 'I24', 'I38', 'I41'])(
    'of %s is SVG of finite numbers inside the page, told in words, and the same every time',
    async (name) => {
      const { svg, description } = drawPicture(await load(name))!;
      expect(svg).not.toMatch(/NaN|Infinity|undefined|e\+/);
      expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="picture-title picture-desc"/);
      expect(svg).toContain('f<tspan dy="4" font-size="10">X</tspan>');
      expect(description).toMatch(/f_X\(θ\) = .*\d/);
      expect(svg.length).toBeLessThan(120_000);
      const dots = [...svg.matchAll(/<circle cx="([^"]*)" cy="([^"]*)"/g)];
      expect(dots.length).toBeGreaterThan(0);
      for (const [, x, y] of dots) {
        expect(Number(x)).toBeGreaterThan(0);
        expect(Number(x)).toBeLessThan(640);
        expect(Number(y)).toBeGreaterThan(0);
        expect(Number(y)).toBeLessThan(420);
      }
      expect(drawPicture(await load(name))!.svg).toBe(svg);
      expect(embedSvg(svg, 'p')).toContain('id="p-picture-title"');
    },
  );

  it.each(['I27', 'I19'])('of %s is not drawn: too many outputs or parameters', async (name) => {
    expect(drawPicture(await load(name))).toBeNull();
  });

  it('leaves out what float64 cannot compute', async () => {
    const picture = drawPicture(await expression('log(a)*x', { a: 1 }, [[1], [1]]));
    expect(picture!.svg).not.toContain('NaN');
    const far = drawPicture(await expression('exp(a*x)', { a: '700' }, [[1], [1], [1]]));
    expect(far === null || !/NaN|Infinity/.test(far.svg)).toBe(true);
  });

  it('has names of a user as text', async () => {
    const instance = await load('I04');
    const named = {
      ...instance,
      trainable: instance.trainable.map((block) => ({ ...block, name: '<script>x</script>&"' })),
    };
    const { svg, description } = drawPicture(named)!;
    expect(description).toContain('<script>');
    expect(svg).not.toContain('<script>');
    expect(() => embedSvg(svg, 'p')).not.toThrow();
  });
});

describe('a drawing in a page', () => {
  it.each([
    '<svg><script>x</script></svg>',
    '<svg onload="x"></svg>',
    '<svg><a href="javascript:x">x</a></svg>',
    '<svg><foreignObject/></svg>',
    '<svg><image href="http://e/x"/></svg>',
    'nothing',
  ])('is refused when it is more than shapes: %s', (svg) => {
    expect(() => embedSvg(svg, 'p')).toThrow('derivation: a picture');
  });
});
