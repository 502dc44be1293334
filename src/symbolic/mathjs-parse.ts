import { create, type FactoryFunctionMap, type MathNode, parseDependencies } from 'mathjs/number';

/**
 * mathjs's parser alone. This module is only ever imported dynamically: loading mathjs takes a third of a second
 * unbundled (about 15 ms once a bundler has dropped what parsing does not need).
 */
const dependencies: FactoryFunctionMap = { parseDependencies: parseDependencies! };

export const parse: (text: string) => MathNode = create(dependencies).parse;
