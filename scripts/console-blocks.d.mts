export interface ConsoleBlock {
  readonly start: number;
  readonly end: number;
  readonly commands: readonly { readonly command: string; readonly printed: string }[];
  readonly show?: string;
  readonly exit?: number;
  /** an optional part, such as rocq, without which it is not run */
  readonly needs?: string;
}
export function documents(): Promise<string[]>;
export function consoleBlocks(markdown: string): ConsoleBlock[];
export function shellCommands(markdown: string): { readonly command: string; readonly exit: number }[];
export interface FileBlock {
  readonly path: string;
  readonly lines?: string;
  readonly start: number;
  readonly end: number;
  readonly body: string;
}
export function fileBlocks(markdown: string): FileBlock[];
export function excerpt(block: Pick<FileBlock, 'path' | 'lines'>): Promise<string>;
export function allowedExits(announced: number | undefined): readonly number[];
export function shown(output: string, show: string | undefined): string;
export function comparable(text: string): string;
export function renewed(printed: string, now: string, show: string | undefined): string;
export function runCommands(
  commands: readonly string[],
  files?: Readonly<Record<string, string>>,
): Promise<{
  readonly results: { readonly output: string; readonly code: number | null }[];
  readonly written: Readonly<Record<string, string>>;
}>;
export function refreshed(path: string): Promise<Record<string, string>>;
export function fromRoot(path: string): string;

/** Whether this machine has what a block `needs`. */
export function hasNeeded(what: string): boolean;
