import { judge } from './judge';
import { RULES } from './rule-table';
import type { Guards, Verdict } from '../rules/rule';
import { Template, TemplateResource } from '../template/template';

/** How one guarantee stands for a resource. */
export type Status = 'yes' | 'no' | 'unknown' | 'does not apply';

/** One protected resource of a template, as a person asks about it. */
export interface InventoryRow {
  /** The construct's path below its stack, or the logical id where the template has none. */
  readonly name: string;
  readonly kind: string;
  /** The key's name, in the same terms; `-` where there is none. */
  readonly key: string;
  readonly atRest: Status;
  readonly inTransit: Status;
}

/** What a person calls the resource, and where its key stands. */
const KINDS: Record<string, { readonly kind: string; readonly key?: string[] }> = {
  'AWS::KMS::Key': { kind: 'KMS key' },
  'AWS::KMS::ReplicaKey': { kind: 'KMS replica', key: ['PrimaryKeyArn'] },
  'AWS::S3::Bucket': { kind: 'S3 bucket', key: ['BucketEncryption', 'ServerSideEncryptionConfiguration'] },
  'AWS::SQS::Queue': { kind: 'SQS queue', key: ['KmsMasterKeyId'] },
  'AWS::RDS::DBCluster': { kind: 'RDS cluster', key: ['KmsKeyId'] },
  'AWS::RDS::DBInstance': { kind: 'RDS instance', key: ['KmsKeyId'] },
  'AWS::ElasticLoadBalancingV2::Listener': { kind: 'ELB listener' },
};

/** The protected resources of a template, in its order. */
export function inventory(template: Template): InventoryRow[] {
  // An instance of an Aurora cluster has nothing of its own: its cluster says it all.
  const resources = template.ofType(...Object.keys(KINDS))
    .filter(({ type, properties }) => type !== 'AWS::RDS::DBInstance' || properties.DBClusterIdentifier === undefined);
  return resources.map((resource) => ({
    name: nameOf(resource),
    kind: KINDS[resource.type].kind,
    key: keyOf(resource, template),
    atRest: resource.type === 'AWS::KMS::Key' ? status('key', resource) : status('at rest', resource),
    inTransit: status('in transit', resource),
  }));
}

function status(guards: Guards, resource: TemplateResource): Status {
  const verdicts = RULES
    // What would be good and is not needed does not make the answer no.
    .filter((rule) => rule.guards === guards && rule.severity !== 'info' && rule.resourceTypes.includes(resource.type))
    .map((rule) => judge(rule, resource).kind);
  const worst = (['fail', 'undetermined', 'pass'] as Array<Verdict['kind']>).find((kind) => verdicts.includes(kind));
  return worst === 'fail' ? 'no' : worst === 'undetermined' ? 'unknown' : worst === 'pass' ? 'yes' : 'does not apply';
}

function keyOf(resource: TemplateResource, template: Template): string {
  const path = KINDS[resource.type].key;
  if (!path) { return '-'; }
  const value = resource.type === 'AWS::S3::Bucket' ? bucketKey(resource, template, path) : resource.properties[path[0]];
  if (value === undefined) { return '-'; }
  const key = template.target(value);
  return key ? nameOf(key) : stackOf(value) ?? template.text(value);
}

/** A key of another stack, by that stack's name. */
function stackOf(value: unknown): string | undefined {
  const { 'Fn::GetStackOutput': output, 'Fn::ImportValue': imported } = (value ?? {}) as Record<string, any>;
  const stack = output?.StackName ?? (typeof imported === 'string' ? imported.split(':')[0] : undefined);
  return stack && `of ${stack}`;
}

function bucketKey(bucket: TemplateResource, template: Template, path: string[]): unknown {
  const [rule] = template.list(template.property(bucket, ...path));
  const byDefault = template.object(template.object(rule).ServerSideEncryptionByDefault);
  return byDefault.KMSMasterKeyID ?? (byDefault.SSEAlgorithm === undefined ? undefined : 'none: S3 managed');
}

function nameOf({ path, logicalId }: TemplateResource): string {
  return path?.split('/').slice(1).join('/').replace(/\/(Resource|Default)$/, '') ?? logicalId;
}
