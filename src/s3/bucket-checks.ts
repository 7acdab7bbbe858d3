import { logsWithoutKms, receivesLogs } from './access-logs';
import { algorithmOf, encryptionRule, keyOf } from './bucket-relations';
import { BLOCKED_ENCRYPTION, DSSE_KMS, SSE_KMS, SSE_S3 } from './defaults';
import { customerKey, usableKey } from '../kms/keys';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined, Verdict } from '../rules/rule';
import { notKnown, someOf, verdictOn, worst } from '../rules/values';
import { Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

const KMS = [SSE_KMS, DSSE_KMS];

export const encrypts: Check = (bucket) => verdictOn(algorithmOf(bucket), {
  absent: fail('no BucketEncryption is set'),
  value: (algorithm) => passIf(algorithm.is(...KMS, SSE_S3), `SSEAlgorithm is ${algorithm.text}`),
});

/** A bucket for access logs is exempt: where only the deployment knows whether it is one, a failure is not certain. */
function unlessItReceivesLogs(check: Check): Check {
  return (bucket) => {
    const exempt = receivesLogs(bucket);
    if (exempt) { return NOT_APPLICABLE; }
    const verdict = check(bucket);
    return verdict.kind === 'fail' && exempt === undefined
      ? undetermined(`unless it receives access logs, which is known only when the stack is deployed: ${verdict.detail}`) : verdict;
  };
}

export const encryptsUnderCustomerKey = unlessItReceivesLogs((bucket) => verdictOn(algorithmOf(bucket), {
  absent: fail('no BucketEncryption: S3 uses its own keys'),
  value: (algorithm) => (algorithm.is(...KMS) ? customerKey(keyOf(bucket)) : fail(`SSEAlgorithm is ${algorithm.text}: S3's own keys`)),
}));

/** What of a bucket's encryption only concerns one under KMS. */
function underKms(check: (bucket: TemplateResource, algorithm: string) => Verdict): Check {
  return (bucket) => verdictOn(algorithmOf(bucket), {
    absent: NOT_APPLICABLE,
    value: (algorithm) => (algorithm.is(...KMS) ? check(bucket, algorithm.text) : NOT_APPLICABLE),
  });
}

export const usesBucketKey = underKms((bucket, algorithm) => (algorithm === DSSE_KMS ? NOT_APPLICABLE
  : verdictOn(encryptionRule(bucket).get('BucketKeyEnabled').literal(), {
    absent: fail('BucketKeyEnabled is not true'),
    value: ({ isTrue }) => passIf(isTrue, 'BucketKeyEnabled is not true'),
  })));

export const keyIsUsable = underKms((bucket) => usableKey(bucket, keyOf(bucket)));

export const blocksCustomerProvidedKeys: Check = (bucket) => {
  const types = encryptionRule(bucket).get('BlockedEncryptionTypes', 'EncryptionType').items().map((type) => type.literal());
  for (const blocked of BLOCKED_ENCRYPTION) {
    const found = someOf(types, (type) => type.is(blocked));
    if (found === false) { return fail(`BlockedEncryptionTypes does not have ${blocked}`); }
    const unknown = types.find((type): type is Unknown => type.kind === 'unknown');
    if (found === undefined && unknown) { return notKnown(unknown); }
  }
  return PASS;
};

export const logBucketIsNotUnderKms: Check = (bucket) => {
  const logs = logsWithoutKms(bucket);
  if (logs === false) { return NOT_APPLICABLE; }
  return verdictOn(algorithmOf(bucket), {
    absent: logs === true ? PASS : NOT_APPLICABLE,
    value: (algorithm) => {
      if (!algorithm.is(...KMS)) { return logs === true ? PASS : NOT_APPLICABLE; }
      return logs === true ? fail('it receives access logs, and is under a KMS key') : undetermined(logs.reason);
    },
  });
};

const PUBLIC_ACCESS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** All four settings are true; where they are left out an account or access point has them on or off. */
export const blocksPublicAccess: Check = (bucket) => {
  const block = bucket.get('PublicAccessBlockConfiguration');
  if (block.kind === 'unknown') { return notKnown(block); }
  if (block.kind === 'absent') {
    return bucket.type === 'AWS::S3::AccessPoint' ? NOT_APPLICABLE : fail('PublicAccessBlockConfiguration is not set');
  }
  return worst(...PUBLIC_ACCESS.map((name) => verdictOn(block.get(name).literal(), {
    absent: fail(`${name} is not true`),
    value: ({ isTrue }) => passIf(isTrue, `${name} is not true`),
  })));
};

export const hasNoPublicAcl: Check = (bucket) => verdictOn(bucket.get('AccessControl').literal(), {
  absent: PASS,
  value: ({ text }) => passIf(!/^(Public|AuthenticatedRead)/.test(text), `AccessControl is ${text}`),
});

/**
 * ACLs that give nobody else anything: the default, and two that S3 ignores where a bucket is made.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
 */
const OWNER_ONLY = ['Private', 'BucketOwnerRead', 'BucketOwnerFullControl'];

export const hasNoAcls: Check = (bucket) => verdictOn(bucket.get('OwnershipControls'), {
  // New buckets have ACLs off; an ACL that gives something to others turns them on, or fails the deployment.
  absent: () => verdictOn(bucket.get('AccessControl').literal(), {
    absent: PASS,
    value: (acl) => passIf(acl.is(...OWNER_ONLY), `AccessControl is ${acl.text}: the bucket uses ACLs`),
  }),
  value: (controls) => verdictOn((controls.get('Rules').items()[0] ?? controls.get('Rules')).get('ObjectOwnership').literal(), {
    absent: fail('ObjectOwnership is not set'),
    value: (ownership) => passIf(ownership.is('BucketOwnerEnforced'), `ObjectOwnership is ${ownership.text}`),
  }),
});

export const keepsVersions: Check = (bucket) => verdictOn(bucket.get('VersioningConfiguration', 'Status').literal(), {
  absent: fail('VersioningConfiguration is not set'),
  value: (status) => passIf(status.is('Enabled'), `VersioningConfiguration is ${status.text}`),
});

export const logsAccess = unlessItReceivesLogs((bucket) => verdictOn(bucket.get('LoggingConfiguration'), {
  absent: fail('LoggingConfiguration is not set'),
  value: () => PASS,
}));

export const isNotWebsite: Check = (bucket) => verdictOn(bucket.get('WebsiteConfiguration'), {
  absent: PASS,
  value: () => fail('WebsiteConfiguration is set: its endpoint speaks plain HTTP'),
});

/** Each rule of a bucket under KMS says which key the replica is under. */
export const replicatesEncrypted: Check = (bucket) => verdictOn(bucket.get('ReplicationConfiguration', 'Rules'), {
  absent: NOT_APPLICABLE,
  value: (rules) => underKms(() => worst(...rules.items().map(replicatesUnderKey)))(bucket),
});

function replicatesUnderKey(rule: Read): Verdict {
  return verdictOn(rule.get('SourceSelectionCriteria', 'SseKmsEncryptedObjects', 'Status').or('').literal(), {
    value: (status) => {
      if (!status.is('Enabled')) { return fail('SseKmsEncryptedObjects is not enabled: S3 then replicates nothing'); }
      const verdict = customerKey(rule.get('Destination', 'EncryptionConfiguration', 'ReplicaKmsKeyID'));
      return verdict.kind === 'fail' ? fail(`ReplicaKmsKeyID: ${verdict.detail}`) : verdict;
    },
  });
}
