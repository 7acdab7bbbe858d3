import type { Answer } from './answers';
import type { Question } from './corpora';

/** A kind of answer of others that we do not share: who is right, and why. */
export interface Ruling {
  readonly name: string;
  readonly why: string;
  readonly fits: (question: Question, answer: Answer) => boolean;
}

const has = ({ template }: Question, text: string) => JSON.stringify(template).includes(text);

export const RULINGS: Ruling[] = [
  {
    name: 'a copy has its source\'s encryption and backups',
    why: 'The test calls a replica in another Region faulty because it has neither StorageEncrypted nor BackupRetentionPeriod. RDS encrypts it as its source; Encryption-RdsReplicaKey checks its key.',
    fits: (question, { found }) => question.faulty && found.length === 0 && has(question, 'SourceDBInstanceIdentifier'),
  },
  {
    name: 'a week of backups',
    why: 'The tests accept one day, written or by default; AWS FSBP RDS.11 asks for seven.',
    fits: ({ asks, faulty }) => (asks === 'DB_INSTANCE_BACKUP_ENABLED' && !faulty) || asks === 'RDSInstanceBackupRetentionPeriodRule',
  },
  {
    name: 'a literal that looks like a parameter',
    why: 'The test writes the password MyPassword where it means a Ref to the parameter of that name: the password is in the template.',
    fits: (question) => !question.faulty && /PLAINTEXT_PASSWORD/.test(question.asks) && has(question, '"MasterUserPassword":"MyPassword"'),
  },
  {
    name: 'who may write may read',
    why: 'A rule about public reading passes PublicReadWrite, and one about writing PublicRead, because the project has two rules where we have one.',
    fits: (question) => /^(S3_BUCKET_PUBLIC_READ_ACL|S3BucketPublicRead(Write)?AclRule)$/.test(question.asks) && has(question, 'PublicReadWrite'),
  },
  {
    name: 'KMS is not S3\'s own keys',
    why: 'A rule that asks for KMS passes AES256.',
    fits: (question) => !question.faulty && question.asks === 'S3_DEFAULT_ENCRYPTION_KMS' && has(question, 'AES256'),
  },
  {
    name: 'an address that the subnets decide',
    why: 'The example leaves PubliclyAccessible out, and with it the subnet group: in a default VPC with an internet gateway RDS gives a public address.',
    fits: ({ asks, faulty }) => asks === 'RDSPubliclyAccessible' && !faulty,
  },
  {
    name: 'SQS encrypts by itself',
    why: 'The example fails a queue without encryption properties. SQS encrypts it under its own keys; Encryption-SqsQueueCustomerKey finds that it has no key of yours.',
    fits: ({ asks, faulty }, { found }) => asks === 'CT.SQS.PR.2' && faulty && found.length === 0,
  },
  {
    name: 'a redirect is what port 80 is for',
    why: 'The test calls an HTTP listener faulty that only redirects to HTTPS. AWS FSBP ELB.1 asks for exactly that, and the listener needs no SslPolicy.',
    fits: (question, { found }) => question.faulty && found.length === 0 && /^ELBV2_LISTENER_(PROTOCOL|SSL_POLICY)_RULE$/.test(question.asks) && has(question, '"Type":"redirect"'),
  },
  {
    name: 'one arm of a condition',
    why: 'The template is right in one arm and wrong in the other, and a parameter without default decides: undetermined, with the arm that is wrong in the reason.',
    fits: ({ faulty }, { undetermined }) => faulty && undetermined.length > 0,
  },
];
