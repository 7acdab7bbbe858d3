/** Something that was asked for and does not exist, although everything was read. */
export type Mistake = 'unknown acknowledgement';

/** Something that could not be checked, said in one line for a person: file, position, what is wrong. */
export class Failure extends Error {
  constructor(
    message: string,
    public readonly file?: string,
    public readonly line?: number,
    public readonly column?: number,
    public readonly mistake?: Mistake,
  ) {
    super(message);
    this.name = 'Failure';
  }

  /** `template.yaml:3:5: …`. */
  public get text(): string {
    const position = this.line === undefined ? '' : `:${this.line}:${this.column ?? 1}`;
    return this.file === undefined ? this.message : `${this.file}${position}: ${this.message}`;
  }
}
