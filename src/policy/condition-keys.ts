/** Who decides what a condition key holds. */
export type Owner =
  /** Who calls, freely: tags of a role of their own, headers, session names. */
  | 'caller'
  /** AWS, from the account and organization of the caller. */
  | 'account'
  /** AWS, from the network that the request comes through. */
  | 'network'
  /** AWS, from the resource for which a service calls. */
  | 'service'
  /** AWS, from the request itself or what it is about: it says nothing of who calls. */
  | 'request';

export type KeyType = 'text' | 'arn' | 'boolean' | 'number' | 'date' | 'address' | 'binary';

/** A condition key, as its service documents it. */
export interface ConditionKey {
  /** As AWS writes it; `*` at the end for a name that the policy completes. */
  readonly name: string;
  readonly owner: Owner;
  readonly type: KeyType;
  /** Whether a request may have many values of it. */
  readonly many?: boolean;
  /** What its values look like; only those of AWS have a shape. */
  readonly shape?: Shape;
  /** The only actions with which it is sent, in lower case. */
  readonly sentWith?: readonly string[];
  /** Whether every request has it. */
  readonly always?: boolean;
  /** The page that documents it. */
  readonly see: string;
}

/** Kinds of values that AWS assigns, and that nobody can choose freely. */
export type Shape =
  | 'account' | 'organization' | 'organization path' | 'organization path of resource' | 'vpc' | 'vpc arn' | 'endpoint' | 'user id'
  | 'arn of own account' | 'source arn' | 'service' | 'via service' | 'calling service' | 'key arn' | 'identity arn' | 'principal type';

type Row = Omit<ConditionKey, 'name' | 'see'>;

const text = (owner: Owner, more: Partial<Row> = {}): Row => ({ owner, type: 'text', ...more });
const arn = (owner: Owner, more: Partial<Row> = {}): Row => ({ owner, type: 'arn', ...more });
const flag = (owner: Owner, more: Partial<Row> = {}): Row => ({ owner, type: 'boolean', ...more });
const number = (owner: Owner, more: Partial<Row> = {}): Row => ({ owner, type: 'number', ...more });
const date = (owner: Owner, more: Partial<Row> = {}): Row => ({ owner, type: 'date', ...more });
const address = (owner: Owner, more: Partial<Row> = {}): Row => ({ owner, type: 'address', ...more });

const MANY = { many: true };
const GRANTS = ['kms:creategrant'];
const ENCRYPTS = [
  'kms:encrypt', 'kms:decrypt', 'kms:reencryptfrom', 'kms:reencryptto', 'kms:creategrant', 'kms:retiregrant',
  'kms:generatedatakey', 'kms:generatedatakeywithoutplaintext', 'kms:generatedatakeypair', 'kms:generatedatakeypairwithoutplaintext',
];
const UPLOADS = ['s3:putobject', 's3:replicateobject', 's3:updateobjectencryption'];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, read 2026-11-25. */
const GLOBAL: Record<string, Row> = {
  'aws:PrincipalArn': arn('account', { shape: 'identity arn' }),
  'aws:PrincipalAccount': text('account', { shape: 'account' }),
  'aws:PrincipalOrgPaths': text('account', { shape: 'organization path', ...MANY }),
  'aws:PrincipalOrgID': text('account', { shape: 'organization' }),
  'aws:PrincipalTag/*': text('caller'),
  'aws:PrincipalIsAWSService': flag('account'),
  'aws:PrincipalServiceName': text('service', { shape: 'service' }),
  'aws:PrincipalServiceNamesList': text('service', { shape: 'service', ...MANY }),
  'aws:PrincipalType': text('account', { shape: 'principal type' }),
  'aws:userid': text('account', { shape: 'user id' }),
  'aws:username': text('caller'),
  'aws:AssumedRoot': flag('account'),
  'aws:FederatedProvider': arn('caller'),
  'aws:TokenIssueTime': date('request'),
  'aws:MultiFactorAuthAge': number('caller'),
  'aws:MultiFactorAuthPresent': flag('caller'),
  'aws:ChatbotSourceArn': arn('account', { shape: 'arn of own account' }),
  'aws:Ec2InstanceSourceVpc': text('account', { shape: 'vpc' }),
  'aws:Ec2InstanceSourcePrivateIPv4': address('caller'),
  'aws:SourceIdentity': text('caller'),
  'ec2:RoleDelivery': number('caller'),
  'ec2:SourceInstanceArn': arn('account', { shape: 'arn of own account' }),
  'glue:RoleAssumedBy': text('caller'),
  'glue:CredentialIssuingService': text('caller'),
  'lambda:SourceFunctionArn': arn('account', { shape: 'arn of own account' }),
  'ssm:SourceInstanceArn': arn('account', { shape: 'arn of own account' }),
  'identitystore:UserId': text('account', { shape: 'user id' }),
  'aws:SourceIp': address('network'),
  'aws:SourceVpc': text('network', { shape: 'vpc' }),
  'aws:SourceVpcArn': arn('network', { shape: 'vpc arn' }),
  'aws:SourceVpce': text('network', { shape: 'endpoint' }),
  'aws:VpceAccount': text('network', { shape: 'account' }),
  'aws:VpceOrgPaths': text('network', { shape: 'organization path', ...MANY }),
  'aws:VpceOrgID': text('network', { shape: 'organization' }),
  // Everybody has a VPC with these addresses: AWS says to use it with aws:SourceVpc or aws:SourceVpce.
  'aws:VpcSourceIp': address('caller'),
  'aws:ResourceAccount': text('request', { shape: 'account', always: true }),
  'aws:ResourceOrgID': text('request', { shape: 'organization' }),
  'aws:ResourceOrgPaths': text('request', { shape: 'organization path of resource', ...MANY }),
  'aws:ResourceTag/*': text('request'),
  'aws:CalledVia': text('caller', { shape: 'calling service', ...MANY }),
  'aws:CalledViaFirst': text('caller', { shape: 'calling service' }),
  'aws:CalledViaLast': text('caller', { shape: 'calling service' }),
  'aws:CalledViaAWSMCP': text('caller'),
  'aws:ViaAWSService': flag('caller', { always: true }),
  'aws:ViaAWSMCPService': flag('caller'),
  'aws:CurrentTime': date('request', { always: true }),
  'aws:EpochTime': date('request', { always: true }),
  'aws:referer': text('caller'),
  'aws:RequestedRegion': text('request', { always: true }),
  'aws:RequestTag/*': text('caller'),
  'aws:TagKeys': text('caller', MANY),
  'aws:SecureTransport': flag('request', { always: true }),
  'aws:SourceArn': arn('service', { shape: 'source arn' }),
  'aws:SourceAccount': text('service', { shape: 'account' }),
  'aws:SourceOwner': text('service', { shape: 'account' }),
  'aws:SourceOrgPaths': text('service', { shape: 'organization path', ...MANY }),
  'aws:SourceOrgID': text('service', { shape: 'organization' }),
  'aws:UserAgent': text('caller'),
  'aws:IsMcpServiceAction': flag('caller'),
};

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html, read 2026-11-25. */
const KMS: Record<string, Row> = {
  'kms:BypassPolicyLockoutSafetyCheck': flag('caller', { sentWith: ['kms:createkey', 'kms:putkeypolicy'] }),
  'kms:CallerAccount': text('account', { shape: 'account' }),
  'kms:CustomerMasterKeySpec': text('request'),
  'kms:CustomerMasterKeyUsage': text('request'),
  'kms:DataKeyPairSpec': text('caller', { sentWith: ['kms:generatedatakeypair', 'kms:generatedatakeypairwithoutplaintext'] }),
  'kms:EncryptionAlgorithm': text('caller', { sentWith: ['kms:encrypt', 'kms:decrypt', 'kms:reencryptfrom', 'kms:reencryptto'] }),
  'kms:EncryptionContext:*': text('caller', { sentWith: ENCRYPTS }),
  'kms:EncryptionContextKeys': text('caller', { ...MANY, sentWith: ENCRYPTS }),
  'kms:ExpirationModel': text('caller', { sentWith: ['kms:importkeymaterial'] }),
  'kms:GrantConstraintSourceArn': arn('caller', { sentWith: GRANTS }),
  'kms:GrantConstraintType': text('caller', { sentWith: GRANTS }),
  // Set by AWS where an AWS service asks on somebody's behalf: it does not say on whose.
  'kms:GrantIsForAWSResource': flag('caller', { sentWith: ['kms:creategrant', 'kms:listgrants', 'kms:revokegrant'] }),
  'kms:GrantOperations': text('caller', { ...MANY, sentWith: GRANTS }),
  'kms:GranteePrincipal': text('caller', { sentWith: GRANTS }),
  'kms:GranteeServicePrincipal': text('caller', { sentWith: GRANTS }),
  'kms:KeyAgreementAlgorithm': text('caller', { sentWith: ['kms:derivesharedsecret'] }),
  'kms:KeyOrigin': text('request'),
  'kms:KeySpec': text('request'),
  'kms:KeyUsage': text('request'),
  'kms:MacAlgorithm': text('caller', { sentWith: ['kms:generatemac', 'kms:verifymac'] }),
  'kms:MessageType': text('caller', { sentWith: ['kms:sign', 'kms:verify'] }),
  'kms:MultiRegion': flag('request'),
  'kms:MultiRegionKeyType': text('request'),
  'kms:PrimaryRegion': text('caller', { sentWith: ['kms:updateprimaryregion'] }),
  'kms:ReEncryptOnSameKey': flag('caller', { sentWith: ['kms:reencryptfrom', 'kms:reencryptto'] }),
  // What an enclave attests: everybody can measure an image of their own, but not one with these values.
  'kms:RecipientAttestation:*': text('account', { shape: 'user id' }),
  'kms:ReplicaRegion': text('caller', { sentWith: ['kms:replicatekey'] }),
  'kms:RequestAlias': text('caller'),
  'kms:ResourceAliases': text('request', MANY),
  'kms:RetiringPrincipal': text('caller', { sentWith: GRANTS }),
  'kms:RetiringServicePrincipal': text('caller', { sentWith: GRANTS }),
  'kms:RotationPeriodInDays': number('caller', { sentWith: ['kms:enablekeyrotation'] }),
  'kms:ScheduleKeyDeletionPendingWindowInDays': number('caller', { sentWith: ['kms:schedulekeydeletion'] }),
  'kms:SigningAlgorithm': text('caller', { sentWith: ['kms:sign', 'kms:verify'] }),
  'kms:TrailingDaysWithoutKeyUsage': number('request'),
  'kms:ValidTo': date('caller', { sentWith: ['kms:importkeymaterial'] }),
  'kms:ViaService': text('caller', { shape: 'via service' }),
  'kms:WrappingAlgorithm': text('caller', { sentWith: ['kms:getparametersforimport'] }),
  'kms:WrappingKeySpec': text('caller', { sentWith: ['kms:getparametersforimport'] }),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html, read 2026-11-25. */
const S3: Record<string, Row> = {
  's3:AccessGrantScope': text('request'),
  's3:AccessGrantsInstanceArn': arn('request'),
  's3:AccessGrantsLocationScope': text('request'),
  's3:AccessPointNetworkOrigin': text('request'),
  's3:AccessPointTag/*': text('request'),
  's3:BucketTag/*': text('request'),
  // An access point belongs to an account, which S3 counts as a limit.
  's3:DataAccessPointAccount': text('network', { shape: 'account' }),
  's3:DataAccessPointArn': arn('network', { shape: 'arn of own account' }),
  's3:ExistingJobOperation': text('request'),
  's3:ExistingJobPriority': number('request'),
  's3:ExistingObjectTag/*': text('request'),
  's3:InventoryAccessibleOptionalFields': text('caller', MANY),
  's3:JobSuspendedCause': text('request'),
  's3:ObjectCreationOperation': flag('request'),
  's3:RequestJobOperation': text('caller'),
  's3:RequestJobPriority': number('caller'),
  's3:RequestObjectTag/*': text('caller'),
  's3:RequestObjectTagKeys': text('caller', MANY),
  's3:ResourceAccount': text('request', { shape: 'account', always: true }),
  's3:TlsVersion': number('request'),
  's3:annotation-prefix': text('caller'),
  's3:authType': text('caller'),
  's3:delimiter': text('caller'),
  's3:deliverySourceArn': arn('service', { shape: 'source arn' }),
  's3:destinationRegion': text('caller'),
  's3:if-match': text('caller'),
  's3:if-none-match': text('caller'),
  's3:isReplicationPauseRequest': flag('caller'),
  's3:locationconstraint': text('caller'),
  's3:logType': text('caller'),
  's3:max-annotation-results': number('caller'),
  's3:max-keys': number('caller'),
  's3:object-lock-event-hold': text('caller'),
  's3:object-lock-event-hold-duration-days': number('caller'),
  's3:object-lock-legal-hold': text('caller'),
  's3:object-lock-mode': text('caller'),
  's3:object-lock-remaining-retention-days': number('caller'),
  's3:object-lock-retain-until-date': date('caller'),
  's3:prefix': text('caller'),
  's3:resourceArnBeingAuthorized': arn('request'),
  's3:signatureAge': number('request'),
  's3:signatureversion': text('caller'),
  's3:versionid': text('caller'),
  's3:x-amz-acl': text('caller'),
  's3:x-amz-bucket-namespace': text('caller'),
  's3:x-amz-content-sha256': text('caller'),
  's3:x-amz-copy-source': text('caller'),
  's3:x-amz-grant-full-control': text('caller'),
  's3:x-amz-grant-read': text('caller'),
  's3:x-amz-grant-read-acp': text('caller'),
  's3:x-amz-grant-write': text('caller'),
  's3:x-amz-grant-write-acp': text('caller'),
  's3:x-amz-metadata-directive': text('caller'),
  's3:x-amz-object-annotation-directive': text('caller'),
  's3:x-amz-object-if-match': text('caller'),
  's3:x-amz-object-ownership': text('caller'),
  's3:x-amz-server-side-encryption': text('caller', { sentWith: UPLOADS }),
  // S3 counts a fixed key as a limit: its policy decides who uploads under it.
  's3:x-amz-server-side-encryption-aws-kms-key-id': arn('network', { shape: 'key arn', sentWith: UPLOADS }),
  's3:x-amz-server-side-encryption-customer-algorithm': text('caller', { sentWith: [...UPLOADS, 's3:getobject'] }),
  's3:x-amz-storage-class': text('caller'),
  's3:x-amz-website-redirect-location': text('caller'),
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3objectlambda.html, read 2026-11-25. */
const S3_OBJECT_LAMBDA: Record<string, Row> = {
  's3-object-lambda:TlsVersion': number('request'),
  's3-object-lambda:authType': text('caller'),
  's3-object-lambda:signatureAge': number('request'),
  's3-object-lambda:versionid': text('caller'),
};

/** https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html, read 2026-11-25. */
const SNS: Record<string, Row> = {
  'sns:Endpoint': text('caller', { sentWith: ['sns:subscribe', 'sns:receive'] }),
  'sns:Protocol': text('caller', { sentWith: ['sns:subscribe', 'sns:receive'] }),
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html, read 2026-11-25. */
const SECRETS_MANAGER: Record<string, Row> = {
  'secretsmanager:AddReplicaRegions': text('caller', MANY),
  'secretsmanager:BlockPublicPolicy': flag('caller'),
  'secretsmanager:Description': text('caller'),
  'secretsmanager:ExternalSecretRotationRoleArn': arn('caller'),
  'secretsmanager:ForceDeleteWithoutRecovery': flag('caller'),
  'secretsmanager:ForceOverwriteReplicaSecret': flag('caller'),
  'secretsmanager:KmsKeyArn': arn('caller'),
  'secretsmanager:KmsKeyId': text('caller'),
  'secretsmanager:ModifyRotationRules': flag('caller'),
  'secretsmanager:Name': text('caller'),
  'secretsmanager:RecoveryWindowInDays': number('caller'),
  'secretsmanager:ResourceTag/*': text('request'),
  'secretsmanager:RotateImmediately': flag('caller'),
  'secretsmanager:RotationLambdaARN': arn('caller'),
  'secretsmanager:SecretId': arn('request'),
  'secretsmanager:SecretPrimaryRegion': text('request'),
  'secretsmanager:Type': text('caller'),
  'secretsmanager:VersionId': text('caller'),
  'secretsmanager:VersionStage': text('caller'),
  'secretsmanager:resource/AllowRotationLambdaArn': arn('request'),
  'secretsmanager:resource/Type': text('request'),
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html, read 2026-11-25. */
const LOGS: Record<string, Row> = {
  'logs:DeliveryDestinationResourceArn': arn('caller'),
  'logs:LogGeneratingResourceArns': arn('caller', MANY),
  'logs:data_source_name': text('request'),
  'logs:data_source_type': text('request'),
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html, read 2026-11-25. */
const DYNAMODB: Record<string, Row> = {
  'dynamodb:Attributes': text('caller', MANY),
  'dynamodb:EnclosingOperation': text('caller'),
  'dynamodb:FirstPartitionKeyValues': text('caller', MANY),
  'dynamodb:FisActionId': text('caller'),
  'dynamodb:FisTargetArns': arn('caller', MANY),
  'dynamodb:FourthPartitionKeyValues': text('caller', MANY),
  'dynamodb:FullTableScan': flag('caller'),
  'dynamodb:LeadingKeys': text('caller', MANY),
  'dynamodb:ReturnConsumedCapacity': text('caller'),
  'dynamodb:ReturnValues': text('caller'),
  'dynamodb:SecondPartitionKeyValues': text('caller', MANY),
  'dynamodb:Select': text('caller'),
  'dynamodb:ThirdPartitionKeyValues': text('caller', MANY),
};

/** https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html, read 2026-11-26: a mount target is in a VPC, which counts as a limit. */
const EFS: Record<string, Row> = {
  'elasticfilesystem:AccessedViaMountTarget': flag('network'),
  'elasticfilesystem:AccessPointArn': arn('request'),
  'elasticfilesystem:CreateAction': text('request'),
  'elasticfilesystem:Encrypted': flag('caller'),
};

const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference';
const PAGES: ReadonlyArray<readonly [page: string, rows: Record<string, Row>]> = [
  ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html', GLOBAL],
  ['https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html', KMS],
  ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html', S3],
  [`${REFERENCE}/list_amazons3objectlambda.html`, S3_OBJECT_LAMBDA],
  ['https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html', SNS],
  [`${REFERENCE}/list_awssecretsmanager.html`, SECRETS_MANAGER],
  [`${REFERENCE}/list_amazoncloudwatchlogs.html`, LOGS],
  [`${REFERENCE}/list_amazondynamodb.html`, DYNAMODB],
  ['https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html', EFS],
];

/** Every condition key that this library knows. */
export const CONDITION_KEYS: readonly ConditionKey[] = PAGES.flatMap(([see, rows]) =>
  Object.entries(rows).map(([name, row]) => ({ name, see, ...row })));

const BY_NAME = new Map(CONDITION_KEYS.map((key) => [key.name.toLowerCase(), key]));

/** A condition key by its name in lower case; `undefined` where no table has it: then what it limits is not known. */
export function conditionKey(name: string): ConditionKey | undefined {
  const known = BY_NAME.get(name);
  if (known) { return known; }
  // Tags are named after a slash, parts of an encryption context after a second colon.
  const ends = [name.indexOf('/'), name.indexOf(':', name.indexOf(':') + 1)].filter((at) => at > 0 && at < name.length - 1);
  return ends.map((at) => BY_NAME.get(`${name.slice(0, at + 1)}*`)).find((key) => key !== undefined);
}
