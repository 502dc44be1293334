import type { Metafile } from 'esbuild';

export function bundleForBrowser(entry: string, folder: string): Promise<Metafile>;
