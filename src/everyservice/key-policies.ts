import { Aws, CfnResource, Stack, TagManager } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { everyLog, writesLogs } from './roles';
import { addToKeyPolicyOrWarn } from '../kms/add-to-key-policy-or-warn';
import { ServiceAccess } from '../kms/service-access';
import { has } from '../private/kinds';
import { warn } from '../private/warn';
import { pasteable } from '../statements/pasteable';
import { allowService, KeyEnvironment } from '../statements/service-statements';
import { viaService } from '../statements/via-service';
import { KEY_POLICIES, kmsCallerOf, KeyPolicyNeed } from '../table/key-policies';

/** Statements for the key of a resource, and what happens without them. */
type Needed = readonly [statements: (resource: CfnResource) => iam.PolicyStatement[], otherwise: string];

/**
 * Whoever launches instances with volumes under a key uses it through EC2: roles of the account, and the service-linked roles of Auto Scaling, EC2 Fleet and
 * EKS node groups, to whose policies nobody can add. The key that AWS manages for EBS has the same statement.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
const THROUGH_EC2: Needed = [(resource) => ServiceAccess.viaService('ec2').statements(resource), 'instances that others than the deploying role launch do not start'];

/** Types that callers use whose policies are not here: the key policy allows them the key through the service. */
const FOR_CALLERS: Readonly<Record<string, Needed>> = {
  'AWS::Backup::BackupVault': [(resource) => ServiceAccess.backup().statements(resource), 'AWS Backup cannot encrypt recovery points'],
  'AWS::EC2::Instance': THROUGH_EC2,
  'AWS::EC2::LaunchTemplate': THROUGH_EC2,
  'AWS::EC2::Volume': THROUGH_EC2,
  'AWS::StepFunctions::Activity': [(activity) => [throughStepFunctions(activity)], 'workers cannot read what the activity is to do'],
  'AWS::StepFunctions::StateMachine': [stepFunctions, 'whoever describes executions or the machine gets an error, and logs are not delivered'],
};

/**
 * Whoever may describe the machine and its executions, or work for an activity, gets them decrypted.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
 */
function throughStepFunctions(resource: CfnResource): iam.PolicyStatement {
  const { account, region } = Stack.of(resource);
  return new iam.PolicyStatement({
    sid: 'ReadThroughStepFunctions',
    principals: [new iam.AnyPrincipal()],
    actions: ['kms:Decrypt'],
    resources: ['*'],
    conditions: { StringEquals: { 'kms:ViaService': viaService('states', { region, urlSuffix: Aws.URL_SUFFIX }), 'kms:CallerAccount': account } },
  });
}

/** Logs are delivered by CloudWatch Logs, with the encryption context under which the machine's role has encrypted them. */
function stepFunctions(machine: CfnResource): iam.PolicyStatement[] {
  const read = throughStepFunctions(machine);
  if (!writesLogs(machine)) { return [read]; }
  return [read, allowService('StepFunctionsLogs', 'delivery.logs.amazonaws.com', ['kms:Decrypt'], { StringEquals: { 'kms:EncryptionContext:SourceArn': everyLog(machine) } })];
}

/**
 * Adds to the key policy what the service of a resource needs, and those who use the resource: statements, and tags of the key. Says where that is not known.
 *
 * @param needs names in `KEY_POLICIES`
 */
export function completeKeyPolicy(resource: CfnResource, needs: readonly string[], key: kms.IKeyRef): void {
  const type = resource.cfnResourceType;
  for (const name of new Set(needs)) { meet(resource, name, KEY_POLICIES[name], key); }
  const [statementsOf, otherwise] = Object.hasOwn(FOR_CALLERS, type) ? FOR_CALLERS[type] : [];
  if (statementsOf) {
    addOrTell(resource, key, statementsOf(resource), otherwise!);
  } else if (needs.length === 0 && kmsCallerOf(type.replace(/^AWS::/, '')) === undefined) {
    warn(resource, 'KeyPolicyNotKnown', `${resource.node.path}: which statements ${type} needs in the key policy is not known here. `
      + 'Nothing was added: its page on encryption says whether the service calls KMS as itself.');
  }
}

function meet(resource: CfnResource, name: string, need: KeyPolicyNeed, key: kms.IKeyRef): void {
  addOrTell(resource, key, statementsFor(resource, name, need), need.otherwise);
  for (const [tag, value] of Object.entries(need.tags ?? {})) { tagOrWarn(resource, key, tag, value, need); }
}

/** The statements of the table for the account and Region of a resource. */
export function statementsFor(resource: IConstruct, name: string, { statements }: KeyPolicyNeed): iam.PolicyStatement[] {
  const { region, account } = Stack.of(resource);
  const env: KeyEnvironment = { partition: Aws.PARTITION, urlSuffix: Aws.URL_SUFFIX, region, account };
  return statements.flatMap(({ services, actions, conditions }, index) => services.map((service, one) =>
    allowService(`${name}${statements.length > 1 ? index + 1 : ''}${one > 0 ? 'b' : ''}`, filled(service, env), actions, filledAll(conditions, env))));
}

const filled = (text: string, env: KeyEnvironment) => text.replace(/\{(partition|region|account|urlSuffix)\}/g, (_, name: keyof KeyEnvironment) => env[name]);

function filledAll(conditions: KeyPolicyNeed['statements'][number]['conditions'], env: KeyEnvironment): Record<string, Record<string, unknown>> {
  const value = (each: string | readonly string[]) => (typeof each === 'string' ? filled(each, env) : each.map((one) => filled(one, env)));
  const all = (keys: Readonly<Record<string, string | readonly string[]>>) =>
    Object.fromEntries(Object.entries(keys).map(([name, each]) => [name, value(each)]));
  return Object.fromEntries(Object.entries(conditions).map(([operator, keys]) => [operator, all(keys)]));
}

function addOrTell(resource: CfnResource, key: kms.IKeyRef, statements: iam.PolicyStatement[], otherwise: string): void {
  if (statements.length === 0) { return; }
  if (isWritable(key)) { addToKeyPolicyOrWarn(resource, key, statements, otherwise); } else { tell(resource, statements, otherwise); }
}

const isWritable = (key: kms.IKeyRef): key is kms.IKey & kms.IKeyRef => has('addToResourcePolicy')(key);

function tell(resource: IConstruct, statements: readonly iam.PolicyStatement[], otherwise: string): void {
  const text = statements.map((statement) => pasteable(resource, statement.toJSON())).join(',');
  warn(resource, 'KeyPolicyNotAdded', `The policy of the key of ${resource.node.path} cannot be changed here: ${otherwise} until it has these statements: ${text}`);
}

/** Some services use only keys with a tag. That of an imported key cannot be set. */
function tagOrWarn(resource: IConstruct, key: kms.IKeyRef, tag: string, value: string, { otherwise }: KeyPolicyNeed): void {
  const made = Construct.isConstruct(key) ? key.node.findAll().filter((each): each is CfnResource & { readonly tags: TagManager } =>
    CfnResource.isCfnResource(each) && /^AWS::KMS::(Key|ReplicaKey)$/.test(each.cfnResourceType) && TagManager.isTaggable(each)) : [];
  made.forEach(({ tags }) => tags.setTag(tag, value));
  if (made.length > 0) { return; }
  warn(resource, 'KeyPolicyNotAdded', `The key of ${resource.node.path} cannot be changed here: ${otherwise} until it has the tag ${tag}: ${value}.`);
}
