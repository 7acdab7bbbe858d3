import { Aws, CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { everyLog, writesLogs } from './roles';
import { addToKeyPolicyOrWarn } from '../kms/add-to-key-policy-or-warn';
import { ServiceAccess } from '../kms/service-access';
import { has } from '../private/kinds';
import { pasteable } from '../private/pasteable';
import { warn } from '../private/warn';
import { allowService } from '../statements/service-statements';
import { viaService } from '../statements/via-service';

/** Statements for the key of a resource, and what happens without them. */
type Needed = readonly [statements: (resource: CfnResource) => iam.PolicyStatement[], otherwise: string];

/**
 * Whoever launches instances with volumes under a key uses it through EC2: roles of the account, and the service-linked roles of Auto Scaling, EC2 Fleet and
 * EKS node groups, to whose policies nobody can add. The key that AWS manages for EBS has the same statement.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
const THROUGH_EC2: Needed = [(resource) => ServiceAccess.viaService('ec2').statements(resource), 'instances that others than the deploying role launch do not start'];

/**
 * Types whose service calls KMS as itself, or for callers whose policies are not here, and needs a statement in the key policy. All others use the
 * credentials of the caller, a grant that the caller makes, or a role: the account's own policies are enough for them.
 */
const NEEDED: Readonly<Record<string, Needed>> = {
  'AWS::Backup::BackupVault': [(resource) => ServiceAccess.backup().statements(resource), 'AWS Backup cannot encrypt recovery points'],
  'AWS::CloudTrail::Trail': [(resource) => ServiceAccess.cloudTrail().statements(resource), 'CloudTrail cannot write its log files'],
  'AWS::EC2::Instance': THROUGH_EC2,
  'AWS::EC2::LaunchTemplate': THROUGH_EC2,
  'AWS::EC2::Volume': THROUGH_EC2,
  'AWS::Logs::LogGroup': [(resource) => ServiceAccess.cloudWatchLogs().statements(resource), 'CloudWatch Logs refuses the key'],
  'AWS::StepFunctions::StateMachine': [stepFunctions, 'whoever describes executions or the machine gets an error, and logs are not delivered'],
};

/**
 * Whoever may describe the machine and its executions gets them decrypted. Logs are delivered by CloudWatch Logs, with the encryption context under which the
 * machine's role has encrypted them.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
 */
function stepFunctions(machine: CfnResource): iam.PolicyStatement[] {
  const { account, region } = Stack.of(machine);
  const read = new iam.PolicyStatement({
    sid: 'ReadThroughStepFunctions',
    principals: [new iam.AnyPrincipal()],
    actions: ['kms:Decrypt'],
    resources: ['*'],
    conditions: { StringEquals: { 'kms:ViaService': viaService('states', { region, urlSuffix: Aws.URL_SUFFIX }), 'kms:CallerAccount': account } },
  });
  if (!writesLogs(machine)) { return [read]; }
  return [read, allowService('StepFunctionsLogs', 'delivery.logs.amazonaws.com', ['kms:Decrypt'], { StringEquals: { 'kms:EncryptionContext:SourceArn': everyLog(machine) } })];
}

/** Services that call KMS with the caller's credentials, a grant or a role, by AWS's pages: nothing is to be added for them. */
export const BY_CALLER: ReadonlySet<string> = new Set([
  'Athena', 'AutoScaling', 'Backup', 'CodeBuild', 'CodeCommit', 'CodePipeline', 'DAX', 'DocDB', 'DynamoDB', 'EC2', 'ECR', 'EFS', 'EKS', 'ElastiCache', 'Elasticsearch', 'FSx', 'Glue',
  'Kinesis', 'KinesisFirehose', 'Lambda', 'MSK', 'MemoryDB', 'Neptune', 'OpenSearchService', 'RDS', 'Redshift', 'RedshiftServerless', 'SageMaker', 'SecretsManager', 'StepFunctions',
]);

/** Adds to the key policy what the service of a resource needs; says where that is not known. */
export function completeKeyPolicy(resource: CfnResource, key: kms.IKeyRef): void {
  const type = resource.cfnResourceType;
  const needed = Object.hasOwn(NEEDED, type) ? NEEDED[type] : undefined;
  if (needed) {
    const [statementsFor, otherwise] = needed;
    const statements = statementsFor(resource);
    if (isWritable(key)) { addToKeyPolicyOrWarn(resource, key, statements, otherwise); } else { tell(resource, statements, otherwise); }
  } else if (!BY_CALLER.has(type.split('::')[1])) {
    warn(resource, 'KeyPolicyNotKnown', `${resource.node.path}: which statements ${type} needs in the key policy is not known here. `
      + 'Nothing was added: its page on encryption says whether the service calls KMS as itself.');
  }
}

const isWritable = (key: kms.IKeyRef): key is kms.IKey & kms.IKeyRef => has('addToResourcePolicy')(key);

function tell(resource: IConstruct, statements: readonly iam.PolicyStatement[], otherwise: string): void {
  const text = statements.map((statement) => pasteable(resource, statement.toJSON())).join(',');
  warn(resource, 'KeyPolicyNotAdded', `The policy of the key of ${resource.node.path} cannot be changed here: ${otherwise} until it has these statements: ${text}`);
}
