import { BY_ROLE } from './by-role';
import { FLOWS } from './declarations';
import type { FlowDeclaration } from './flow';

const BECOMES: Record<FlowDeclaration['becomes'], string> = {
  completed: 'completed',
  left: 'the bucket is left as it was, or refused',
  warned: 'a warning with the statement',
};

const ORDER: ReadonlyArray<FlowDeclaration['becomes']> = ['completed', 'left', 'warned'];

/** docs/flows.md: who writes to and reads from what is encrypted, and what becomes of it. */
export function flowsMarkdown(): string {
  return [
    '# What writes to and reads from encrypted buckets, queues and topics?',
    '',
    '<!-- Generated from the flows that the services declare, by `npx projen flows`. Do not edit. -->',
    '',
    'A bucket or queue that comes under a KMS key can cut off whoever used it before. This library knows these flows, finds them in the templates of an app',
    'and, when the app is synthesized, after all other aspects:',
    '',
    '- **completed**: adds what is missing to the key policy, or to the policy of the role, limited to the service (`kms:ViaService`). The statements of the',
    '  bucket policy that deny uploads under another encryption leave room for a writer that always names one.',
    '- **left**: what cannot be under a customer-managed key is an error for an `EncryptedBucket` or a mixin on that one bucket. `EncryptionDefaults`, and a mixin',
    '  over a scope, leave the bucket as it was, with a warning.',
    '- **warned**: what cannot be completed here (an imported key, a policy with `Resource: "*"`, a role of another account, a service of which AWS documents',
    '  nothing) is a warning with the statement to paste.',
    '',
    'The same flows are judged in any template, by the rules [S3BucketServicesHaveKey](../RULES.md#encryption-s3bucketserviceshavekey),',
    '[S3BucketReadersCanUseKey](../RULES.md#encryption-s3bucketreaderscanusekey), [SqsSendersHaveKey](../RULES.md#encryption-sqssendershavekey),',
    '[SnsTopicSendersHaveKey](../RULES.md#encryption-snstopicsendershavekey) and [IamPolicyHasKey](../RULES.md#encryption-iampolicyhaskey).',
    '',
    ...byRole(),
    ...ORDER.flatMap((becomes) => section(becomes, FLOWS.filter((flow) => flow.becomes === becomes))),
  ].join('\n');
}

function section(becomes: FlowDeclaration['becomes'], flows: readonly FlowDeclaration[]): string[] {
  if (flows.length === 0) { return []; }
  return [
    `## ${becomes.charAt(0).toUpperCase()}${becomes.slice(1)}: ${BECOMES[becomes]}`,
    '',
    '| service | who does what | to a | found by | principal | encryption it names | what it needs of the key |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...flows.map(({ service, what, kind, foundBy, principal, sends, needs, see }) =>
      `| [${service}](${see}) | ${what} | ${kind} | ${foundBy} | ${principal} | ${sends || '–'} | ${needs} |`),
    '',
  ];
}

function byRole(): string[] {
  return [
    '## Services that act with a role of yours',
    '',
    'They use the key as the role. Its policy names the bucket, queue or topic, and gets the key beside it: `kms:Decrypt` to read, `kms:GenerateDataKey` too to',
    'write, limited by `kms:ViaService`. Where the policy names everything (`Resource: "*"`), a warning shows the statement.',
    '',
    '| service | who does what | where AWS says so |',
    '| --- | --- | --- |',
    ...BY_ROLE.map(({ service, what, see }) => `| ${service} | ${what} | <${see}> |`),
    '',
  ];
}
