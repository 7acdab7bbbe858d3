import { PropertyInjectors, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { INJECTORS } from './injectors';
import { NamedPaths } from './named-paths';
import { ENCRYPTION_DEFAULTS } from './prop-shapes';
import { madeBefore, markScope, nearestScope, shownStack } from './scopes';
import { forEachStage } from './stages';
import { Completion } from '../completion/registry';
import { encryptPlainResources } from '../everyservice/injector';
import { EncryptionKey } from '../kms/encryption-key';
import { nearestKey } from '../kms/near';
import { CONSTRUCT } from '../private/common-kinds';
import { EncryptionError } from '../private/errors';
import type { InjectorSettings } from '../private/injector';
import { checkArgument, checkProps } from '../private/props';
import { shareRemovalPolicy } from '../private/removal-policy';
import { warn } from '../private/warn';

/** What happens with insecure values in the code. */
export enum InsecureProps {
  /** An error that names the construct, the prop and the remedy. */
  ERROR = 'ERROR',
  /** A warning; the value is kept. */
  WARN = 'WARN',
}

/**
 * What happens with insecure values in the code.
 *
 * @deprecated use `InsecureProps`
 */
export enum InsecureCode {
  /**
   * An error that names the construct, the prop and the remedy.
   *
   * @deprecated use `InsecureProps.ERROR`
   */
  REFUSE = 'REFUSE',
  /**
   * A warning; the value is kept.
   *
   * @deprecated use `InsecureProps.WARN`
   */
  REPORT = 'REPORT',
}

/** A construct that is left as it is. */
export interface EncryptionException {
  /**
   * The path of the construct in the tree, as in `cdk ls --long` and in errors: `Orders/Logs`. `*` stands for any part of one name, `**`
   * for any number of names. A path that matches nothing is a warning.
   */
  readonly path: string;
  /** Why it may stay as it is: written into the metadata of the scope. */
  readonly reason: string;
}

/** Options of `EncryptionDefaults.apply`. */
export interface EncryptionDefaultsOptions {
  /**
   * The key for all resources. With a `MultiRegionKey`, each stack gets the key of its own Region.
   *
   * @default - one new rotating key for each stack, `SharedEncryptionKey`
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens with insecure values in the code, such as `enforceSSL: false`.
   *
   * @default InsecureProps.ERROR
   */
  readonly insecureProps?: InsecureProps;

  /**
   * The former name of `insecureProps`.
   *
   * @default - what `insecureProps` says
   * @deprecated use `insecureProps`
   */
  readonly insecureCode?: InsecureCode;

  /**
   * Constructs that are left as they are, each with a reason.
   *
   * @default - none
   */
  readonly exceptions?: EncryptionException[];

  /**
   * Paths of databases whose storage may be encrypted under the key although CloudFormation then replaces the database by an
   * empty one. Name new databases only.
   *
   * @default - none: storage is left as it is, with a warning
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html#Overview.Encryption.Limitations
   */
  readonly replaceableDatabases?: string[];

  /**
   * Paths of resources that may come under the key although CloudFormation then replaces them by empty ones: file systems, volumes, repositories, backup
   * vaults, search domains, caches, databases. Name new resources only.
   *
   * @default - none: such a resource is left as it is, with a warning
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
   */
  readonly replaceableResources?: string[];
}

/**
 * Protects the plain constructs of aws-cdk-lib that are made afterwards, without a change to the code: `s3.Bucket`, `sqs.Queue`, `sns.Topic`,
 * `dynamodb.Table` and `TableV2`, `secretsmanager.Secret`, `logs.LogGroup`, `rds.DatabaseInstance` and `DatabaseCluster`, `elbv2.ApplicationListener` and `kms.Key`.
 * Also `kinesis.Stream`, `kinesisfirehose.DeliveryStream`, `stepfunctions.StateMachine`, `codebuild.Project`, the environment of a `lambda.Function`, `ec2.LaunchTemplate`,
 * and Amazon Redshift, which has L1s only. Where the key cannot be set in place (`efs.FileSystem`, `ec2.Volume`, `ecr.Repository`, `backup.BackupVault`,
 * `opensearchservice.Domain`, `docdb.DatabaseCluster`, `stepfunctions.Activity`, ElastiCache, Neptune, SageMaker), a resource comes under it only where `replaceableResources` names it.
 *
 * A value that the code gives itself is kept where it is secure. For constructs that exist already, and for other L1s, there are
 * mixins.
 *
 * ```ts
 * EncryptionDefaults.of(app).apply();
 * ```
 */
export class EncryptionDefaults {
  /**
   * The defaults of a scope: an app, a stage, a stack or any construct.
   */
  public static of(scope: IConstruct): EncryptionDefaults {
    checkArgument('EncryptionDefaults.of', 'scope', scope, CONSTRUCT);
    return new EncryptionDefaults(scope);
  }

  private readonly stages = new Set<IConstruct>();

  private constructor(private readonly scope: IConstruct) {}

  /** Applies to what is made in the scope from now on; what is there already is a warning. Another property injector of the scope for the same class runs first. */
  public apply(options: EncryptionDefaultsOptions = {}): void {
    checkProps(this.path, options, ENCRYPTION_DEFAULTS);
    const { encryptionKey, exceptions = [], replaceableDatabases = [], replaceableResources = [] } = options;
    for (const exception of exceptions) { this.record(exception); }
    const exempt = this.named('exceptions', exceptions.map(({ path }) => path));
    const databases = this.named('replaceableDatabases', replaceableDatabases);
    const resources = this.named('replaceableResources', replaceableResources);
    const settings: InjectorSettings = {
      givenKey: encryptionKey,
      keyFor: (scope, path, removalPolicy) => (encryptionKey
        ? nearestKey(encryptionKey, scope, path) as kms.IKey : sharedKey(Stack.of(scope), removalPolicy)),
      warnOfInsecureProps: warnsOfInsecureProps(this.path, options),
      isException: (path) => exempt.has(path),
      replaceable: { has: (path) => [databases, resources].filter((named) => named.has(path)).length > 0 },
      replaceableResource: resources,
      reach: (scope) => this.reach(scope, settings),
      warnOfUploads: once(() => warn(this.scope, 'UploadsMustNameKey', `${this.path}: buckets now deny uploads that name the algorithm aws:kms and no key (aws s3 cp --sse aws:kms), which S3 would `
        + 'encrypt under its own key aws/s3. Let clients leave the header out, or name the key too. See https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html')),
      refuse: (scope, error) => Completion.of(scope).refuse(error),
    };
    const injectors = PropertyInjectors.of(this.scope);
    const ours = INJECTORS.flatMap((injectorsOf) => injectorsOf(settings, (target) => injectors.for(target)));
    injectors.add(...ours);
    markScope(this.scope);
    this.reach(this.scope, settings);
    forEachStage(this.scope, (stage) => this.reach(stage, settings));
    const late = madeBefore(this.scope, new Set(ours.map(({ constructUniqueId }) => constructUniqueId)))
      .filter((construct) => construct !== encryptionKey && !exempt.has(construct.node.path));
    if (late.length > 0) {
      warn(shownStack(this.scope), 'DefaultsAppliedLate',
        `${this.path}: EncryptionDefaults.apply() protects what is made after it, and ${namesOf(late)} made before: not protected. `
        + 'Call it first, such as right after `new App()`, or apply the mixins to what is there.');
    }
  }

  /** What of a Stage no injector sees, because aws-cdk-lib has only L1s of it, is encrypted when the Stage is complete. */
  private reach(scope: IConstruct, settings: InjectorSettings): void {
    const stage = Stage.isStage(scope) ? scope : Stage.of(scope) ?? scope.node.root;
    if (this.stages.has(stage)) { return; }
    this.stages.add(stage);
    encryptPlainResources(stage, (resource) => nearestScope(resource) === this.scope, settings);
  }

  private get path(): string {
    return this.scope.node.path || 'the app';
  }

  /** The paths that an option names; one under which nothing is made is a warning when the app is synthesized. */
  private named(option: string, paths: string[]): NamedPaths {
    const named = new NamedPaths(paths);
    this.scope.node.addValidation({
      validate: () => {
        const stack = shownStack(this.scope);
        named.unmatched().forEach(({ path, nearest }) => warn(stack, 'PathMatchesNothing',
          `'${option}' names ${path}, and nothing that EncryptionDefaults would change is made there. ${nearest ? `Did you mean ${nearest}?` : 'Take it out.'}`));
        return [];
      },
    });
    return named;
  }

  private record({ path, reason }: EncryptionException): void {
    if (!reason?.trim()) {
      throw new EncryptionError(this.path, 'ExceptionWithoutReason',
        `'exceptions' has ${path} without a reason. Say why it may stay as it is: whoever reads the template next will ask.`);
    }
    this.scope.node.addMetadata('cdk-encryption-constructs:exception', { path, reason });
  }
}

function namesOf(late: readonly IConstruct[]): string {
  const named = late.slice(0, MOST_NAMED).map(({ node }) => node.path).join(', ');
  return late.length > MOST_NAMED ? `${named} and ${late.length - MOST_NAMED} more were` : `${named} ${late.length === 1 ? 'was' : 'were'}`;
}

const MOST_NAMED = 5;

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) { work(); }
    done = true;
  };
}

/** Both names of the option, and the values of both enums, are understood. */
function warnsOfInsecureProps(path: string, { insecureProps, insecureCode }: EncryptionDefaultsOptions): boolean {
  const [current, former] = [insecureProps, insecureCode].map((value) => (value === undefined ? undefined : WARNS.get(value)));
  if (current !== undefined && former !== undefined && current !== former) {
    throw new EncryptionError(path, 'InsecurePropsTwice',
      `'insecureProps' is '${insecureProps}' and 'insecureCode', its former name, is '${insecureCode}'. Leave 'insecureCode' out.`);
  }
  return current ?? former ?? false;
}

const WARNS = new Map<string, boolean>([
  [InsecureProps.ERROR, false], [InsecureProps.WARN, true], [InsecureCode.REFUSE, false], [InsecureCode.REPORT, true],
]);

/** One key for all of a stack: a key for each resource would be 1 USD a month for each. */
function sharedKey(stack: Stack, removalPolicy: RemovalPolicy | undefined): kms.IKey {
  const key = stack.node.tryFindChild('SharedEncryptionKey') as EncryptionKey | undefined
    ?? new EncryptionKey(stack, 'SharedEncryptionKey', { description: `Encrypts what has no key of its own in ${stack.node.path}` });
  shareRemovalPolicy(key, removalPolicy);
  return key;
}
