import { Arn, ArnFormat, Aws, Names, Stack, Stage } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct, IConstruct } from 'constructs';
import { EncryptionKey, EncryptionKeyProps } from './encryption-key';
import { weakly } from './other-stack';
import { MULTI_REGION_KEY } from './prop-shapes';
import { ReplicaKey } from './replica-key';
import { deployedStack, primaryRegion, producesWeakly, readableElsewhere, replicaStacks } from './replica-regions';
import { CONSTRUCT, REGION } from '../private/common-kinds';
import { EncryptionError } from '../private/errors';
import { checkArgument, checkedPath, withoutNull } from '../private/props';
import { knownAtSynth } from '../private/tokens';
import { inRegion } from '../statements/regional';

/** Properties of `MultiRegionKey`. */
export interface MultiRegionKeyProps extends EncryptionKeyProps {
  /**
   * Regions with a replica, of the primary's partition, without the primary's own: `['eu-west-1']`. For each a stack
   * `<stack>-replicas-<region>` is made beside the primary's stack, shared by the multi-Region keys of that stack.
   *
   * @default - those of `replicaStacks`
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html#multi-region-concepts
   */
  readonly replicaRegions?: string[];

  /**
   * Stacks of your own that get a replica, each with an explicit Region, in the primary's account.
   *
   * @default - none
   */
  readonly replicaStacks?: Stack[];
}

/**
 * A multi-Region primary key and one replica in each further Region, with the same key id, key material and policy.
 *
 * No custom resource and no Lambda: the primary's ARN reaches the replicas' stacks by `Fn::GetStackOutput`. Nothing in the
 * primary's stack refers to a replica's, so stacks depend on each other one way. Rotation belongs to the primary.
 *
 * A key that exists in one Region cannot become a multi-Region key: CloudFormation refuses the update of an
 * `EncryptionKey` to this class under the same id. Make it beside the old key, move the data, then retire the old one.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export class MultiRegionKey extends EncryptionKey {
  /** The replicas, in the order of their Regions as given. */
  public readonly replicas: ReplicaKey[];
  private readonly keys: Map<string, kms.IKey>;
  private readonly home: string;

  constructor(scope: Construct, id: string, props: MultiRegionKeyProps) {
    const path = checkedPath(scope, id, props, MULTI_REGION_KEY);
    props = withoutNull(props);
    const home = primaryRegion(scope, path);
    const stacks = replicaStacks(scope, path, home, props.replicaRegions ?? [], props.replicaStacks ?? []);
    const { multiRegion, ...inherited } = props;
    super(scope, id, inherited);
    this.cfnKey.multiRegion = true;
    this.home = home;
    producesWeakly(this);
    readableElsewhere(this._policy.document.toJSON());

    const replicas = [...stacks].map(([region, stack]): [string, ReplicaKey] => [region, this.replicate(region, stack(), props)]);
    this.replicas = replicas.map(([, replica]) => replica);
    this.keys = new Map<string, kms.IKey>([[home, this], ...replicas]);
  }

  /** Adds a statement to the policy, here and in every replica, with its Regional parts rewritten. */
  public addToResourcePolicy(statement: iam.PolicyStatement, allowNoOp?: boolean): iam.AddToResourcePolicyResult {
    const result = super.addToResourcePolicy(statement, allowNoOp);
    if (result.policyDependable) { readableElsewhere(this._policy.document.toJSON()); }
    return result;
  }

  /**
   * The ARN of the key in a Region. Refers to the primary only, so that it makes no stack depend on a replica's.
   *
   * @param region the primary's, or one with a replica
   */
  public arnIn(region: string): string {
    checkArgument(this.node.path, 'region', region, REGION);
    this.keyOf(region);
    return this.arn(region, this.keyId);
  }

  /**
   * The key in the Region of a construct's stack: what an encrypted resource there is given. An error in a Region
   * without a replica.
   */
  public keyIn(scope: IConstruct): kms.IKey {
    checkArgument(this.node.path, 'scope', scope, CONSTRUCT);
    const region = knownAtSynth(Stack.of(scope).region);
    if (!region) {
      throw new EncryptionError(this.node.path, 'RegionUnknown',
        `the stack of ${scope.node.path} has no explicit Region, which decides which key is near. Set \`env: { region: '…' }\` on the stack.`);
    }
    return this.keyOf(region);
  }

  /**
   * The key in a Region; `undefined` where there is none.
   *
   * @internal
   */
  public _in(region: string): kms.IKey | undefined {
    return this.keys.get(region);
  }

  /** A role in the primary's stack or a replica's Region may use the key in every Region: its id is the same in all. */
  protected arnsFor(elsewhere: Construct | undefined): string[] {
    return [this.arn('*', elsewhere ? weakly(this.nearTo(elsewhere).keyId) : this.keyId)];
  }

  protected nearTo(elsewhere: Construct): kms.IKey {
    return this.keys.get(Stack.of(elsewhere).region) ?? this;
  }

  private keyOf(region: string): kms.IKey {
    const key = this.keys.get(region);
    if (!key) {
      throw new EncryptionError(this.node.path, 'NoReplicaInRegion',
        `no replica in ${region}; the key is in ${[...this.keys.keys()].join(', ')}. Add ${region} to \`replicaRegions\`.`);
    }
    return key;
  }

  private replicate(region: string, stack: Stack, props: MultiRegionKeyProps): ReplicaKey {
    waitForPrimary(stack, this);
    const replica = new ReplicaKey(stack, Names.uniqueId(this), {
      primaryKeyArn: this.keyArn,
      description: `Replica in ${region} of ${this.node.path}`,
      alias: props.alias,
      enabled: props.enabled,
      pendingWindow: props.pendingWindow,
      removalPolicy: props.removalPolicy,
    });
    replica._mirrorPolicy({
      scope: this,
      replicaArn: this.arn(region, this.keyId),
      document: this._policy.document,
      trustAccountIdentities: this.trustAccountIdentities,
      add: (statement) => this.addToResourcePolicy(statement),
    }, (policy) => inRegion(policy, this.home, region));
    return replica;
  }

  private arn(region: string, keyId: string): string {
    return Arn.format({
      partition: Aws.PARTITION,
      service: 'kms',
      region,
      account: Stack.of(this).account,
      resource: 'key',
      resourceName: keyId,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }
}

/** Said now, and not only when references are resolved: whoever is granted a replica needs to know which stack can wait for which. */
function waitForPrimary(stack: Stack, primary: IConstruct): void {
  const [from, to] = [deployedStack(stack), deployedStack(primary)];
  if (from !== to && Stage.of(from) === Stage.of(to)) { from.addStackDependency(to); }
}
