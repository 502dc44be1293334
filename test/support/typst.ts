/** Compiles Typst math with the compiler that writes the PDF documents. */
import { requireOrSkip } from '../require.ts';

type Compiler = typeof import('@myriaddreamin/typst-ts-node-compiler');
let loaded: Compiler | null = null;
let reason = '';
try {
  loaded = await import('@myriaddreamin/typst-ts-node-compiler');
} catch (error) {
  reason = String(error);
}
export const typstFound = requireOrSkip('typst', loaded !== null, reason);

/** Null, or what the compiler says. */
export function typstError(formulas: readonly string[]): string | null {
  const compiler = loaded!.NodeCompiler.create();
  const mainFileContent = formulas.map((formula) => `$${formula}$`).join('\n\n');
  const result = compiler.compile({ mainFileContent });
  const diagnostics = result.takeDiagnostics();
  if (!diagnostics) return null;
  return JSON.stringify(compiler.fetchDiagnostics(diagnostics), null, 1).slice(0, 1000);
}
