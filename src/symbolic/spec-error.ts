/** A fault in what the user wrote: `path` names the place ("model.layers[1].activation"), `message` the fault and the mend. */
export class SpecError extends Error {
  override readonly name = 'SpecError';
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}
