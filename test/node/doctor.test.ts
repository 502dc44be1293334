import { describe, expect, it } from 'vitest';
import { type DoctorReport, doctor, type Finding, renderDoctor } from '../../src/node/doctor.ts';

// set before anything is loaded: the addon's folder is read once
process.env.EVERYMIN_TFJS_NODE = '/no/such/folder';

describe('doctor', () => {
  it('starts every backend that is there, and says why another is not', async () => {
    const { usable, findings } = await doctor();
    const byName = new Map(findings.map((finding) => [`${finding.topic}/${finding.name}`, finding]));
    const backend = (name: string): Finding => byName.get(`float32 backends/${name}`)!;
    for (const name of ['wasm', 'cpu']) {
      expect(backend(name)).toMatchObject({ present: true, precision: 'float32' });
      expect(backend(name).startMs).toBeGreaterThan(0);
    }
    expect(backend('tensorflow')).toMatchObject({
      present: false,
      detail: expect.stringContaining('/no/such/folder'),
      mend: expect.stringContaining('install-libtensorflow'),
    });
    expect(byName.get('float64 kernels/plain')).toMatchObject({ present: true, precision: 'float64' });
    expect(byName.get('machine/Node.js')!.detail).toContain(process.versions.node);
    for (const finding of findings) {
      expect(finding.detail, finding.name).not.toBe('');
      if (!finding.present) expect(finding.mend, finding.name).toBeTruthy();
    }
    for (const name of ['Typst', 'pdflatex', 'poppler', 'Chromium', 'Rocq'])
      expect(byName.get(`optional parts/${name}`), name).toBeDefined();
    expect(usable).toBe(true);
    expect(backend('webgpu')).toBeDefined();
  });
});

describe('doctor on a bare machine', () => {
  it('says what each optional part is for and how to get it', async () => {
    const path = process.env.PATH;
    process.env.PATH = '/no/such/folder';
    try {
      const { usable, findings } = await doctor();
      expect(usable).toBe(true);
      const mend = (name: string) => findings.find((each) => each.name === name)!.mend;
      expect(mend('pdflatex')).toMatch(/^install TeX Live, .*texlive-latex-base.*, for compiling/);
      expect(mend('poppler')).toMatch(/^install poppler-utils .*, for the tests that read PDF/);
      expect(mend('Rocq')).toMatch(/, for checking the proofs/);
      expect(mend('Chromium')).toMatch(/, for the browser tests/);
    } finally {
      process.env.PATH = path;
    }
  });
});

describe('renderDoctor', () => {
  const report: DoctorReport = {
    usable: false,
    findings: [
      {
        topic: 'machine',
        name: 'Node.js',
        present: false,
        needed: true,
        detail: '18.0.0',
        mend: 'install 20',
      },
      {
        topic: 'float32 backends',
        name: 'webgpu',
        present: true,
        detail: 'SwiftShader',
        startMs: 250,
        byNameOnly: true,
      },
      { topic: 'float32 backends', name: 'cpu', present: true, detail: 'JavaScript', startMs: 20 },
    ],
  };

  it('shows one line per finding, with the mend below', () => {
    expect(renderDoctor(report)).toMatchInlineSnapshot(`
      "machine
        ✗ Node.js  18.0.0
                   → install 20

      float32 backends
        ✓ webgpu   SwiftShader, starts in 250 ms; runs on the CPU, so only with --backend webgpu
        ✓ cpu      JavaScript, starts in 20 ms

      everymin does not work here: see the first ✗."
    `);
  });
});
