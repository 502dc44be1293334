/** The style of a derivation. Everything stands under `.everymin`, so that a fragment changes nothing around it. */
import { COLOURS } from './colours.ts';
import { CONTROLS } from './controls.ts';
import { LAYOUT } from './layout.ts';
import { PRINT } from './print.ts';
import { PROOF } from './proof.ts';
import { TYPE } from './type.ts';

export const STYLE = [COLOURS, TYPE, LAYOUT, PROOF, CONTROLS, PRINT].join('\n');
