import type { Disagreement } from './differential';

/** A kind of disagreement: who is right, and why. */
export interface Class {
  readonly name: string;
  readonly right: string;
  readonly why: string;
  readonly fits: (disagreement: Disagreement) => boolean;
}

const stricter = (theirs: string) => ({ ours, pair }: Disagreement) => ours === 'fail' && pair.theirs === theirs;
const text = ({ template }: Disagreement) => JSON.stringify(template.Resources);

/** Of instances SQL Server Express, of clusters all but Aurora's, and everything that is no engine. */
function isLeftOut(type: string, engine: string): boolean {
  return type === 'AWS::RDS::DBCluster' ? !engine.startsWith('aurora') : !/^(postgres|mysql|mariadb|oracle|sqlserver-(ee|se|web))/.test(engine);
}

/** The first that fits counts. */
export const CLASSES: Class[] = [
  {
    name: 'refused',
    right: 'this library',
    why: 'The template is not read at all: CfnInclude stops at a missing sibling, or at a type that it does not expect.',
    fits: ({ theirs }) => theirs === 'refused',
  },
  {
    name: 'nobody can know',
    right: 'this library',
    why: 'A snapshot, a resource of another stack or a parameter without default decides. This library reports it as undetermined; the other tool passes or fails it anyway.',
    fits: ({ ours }) => ours === 'undetermined',
  },
  {
    name: 'intrinsics and spellings',
    right: 'this library',
    why: 'A parameter\'s default, a condition, Fn::Join, or true written as text. With these resolved the other tool says the same.',
    fits: ({ ours, theirs, resolved }) => resolved === ours && resolved !== theirs,
  },
  {
    name: 'defaults of AWS',
    right: 'this library',
    why: 'The template leaves a property out, and AWS has a value for it. With it written out the other tool says the same.',
    fits: ({ ours, theirs, withDefaults }) => withDefaults === ours && withDefaults !== theirs,
  },
  {
    name: 'what does not exist',
    right: 'this library',
    why: 'A bucket without a bucket policy answers plain HTTP; the control looks at bucket policies only.',
    fits: (each) => each.ours === 'fail' && each.pair.theirs === 'CT.S3.PR.8',
  },
  {
    name: 'one member of a cluster',
    right: 'this library',
    why: 'An Aurora instance has its cluster\'s storage, deletion protection, backups and authentication.',
    fits: (each) => each.ours === 'pass' && text(each).includes('DBClusterIdentifier'),
  },
  {
    name: 'buckets that receive access logs',
    right: 'this library',
    why: 'Under a KMS key their logs are lost, and logging the log bucket would never end.',
    fits: (each) => each.ours === 'pass' && /^(CT\.S3\.PR\.(2|10)|AwsSolutions-S1)$/.test(each.pair.theirs) && /_logs\.s3\.bucket|DestinationBucketName|LoggingConfiguration|LogDeliveryWrite/.test(JSON.stringify(each.template)),
  },
  {
    name: 'engines that the other rule leaves out',
    right: 'this library',
    why: 'The other rule has a list of engines, and passes where none is named (a restore), for Multi-AZ DB clusters, and for SQL Server Express. They support what it asks for.',
    fits: ({ ours, theirs, resources, pair }) => ours === 'fail' && theirs === 'pass' && /\.RDS\.|-RDS/.test(pair.theirs)
      && resources.some((resource) => isLeftOut(resource.type, resource.get('Engine').shown)),
  },
  {
    name: 'a key without encryption',
    right: 'this library',
    why: 'KmsKeyId without StorageEncrypted encrypts nothing; the control looks at the key alone.',
    fits: ({ ours, pair, resources }) => ours === 'fail' && pair.theirs === 'CT.RDS.PR.30' && resources.some((resource) => resource.get('KmsKeyId').kind !== 'absent'),
  },
  {
    name: 'a copy has its source\'s encryption',
    right: 'this library',
    why: 'RDS encrypts a read replica as its source; Encryption-RdsReplicaKey checks whether the key of its own Region is named.',
    fits: ({ ours, resources }) => ours === 'pass' && resources.some((resource) => resource.get('SourceDBInstanceIdentifier').kind !== 'absent'),
  },
  {
    name: 'one way of writing it',
    right: 'this library',
    why: 'The other rule knows one shape of the statement (both ARNs in one statement, by Fn::Join; BoolIfExists with two keys). IAM has more that deny the same.',
    fits: ({ ours, pair }) => ours === 'pass' && /^(CT\.S3\.PR\.8|CT\.KMS\.PR\.3|AwsSolutions-S10)$/.test(pair.theirs),
  },
  {
    name: 'a statement about something else',
    right: 'this library',
    why: 'The statement that denies plain HTTP names another resource: nothing is denied. The other rule does not compare the resource.',
    fits: ({ ours, pair }) => ours === 'fail' && pair.theirs === 'AwsSolutions-SQS4',
  },
  {
    name: 'references to what does not exist',
    right: 'both',
    why: 'A Ref to a missing key or certificate, which CloudFormation refuses. Our rules about usable keys report it, not the one compared here.',
    fits: ({ ours, theirs, pair }) => ours === 'pass' && theirs === 'fail' && /^CT\.(SQS\.PR\.2|ELASTICLOADBALANCING\.PR\.[26]|RDS\.PR\.30)$/.test(pair.theirs),
  },
  {
    name: 'what AWS refuses anyway',
    right: 'nobody',
    why: 'A load balancer of the type redirect, a symmetric key that signs, an ACL where ACLs are off: the stack fails before the question matters.',
    fits: (each) => /SIGN_VERIFY|GENERATE_VERIFY_MAC|BucketOwnerEnforced/.test(JSON.stringify(each.template))
      || each.resources.some((resource) => /^(redirect|fixed-response|forward)$/.test(resource.get('Type').shown)),
  },
  {
    name: 'we ask more: a key of yours', right: 'both', why: 'The control accepts a KMS key that AWS manages, whose policy nobody can change.', fits: stricter('CT.S3.PR.10'),
  },
  {
    name: 'we ask more: access control lists off', right: 'both', why: 'The control looks for an ACL on the bucket; with ownership left to writers each object may still have one.', fits: stricter('CT.S3.PR.5'),
  },
  {
    name: 'we ask more: a period that KMS accepts',
    right: 'this library',
    why: 'Rotation every 30 days is refused by KMS when the stack is deployed.',
    fits: (each) => ['CT.KMS.PR.1', 'AwsSolutions-KMS5'].some((id) => stricter(id)(each)),
  },
  {
    name: 'we ask more: written in the template',
    right: 'both',
    why: 'S3 blocks public access of new buckets since April 2023; cdk-nag relies on it; Control Tower and this library want it in the template, because anybody may turn it off.',
    fits: stricter('AwsSolutions-S2'),
  },
];
