import type { CheckRequest } from './check-request.ts';

/** The derivation of one result on one file, as plain data: it can be handed to a worker thread. */
export interface DeriveRequest extends Omit<CheckRequest, 'options'> {
  readonly result: string;
  readonly options: Omit<CheckRequest['options'], 'results'>;
}
