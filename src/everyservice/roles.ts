import { Arn, ArnFormat, Aws, CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { grantOn } from './grant-on-key';
import { propertiesNow } from './l1-properties';
import { EncryptionError, ownerPath } from '../private/errors';
import { waitsFor } from '../private/stack-order';
import { ENCRYPT_DECRYPT_ACTIONS } from '../statements/actions';
import { pasteable } from '../statements/pasteable';
import { viaService } from '../statements/via-service';
import { kmsCallerOf } from '../table/key-policies';

interface Use {
  readonly actions: readonly string[];
  readonly conditions?: Record<string, Record<string, unknown>>;
}

/** What a service does with the key of a resource by the role that the resource names. */
interface RoleNeed {
  /** The property that names the role. */
  readonly role: string;
  readonly uses: (resource: CfnResource) => readonly Use[];
}

const env = { region: Aws.REGION, urlSuffix: Aws.URL_SUFFIX };

const NEEDS: Readonly<Record<string, RoleNeed>> = {
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
  'AWS::Lambda::Function': {
    role: 'Role',
    uses: () => [{ actions: ['kms:Decrypt'], conditions: { StringEquals: { 'kms:ViaService': viaService('lambda', env) } } }],
  },
  // https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
  'AWS::StepFunctions::StateMachine': {
    role: 'RoleArn',
    uses: (machine): Use[] => [
      { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], conditions: { ArnLike: { 'kms:EncryptionContext:aws:states:stateMachineArn': everyMachine(machine) } } },
      ...(writesLogs(machine) ? [{ actions: ['kms:GenerateDataKey'], conditions: { StringEquals: { 'kms:EncryptionContext:SourceArn': everyLog(machine) } } }] : []),
    ],
  },
  // https://docs.aws.amazon.com/codebuild/latest/userguide/security-encryption.html
  'AWS::CodeBuild::Project': { role: 'ServiceRole', uses: () => [{ actions: ENCRYPT_DECRYPT_ACTIONS }] },
  // https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
  'AWS::SageMaker::FeatureGroup': { role: 'RoleArn', uses: () => [{ actions: ENCRYPT_DECRYPT_ACTIONS }] },
  'AWS::SageMaker::Domain': {
    role: 'DefaultUserSettings.ExecutionRole',
    uses: () => [{ actions: ENCRYPT_DECRYPT_ACTIONS }, { actions: ['kms:CreateGrant'], conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }],
  },
};

/** Where a resource may name the role as which its service reads and writes. */
const ROLES = ['RoleArn', 'ServiceRole', 'ExecutionRoleArn', 'ServiceRoleArn', 'Role', 'Target.RoleArn'];

/** What is known of a type, or of a service that acts as a role. */
function needOf(resource: CfnResource): RoleNeed | undefined {
  const type = resource.cfnResourceType;
  if (Object.hasOwn(NEEDS, type)) { return NEEDS[type]; }
  if (kmsCallerOf(type.replace(/^AWS::/, '')) !== 'role') { return undefined; }
  const properties = propertiesNow(resource, ROLES);
  const role = ROLES.find((path) => properties.get(...path.split('.')).kind !== 'absent');
  return role === undefined ? undefined : { role, uses: () => [{ actions: READ_AND_WRITE }] };
}

const READ_AND_WRITE = ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

/** The ARN of a machine without a name is known only to the deployment, and the machine waits for the policy of its role. */
export const everyMachine = (machine: CfnResource): string =>
  Arn.format({ service: 'states', resource: 'stateMachine', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }, Stack.of(machine));

/** What Step Functions gives as encryption context where it writes logs: the star is part of the text. */
export const everyLog = (machine: CfnResource): string =>
  Arn.format({ service: 'logs', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME }, Stack.of(machine));

export function writesLogs(machine: CfnResource): boolean {
  return propertiesNow(machine, ['LoggingConfiguration.Level', 'LoggingConfiguration.Destinations']).get('LoggingConfiguration', 'Level')
    .match({ value: ({ text }) => text !== 'OFF', absent: () => false, unknown: () => true });
}

/** Lets the role of a resource use the key. What is wrong where it cannot be done from here. */
export function grantToRole(resource: CfnResource, key: kms.IKeyRef): EncryptionError | undefined {
  const need = needOf(resource);
  if (!need || roleOf(resource, need).kind === 'absent') { return undefined; }
  const missing = grantUses(resource, need.role, key, need.uses(resource));
  return missing === undefined ? undefined : new EncryptionError(ownerPath(resource), 'RoleWithoutKey',
    `its role '${need.role}' needs the KMS key, and cannot be given it here: ${WHY_NOT_HERE}. Add to its policy: ${missing}, and give the key in the code.`);
}

export const WHY_NOT_HERE = 'the role is imported, or in a stack that the key\'s stack waits for';

/**
 * Lets the role that a property of a resource names use the key; the statements that are missing where that cannot be done from here.
 *
 * @param refersTo a resource to which this one refers, so that its stack waits for that one's anyway
 */
export function grantUses(
  resource: CfnResource, role: string, key: kms.IKeyRef, uses: readonly Use[], refersTo: CfnResource = resource,
): string | undefined {
  const grantee = granteeOf(resource, role);
  const waits = (from: Stack, to: Stack) => waitsFor(from, to) || (from === Stack.of(resource) && to === Stack.of(refersTo));
  const isGranted = grantee && takesPolicies(grantee) && !makesCircle(grantee, key, waits) && uses.every((use) => grant(resource, key, grantee, use));
  return isGranted ? undefined : uses.map(({ actions, conditions }) =>
    pasteable(resource, { Effect: 'Allow', Action: actions, Resource: key.keyRef.keyArn, Condition: conditions })).join(',');
}

const roleOf = (resource: CfnResource, { role }: RoleNeed) => propertiesNow(resource, [role]).get(...role.split('.'));

function grant(resource: CfnResource, key: kms.IKeyRef, grantee: iam.IGrantable, { actions, conditions }: Use): boolean {
  if (conditions === undefined) { return grantOn(resource, key, grantee, actions).success; }
  return iam.Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [key.keyRef.keyArn], conditions }).success;
}

/** Whoever stands for the role: the L2 of the resource or of the role, or a plain role in a template. */
function granteeOf(resource: CfnResource, property: string): iam.IGrantable | undefined {
  const owner = resource.node.scope;
  if (owner?.node.defaultChild === resource && isGrantable(owner)) { return owner; }
  const { cfnProperties } = resource as unknown as { readonly cfnProperties: object };
  const role = roleIn(cfnProperties, property.split('.'));
  const l2 = role?.node.scope;
  if (l2?.node.defaultChild === role && isGrantable(l2)) { return l2; }
  return role && iam.CfnRole.isCfnRole(role) ? iam.Role.fromRoleName(role, 'UsesKey', role.ref) : undefined;
}

const isGrantable = (value: unknown): value is iam.IGrantable & Construct =>
  (value as Partial<iam.IGrantable> | undefined)?.grantPrincipal !== undefined;

function roleIn(props: unknown, [name, ...rest]: readonly string[]): CfnResource | undefined {
  const [, value] = Object.entries(props ?? {}).find(([each]) => each.toLowerCase() === name?.toLowerCase()) ?? [];
  if (rest.length > 0) { return roleIn(value, rest); }
  const reference = Tokenization.reverse(value as any);
  const target = Reference.isReference(reference) ? reference.target : undefined;
  return target && CfnResource.isCfnResource(target) ? target : undefined;
}

/** A role that was imported without `mutable` says that it has taken a statement, and has not. */
function takesPolicies({ grantPrincipal }: iam.IGrantable): boolean {
  return !/\.ImmutableRole$/.test((grantPrincipal.constructor as { readonly PROPERTY_INJECTION_ID?: string }).PROPERTY_INJECTION_ID ?? '');
}

/** A policy that names the key makes its stack wait for the key's, which may wait for it already: what is encrypted there names the role. */
function makesCircle({ grantPrincipal }: iam.IGrantable, key: kms.IKeyRef, waits: (from: Stack, to: Stack) => boolean): boolean {
  if (!Construct.isConstruct(grantPrincipal) || !Construct.isConstruct(key)) { return false; }
  const [from, to] = [Stack.of(grantPrincipal), Stack.of(key)];
  return from !== to && !waits(from, to);
}
