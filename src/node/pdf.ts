/**
 * A derivation as a PDF, by the Typst compiler of the optional package typst-ts-node-compiler.
 *
 * The bytes depend on the document alone: no date is written, and only the fonts that the compiler carries are named. The
 * file is tagged and accepted as PDF/UA-1, which demands a glyph for each character and a text for each formula.
 */

import { createRequire } from 'node:module';
import type { DerivationDocument } from '../derive/document/model.ts';
import { renderTypst } from '../derive/document/typst.ts';

/** The compiler is not on this machine (exit code 3). */
export class TypstMissing extends Error {
  override readonly name = 'TypstMissing';
}

export interface Pdf {
  readonly bytes: Uint8Array;
  readonly pages: number;
  /** what the compiler noticed; none for a document of ours */
  readonly warnings: readonly string[];
}

type Package = typeof import('@myriaddreamin/typst-ts-node-compiler');

/** Throws TypstMissing. About a second for a hundred pages. */
export async function renderPdf(document: DerivationDocument): Promise<Uint8Array> {
  return (await compileTypst(renderTypst(document))).bytes;
}

/** Typst source as PDF/UA-1. Throws TypstMissing, and an Error with what the compiler says of a wrong source. */
export async function compileTypst(source: string, load: () => Promise<Package> = typst): Promise<Pdf> {
  const { NodeCompiler } = await loaded(load);
  // A source of ours reads no file: the workspace is a folder that does not exist.
  const compiler = NodeCompiler.create({ workspace: '/everymin-has-no-workspace' });
  const compiled = compiler.compile({ mainFileContent: source });
  const failed = compiled.takeError();
  const { result } = compiled;
  if (failed || !result) {
    throw new Error(
      `Typst refuses the document: ${failed ? messages(compiler.fetchDiagnostics(failed)).join('; ') : ''}`,
    );
  }
  const warned = compiled.takeWarnings();
  const warnings = warned ? messages(compiler.fetchDiagnostics(warned)) : [];
  const bytes = compiler.pdf(result, { pdfStandard: 'ua-1', pdfTags: true, creationTimestamp: 0 });
  const pages = result.numOfPages;
  // What it remembers between documents is never needed again.
  compiler.evictCache(0);
  return { bytes, pages, warnings };
}

export const TYPST_PACKAGE = '@myriaddreamin/typst-ts-node-compiler';

const typst = (): Promise<Package> => import('@myriaddreamin/typst-ts-node-compiler');

/** Of the package, once it is loaded with its native part. Throws TypstMissing. */
export async function typstVersion(load: () => Promise<Package> = typst): Promise<string> {
  await loaded(load);
  const require = createRequire(import.meta.url);
  return (require(`${TYPST_PACKAGE}/package.json`) as { version: string }).version;
}

/** Throws TypstMissing: before the work, which nobody wants without the document. */
export async function requireTypst(): Promise<void> {
  await loaded(typst);
}

async function loaded(load: () => Promise<Package>): Promise<Package> {
  try {
    return await load();
  } catch (error) {
    throw new TypstMissing(
      `a PDF needs the optional package ${TYPST_PACKAGE}, which ${whyNot(error)}: npm install ${TYPST_PACKAGE}, or ask for --format latex`,
    );
  }
}

function whyNot(error: unknown): string {
  const absent = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  if (absent) return 'is not installed';
  const why = error instanceof Error ? error.message.split('\n')[0]! : String(error);
  return `cannot be loaded (${why})`;
}

function messages(diagnostics: readonly unknown[]): readonly string[] {
  return diagnostics.map((each) =>
    typeof each === 'object' && each !== null && 'message' in each ? String(each.message) : String(each),
  );
}
