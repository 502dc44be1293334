import { pathToFileURL } from 'node:url';

/** A path as a URI, relative to the working folder where it lies in it; stdin has none but its name. */
export function artifactUri(path: string): string {
  if (path === '-') return 'stdin';
  const here = pathToFileURL('./').href;
  const base = here.endsWith('/') ? here : `${here}/`;
  const { href } = pathToFileURL(path);
  return href.startsWith(base) ? href.slice(base.length) : href;
}
