import { parentPort, workerData } from 'node:worker_threads';
import { nodeBackends } from '../../src/node/backends.ts';
import { CASES, numbers, uniform } from '../numeric/backend/networks.ts';

/** Opens the backend that is named, sends one forward pass, and stays open, as a check does that is cut off. */
const backend = await nodeBackends.find(({ name }) => name === workerData)!.open({ software: true });
const { model, m } = CASES[0]!;
const next = uniform(1);
const theta = numbers(model.parameterCount, next);
parentPort!.postMessage(await backend.forward(model.network!, theta, numbers(m * model.inputs, next)));
