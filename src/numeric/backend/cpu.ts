import type { BackendProvider } from './backend.ts';
import { openTfjsBackend } from './tfjs-backend.ts';

/** Plain JavaScript: everywhere, slow. */
export const cpuProvider: BackendProvider = {
  name: 'cpu',
  probe: async () => ({ available: true, device: 'JavaScript', software: false }),
  async open() {
    await import('@tensorflow/tfjs-backend-cpu');
    return openTfjsBackend('cpu', 'JavaScript', 'reinstall @tensorflow/tfjs-backend-cpu');
  },
};
