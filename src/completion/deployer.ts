import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { StageModel } from './read-stage';
import { keyPolicyAllows, trustsAccount } from '../flows/allowed';
import { keyBehind, keyOf } from '../flows/keys';
import type { Kind } from '../flows/kind';
import { grantsFor, KeyStatement } from '../flows/needs';
import { referencesIn } from '../private/place';
import { knownAtSynth } from '../private/tokens';
import { viaService } from '../statements/via-service';
import type { TemplateResource } from '../template/template';

/** What a service does with a key when a resource is made, with the rights of whoever makes it. */
interface Caller {
  readonly service: string;
  /** The property that names the key, where the type is not of a kind that flows know. */
  readonly key?: string;
  readonly actions: readonly string[];
  /** It makes a grant for itself. */
  readonly makesGrant?: true;
  readonly kind: Kind;
}

const DATABASE: Caller = { service: 'rds', key: 'KmsKeyId', actions: ['kms:DescribeKey'], makesGrant: true, kind: 'volume' };

const TABLE: Caller = {
  service: 'dynamodb', actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'], makesGrant: true, kind: 'table',
};

const CALLERS: Readonly<Record<string, Caller>> = {
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html#dynamodb-kms-authz
  'AWS::DynamoDB::Table': TABLE,
  'AWS::DynamoDB::GlobalTable': TABLE,
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html#Overview.Encryption.Keys.Authorizing
  'AWS::RDS::DBInstance': DATABASE,
  'AWS::RDS::DBCluster': DATABASE,
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-authz
  // Of a secret that is there: "If you don't have kms:Encrypt permission to the new key, Secrets Manager does not re-encrypt existing secret versions".
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html
  'AWS::SecretsManager::Secret': { service: 'secretsmanager', actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], kind: 'secret' },
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html
  'AWS::Backup::BackupVault': {
    service: 'backup', key: 'EncryptionKeyArn', actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey', 'kms:RetireGrant'], makesGrant: true, kind: 'volume',
  },
  // https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
  'AWS::EC2::Volume': {
    service: 'ec2', key: 'KmsKeyId', actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncrypt*'], makesGrant: true, kind: 'volume',
  },
};

/** The types that have to be read for it. */
export const DEPLOYED_TYPES: readonly string[] = Object.keys(CALLERS);

/** What the role that CloudFormation deploys with misses of one key. */
export interface Missing {
  readonly key: CfnResource;
  readonly resource: CfnResource;
  readonly statements: readonly KeyStatement[];
  /** Unknown where the app does not say with which role it is deployed. */
  readonly role?: string;
}

/**
 * The role that CloudFormation deploys with makes databases, tables and vaults, and their services call KMS with its rights. Where a key leaves it
 * to the account's policies, the role's own is enough; where it does not, the key's policy has to name the role.
 */
export function missingOfDeployer(model: StageModel, keys: ReadonlySet<CfnResource>): Missing[] {
  const closed = new Set([...keys].flatMap((construct) => {
    const key = model.resourceOf(construct);
    return key && !trustsAccount(key) ? [key] : [];
  }));
  if (closed.size === 0) { return []; }
  return model.estate.ofType(...DEPLOYED_TYPES).flatMap((made) => {
    const caller = CALLERS[made.type];
    const resource = model.constructOf(made);
    if (!resource) { return []; }
    const role = deployingRole(Stack.of(resource));
    return [...keysOf(caller, made, resource, model)].flatMap((used) => {
      const key = homeOf(used);
      const [inTemplate, region] = [model.resourceOf(key), knownAtSynth(Stack.of(key).region)];
      if (!inTemplate || !closed.has(inTemplate)) { return []; }
      const statements = statementsFor(caller, role, region).filter((statement) => !keyPolicyAllows(inTemplate, statement, caller.kind));
      return statements.length > 0 ? [{ key, resource, statements, role }] : [];
    });
  });
}

/** The keys under which a resource is, and its replicas in other Regions. */
function keysOf(caller: Caller, made: TemplateResource, resource: CfnResource, model: StageModel): Set<CfnResource> {
  const own = keyUnder(caller, made, model);
  const { replicas, replicaRegions = replicas } = resource as { readonly replicas?: unknown; readonly replicaRegions?: unknown };
  const others = replicaRegions === undefined ? [] : [...referencesIn(resource, replicaRegions)].filter(CfnResource.isCfnResource);
  return new Set([...[own && model.constructOf(own)].flatMap((key) => key ?? []), ...others]);
}

/** The key whose policy decides: a replica has its primary's, in which each Region's name is the primary's. */
function homeOf(key: CfnResource): CfnResource {
  const { _policyOwner: owner } = key.node.scope as { readonly _policyOwner?: IConstruct };
  const home = key.node.scope?.node.defaultChild === key ? owner?.node.defaultChild : undefined;
  return CfnResource.isCfnResource(home) ? home : key;
}

function keyUnder({ key, kind }: Caller, made: TemplateResource, { estate }: StageModel): TemplateResource | undefined {
  return key === undefined ? keyOf(estate, made, kind)?.resource : keyBehind(estate, made.get(key), made.owner);
}

const ANY_ROLE = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/<the role that CloudFormation deploys with>';

function statementsFor({ service, actions, makesGrant }: Caller, role: string | undefined, region: string | undefined): KeyStatement[] {
  const conditions = { ArnLike: { 'aws:PrincipalArn': role ?? ANY_ROLE }, StringEquals: { 'kms:ViaService': viaService(service, { region }) } };
  // A condition, because KMS refuses a policy whose principal does not exist yet.
  const use: KeyStatement = { sid: 'Deployment', principal: { AWS: '*' }, actions, conditions };
  return makesGrant ? [use, grantsFor(use)] : [use];
}

/** The role of a bootstrapped account, or the one that the stack's synthesizer names. */
function deployingRole(stack: Stack): string | undefined {
  try {
    const { cloudFormationExecutionRoleArn: arn } = stack.synthesizer as { readonly cloudFormationExecutionRoleArn?: string };
    return typeof arn === 'string' ? arn : undefined;
  } catch {
    return undefined;
  }
}
