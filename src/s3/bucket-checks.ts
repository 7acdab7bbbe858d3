import { defaultEncryption, hasItsBucket, policyStatements, receivesLogs } from './bucket-relations';
import { BLOCKED_ENCRYPTION, DSSE_KMS, SSE_KMS, SSE_S3 } from './defaults';
import { customerKey, usableKey } from '../kms/keys';
import { deniesOldTls, deniesPlainHttp, isAllow, isLimited, Statement } from '../policy/policy';
import { deniesPlainHttpItself } from '../rules/policy-checks';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined, Verdict } from '../rules/rule';
import { isTrue, worst } from '../rules/values';
import { MINIMUM_TLS_VERSION } from '../statements/tls';
import { asText, Unknown } from '../template/resolved';
import { Template, TemplateResource } from '../template/template';

const KMS = [SSE_KMS, DSSE_KMS];

export const encrypts: Check = (bucket, template) => {
  const encryption = defaultEncryption(bucket, template);
  if (encryption instanceof Unknown) { return undetermined(encryption.reason); }
  const algorithm = template.value(encryption.SSEAlgorithm);
  if (algorithm instanceof Unknown) { return undetermined(`SSEAlgorithm: ${algorithm.reason}`); }
  if (algorithm === undefined) { return fail('no BucketEncryption is set'); }
  return passIf([...KMS, SSE_S3].includes(asText(algorithm)), `SSEAlgorithm is ${template.text(algorithm)}`);
};

export const encryptsUnderCustomerKey: Check = (bucket, template) => {
  if (receivesLogs(bucket, template)) { return NOT_APPLICABLE; }
  const encryption = defaultEncryption(bucket, template);
  if (encryption instanceof Unknown) { return undetermined(encryption.reason); }
  const algorithm = template.value(encryption.SSEAlgorithm);
  if (algorithm instanceof Unknown) { return undetermined(`SSEAlgorithm: ${algorithm.reason}`); }
  if (algorithm === undefined) { return fail('no BucketEncryption: S3 uses its own keys'); }
  if (!KMS.includes(asText(algorithm))) { return fail(`SSEAlgorithm is ${template.text(algorithm)}: S3's own keys`); }
  return customerKey(template, encryption.KMSMasterKeyID);
};

/** What of a bucket's encryption only concerns one under KMS. */
function underKms(check: (encryption: Record<string, unknown>, template: Template) => Verdict): Check {
  return (bucket, template) => {
    const encryption = defaultEncryption(bucket, template);
    if (encryption instanceof Unknown) { return undetermined(encryption.reason); }
    return KMS.includes(template.text(encryption.SSEAlgorithm)) ? check(encryption, template) : NOT_APPLICABLE;
  };
}

export const usesBucketKey = underKms(({ SSEAlgorithm, rule }, template) => {
  if (template.text(SSEAlgorithm) === DSSE_KMS) { return NOT_APPLICABLE; }
  const enabled = template.value(template.object(rule).BucketKeyEnabled);
  return enabled instanceof Unknown ? undetermined(`BucketKeyEnabled: ${enabled.reason}`) : passIf(isTrue(enabled), 'BucketKeyEnabled is not true');
});

export const keyIsUsable = underKms(({ KMSMasterKeyID }, template) => usableKey(template, KMSMasterKeyID));

export const blocksCustomerProvidedKeys: Check = (bucket, template) => {
  const encryption = defaultEncryption(bucket, template);
  if (encryption instanceof Unknown) { return undetermined(encryption.reason); }
  const blocked = template.object(template.object(encryption.rule).BlockedEncryptionTypes);
  const types = template.list(blocked.EncryptionType).map((type) => template.text(type));
  return passIf(BLOCKED_ENCRYPTION.every((type) => types.includes(type)), 'BlockedEncryptionTypes does not have SSE-C');
};

export const logBucketIsNotUnderKms: Check = (bucket, template) => {
  if (!receivesLogs(bucket, template)) { return NOT_APPLICABLE; }
  const encryption = defaultEncryption(bucket, template);
  if (encryption instanceof Unknown) { return undetermined(encryption.reason); }
  return passIf(!KMS.includes(template.text(encryption.SSEAlgorithm)), 'it receives access logs, and is under a KMS key');
};

/** Reads a bucket's policies for statements that must be there. */
function withStatements(missing: string, check: (denied: (wanted: (statement: Statement) => boolean) => Verdict, none: string) => Verdict): Check {
  return (bucket, template) => {
    const statements = policyStatements(bucket, template);
    if (statements === undefined) { return fail('it has no bucket policy'); }
    if (statements instanceof Unknown) { return undetermined(`PolicyDocument: ${statements.reason}`); }
    return check((wanted) => reaches(statements.filter(wanted), bucket, template, missing), missing);
  };
}

/** Whether statements reach the bucket and its objects. */
function reaches(statements: Statement[], bucket: TemplateResource, template: Template, missing: string): Verdict {
  const resources = statements.flatMap((statement) => statement.resources);
  const name = bucket.properties.BucketName === undefined ? undefined : template.text(bucket.properties.BucketName);
  const ends = [`\${${bucket.logicalId}.Arn}`, `:s3:::\${${bucket.logicalId}}`, ...(name ? [`:s3:::${name}`] : [])];
  const bucketItself = resources.some((arn) => arn === '*' || ends.some((end) => arn.endsWith(end) || arn.endsWith(`${end}*`)) || arn.endsWith(':s3:::*'));
  const objects = resources.some((arn) => arn === '*' || ends.some((end) => arn.endsWith(`${end}/*`) || arn.endsWith(`${end}*`)) || arn.endsWith(':s3:::*'));
  if (bucketItself && objects) { return PASS; }
  if (resources.some((arn) => arn.includes('${?}'))) { return undetermined('Resource: it is known only when the stack is deployed'); }
  if (!bucketItself && !objects) { return fail(`no statement of its policy ${missing}`); }
  return fail(`its policy ${missing.replace(/to everybody$/, '')}for ${bucketItself ? 'the bucket, not for its objects' : 'objects, not for the bucket'}`);
}

const bucketAnswersOverTlsOnly = withStatements('denies plain HTTP to everybody', (denied) => denied((statement) => deniesPlainHttp(statement, 's3')));
const policyDeniesPlainHttp = deniesPlainHttpItself('s3', hasItsBucket);

export const answersOverTlsOnly: Check = (resource, template) =>
  (resource.type === 'AWS::S3::BucketPolicy' ? policyDeniesPlainHttp : bucketAnswersOverTlsOnly)(resource, template);

export const refusesOldTls = withStatements(`denies TLS below ${MINIMUM_TLS_VERSION} to everybody`,
  (denied) => denied((statement) => deniesOldTls(statement, 's3', MINIMUM_TLS_VERSION)));

const PUBLIC_ACCESS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** All four settings are true; where they are left out an account or access point has them on or off. */
export const blocksPublicAccess: Check = (bucket, template) => {
  const block = template.property(bucket, 'PublicAccessBlockConfiguration');
  if (block instanceof Unknown) { return undetermined(`PublicAccessBlockConfiguration: ${block.reason}`); }
  if (block === undefined) {
    return bucket.type === 'AWS::S3::AccessPoint' ? NOT_APPLICABLE : fail('PublicAccessBlockConfiguration is not set');
  }
  const verdicts = PUBLIC_ACCESS.map((name) => {
    const value = template.value(template.object(block)[name]);
    return value instanceof Unknown ? undetermined(`${name}: ${value.reason}`) : passIf(isTrue(value), `${name} is not true`);
  });
  return worst(...verdicts);
};

export const hasNoPublicAcl: Check = (bucket, template) => {
  const acl = template.property(bucket, 'AccessControl');
  if (acl instanceof Unknown) { return undetermined(`AccessControl: ${acl.reason}`); }
  return passIf(!/^(Public|AuthenticatedRead)/.test(asText(acl)), `AccessControl is ${asText(acl)}`);
};

export const hasNoAcls: Check = (bucket, template) => {
  const ownership = template.text(template.object(template.list(template.property(bucket, 'OwnershipControls', 'Rules'))[0]).ObjectOwnership);
  const acl = bucket.properties.AccessControl;
  if (bucket.properties.OwnershipControls === undefined) { return passIf(acl === undefined, 'AccessControl is set: the bucket uses ACLs'); }
  return passIf(ownership === 'BucketOwnerEnforced', `ObjectOwnership is ${ownership}`);
};

export const allowsEverything = (statement: Statement) => (isAllow(statement)
  && (statement.notActions.length > 0 || statement.actions.some((action) => action === '*' || action === 's3:*')) && !isLimited(statement)
  && !statement.principals.some((principal) => principal.startsWith('Service:'))
  ? 'allows every action' : undefined);

export const keepsVersions: Check = (bucket, template) => {
  const status = template.property(bucket, 'VersioningConfiguration', 'Status');
  if (status instanceof Unknown) { return undetermined(`VersioningConfiguration: ${status.reason}`); }
  return passIf(status === 'Enabled', `VersioningConfiguration is ${status === undefined ? 'not set' : asText(status)}`);
};

export const logsAccess: Check = (bucket, template) => (receivesLogs(bucket, template)
  ? NOT_APPLICABLE : passIf(bucket.properties.LoggingConfiguration !== undefined, 'LoggingConfiguration is not set'));

export const isNoWebsite: Check = (bucket) => passIf(bucket.properties.WebsiteConfiguration === undefined, 'WebsiteConfiguration is set: its endpoint speaks plain HTTP');

/** Each rule of a bucket under KMS says which key the replica is under. */
export const replicatesEncrypted: Check = (bucket, template) => {
  const rules = template.property(bucket, 'ReplicationConfiguration', 'Rules');
  if (rules instanceof Unknown) { return undetermined(`ReplicationConfiguration: ${rules.reason}`); }
  if (rules === undefined) { return NOT_APPLICABLE; }
  const encryption = defaultEncryption(bucket, template);
  if (encryption instanceof Unknown || !KMS.includes(template.text(encryption.SSEAlgorithm))) { return NOT_APPLICABLE; }
  for (const rule of template.objects(rules)) {
    const selects = template.text(template.object(template.object(rule.SourceSelectionCriteria).SseKmsEncryptedObjects).Status);
    if (selects !== 'Enabled') { return fail('SseKmsEncryptedObjects is not enabled: S3 then replicates nothing'); }
    const key = template.object(template.object(rule.Destination).EncryptionConfiguration).ReplicaKmsKeyID;
    const verdict = customerKey(template, key);
    if (verdict.kind !== 'pass') { return verdict.kind === 'fail' ? fail(`ReplicaKmsKeyID: ${verdict.detail}`) : verdict; }
  }
  return PASS;
};
