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
    name: 'an address by default',
    why: 'The example leaves PubliclyAccessible out, and with it the subnet group: RDS gives a public address then (CreateDBInstance).',
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
    name: 'a statement about something else',
    why: 'The test allows everybody in a statement whose Resource is an ARN of EC2. In a key policy only "*" and the key itself have an effect (KMS developer guide, key policies, Resource): Encryption-KmsKeyOtherAccountHasEffect says that the statement has none, and Encryption-KmsKeyStaysManageable that nobody can manage the key.',
    fits: (question, { found }) => question.asks === 'KMS_NO_WILDCARD_PRINCIPAL' && question.faulty && found.length === 0 && has(question, '"Resource":"arn:aws:ec2:'),
  },
  {
    name: 'a type of load balancer that does not exist',
    why: 'The test gives the load balancer the type ElbResource. CloudFormation takes application, network and gateway; which logs a balancer has depends on it.',
    fits: (question) => question.asks === 'ELBV2_ACCESS_LOGGING_RULE' && has(question, '"Type":"ElbResource"'),
  },
  {
    name: 'an access control list that gives nobody anything',
    why: 'The control refuses every AccessControl. Private is what a bucket has without one: only its owner has access, with or without access control lists.',
    fits: (question, { found }) => question.asks === 'CT.S3.PR.5' && question.faulty && found.length === 0 && has(question, '"AccessControl":"Private"'),
  },
  {
    name: 'Aurora encrypts new clusters by itself',
    why: 'The tests fail a cluster without StorageEncrypted. Aurora encrypts clusters that were made since 18 February 2026 (Aurora guide, Overview.Encryption), and the template does not tell when: undetermined, with that reason.',
    fits: ({ asks, faulty }, { undetermined }) => faulty && undetermined.length > 0 && /^(RDS_STORAGE_ENCRYPTED|RDSDBClusterStorageEncryptedRule)$/.test(asks),
  },
  {
    name: 'a password in a plain parameter of the store',
    why: 'The template names a parameter of Systems Manager that may be plain text. The password does not stand in the template; whether it stands in the store is known only there: undetermined.',
    fits: ({ asks, faulty, name }, { undetermined }) => faulty && undetermined.length > 0 && asks === 'MasterUserPassword' && name === 'from_systems_manager',
  },
  {
    name: 'one arm of a condition',
    why: 'The template is right in one arm and wrong in the other, and a parameter without default decides: undetermined, with the arm that is wrong in the reason.',
    fits: ({ faulty }, { undetermined }) => faulty && undetermined.length > 0,
  },
];
