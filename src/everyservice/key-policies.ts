import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { addToKeyPolicyOrWarn } from '../kms/add-to-key-policy-or-warn';
import { ServiceAccess } from '../kms/service-access';
import { has } from '../private/kinds';
import { pasteable } from '../private/pasteable';
import { warn } from '../private/warn';

/**
 * Types whose service calls KMS as itself, and needs a statement in the key policy. All others use the credentials of the caller, a grant that the
 * caller makes, or a role: the account's own policies are enough for them.
 */
const NEEDED: Readonly<Record<string, readonly [access: () => ServiceAccess, otherwise: string]>> = {
  'AWS::CloudTrail::Trail': [() => ServiceAccess.cloudTrail(), 'CloudTrail cannot write its log files'],
  'AWS::Logs::LogGroup': [() => ServiceAccess.cloudWatchLogs(), 'CloudWatch Logs refuses the key'],
};

/** Services that call KMS with the caller's credentials, a grant or a role, by AWS's pages: nothing is to be added for them. */
export const BY_CALLER: ReadonlySet<string> = new Set([
  'Athena', 'AutoScaling', 'Backup', 'CodeBuild', 'CodeCommit', 'CodePipeline', 'DAX', 'DocDB', 'DynamoDB', 'EC2', 'ECR', 'EFS', 'EKS', 'ElastiCache', 'Elasticsearch', 'FSx', 'Glue',
  'Kinesis', 'KinesisFirehose', 'Lambda', 'MSK', 'MemoryDB', 'Neptune', 'OpenSearchService', 'RDS', 'Redshift', 'RedshiftServerless', 'SageMaker', 'SecretsManager', 'StepFunctions',
]);

/** What the service of a type needs to use a key, as statements for the key policy; whether that is known at all. */
export function completeKeyPolicy(resource: IConstruct, type: string, key: kms.IKeyRef): void {
  const needed = NEEDED[type];
  if (needed) {
    const [access, otherwise] = needed;
    const statements = access().statements(resource);
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
