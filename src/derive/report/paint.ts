export type Ink = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colours text; the renderers know no terminal, so the one who has one hands this in. */
export type Paint = (ink: Ink, text: string) => string;

export const plain: Paint = (_ink, text) => text;
