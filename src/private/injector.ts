import { InjectionContext, IPropertyInjector, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { EncryptionError, pathOf, Refusal, refuse } from './errors';
import { warn } from './warn';

const PROTECTED = Symbol('cdk-encryption-constructs.protected');

/** Marks the props that a construct of this library gives its base class: injectors leave them as they are. */
export function markManaged<P extends object>(props: P): P {
  return Object.assign({ ...props }, { [PROTECTED]: true });
}

/** What the injectors of one scope have in common. */
export interface InjectorSettings {
  /** The key for a resource that is to be made in a scope, at a path; a key that the stack shares goes where all its resources go. */
  readonly keyFor: (scope: IConstruct, path: string, removalPolicy: RemovalPolicy | undefined) => kms.IKey;
  /** The key that was given for all resources: of a multi-Region key also what is in other Regions. */
  readonly givenKey?: kms.IKey;
  /** Insecure values in the code are left as they are with a warning, instead of an error. */
  readonly warnOfInsecureProps: boolean;
  /** Paths that are left alone. */
  readonly isException: (path: string) => boolean;
  /** Paths of databases that may be replaced. */
  readonly replaceable: { has(path: string): boolean };
  /** Paths of other resources that may be replaced. */
  readonly replaceableResource: { has(path: string): boolean };
  /** Says that something is made in a scope: of its Stage what no injector sees comes under the key too. */
  readonly reach: (scope: IConstruct) => void;
  /** Says once that uploads which name the algorithm and no key are denied from now on. */
  readonly warnOfUploads: () => void;
  /** Takes an error that is told together with all others when the app is synthesized. */
  readonly refuse: (scope: IConstruct, error: EncryptionError) => void;
}

/** The injectors of a service for one scope; `previous` gives the injector that the scope had for a class before. */
export type InjectorsOf = (settings: InjectorSettings, previous: (target: string) => IPropertyInjector | undefined) => IPropertyInjector[];

/** Completes the props of an L2 of aws-cdk-lib as it is made; what the code says itself wins where it is secure. */
export abstract class ProtectingInjector<P extends object> implements IPropertyInjector {
  constructor(
    public readonly constructUniqueId: string,
    protected readonly settings: InjectorSettings,
    private readonly refusals: ReadonlyArray<Refusal<P>>,
    /** An injector that the scope had before: it goes first. */
    private readonly previous?: IPropertyInjector,
  ) {}

  public inject(originalProps: any, context: InjectionContext): any {
    const props: P = (this.previous ? this.previous.inject(originalProps, context) : originalProps) ?? {};
    const path = pathOf(context.scope, context.id);
    this.settings.reach(context.scope);
    if (PROTECTED in props || this.settings.isException(path)) { return props; }
    const insecure = new Set<keyof P>(this.insecureProps(path, props, context.scope));
    return { ...props, ...this.protect(props, path, context.scope, insecure) };
  }

  /** What to add to the props; nothing that belongs to a prop of `insecure`, which is reported and left. */
  protected abstract protect(props: P, path: string, scope: IConstruct, insecure: ReadonlySet<keyof P>): Partial<P>;

  /** Fails, or reports and gives the names of the props that are left as they are. */
  private insecureProps(path: string, props: P, scope: IConstruct): Array<keyof P> {
    return this.refusals.filter((refusal) => !this.accepts(scope, () => refuse(path, props, [refusal]))).map(({ prop }) => prop);
  }

  /** Runs a check; an error of it is told at synth together with all others, or becomes a warning where that is asked for. */
  protected accepts(scope: IConstruct, check: () => void): boolean {
    try {
      check();
      return true;
    } catch (error) {
      if (!(error instanceof EncryptionError)) { throw error; }
      if (this.settings.warnOfInsecureProps) { warn(scope, error.code, error.message); } else { this.settings.refuse(scope, withException(error)); }
      return false;
    }
  }

  /** Tells an error as `accepts` does. */
  protected tellIn(scope: IConstruct): (error: EncryptionError) => void {
    return (error) => { this.accepts(scope, () => { throw error; }); };
  }
}

/** The way out where the code cannot be changed: a construct of the CDK's own, or of a library. */
export function withException({ path, code, reason }: EncryptionError): EncryptionError {
  return new EncryptionError(path, code, `${reason} Where the code cannot be changed, leave it as it is: exceptions: [{ path: '${path}', reason: '…' }]`);
}
