import { algorithmOf, keyOf, policiesOf } from './bucket-relations';
import { isManaged } from '../kms/keys';
import { ask, Guarded, internedGuarded, otherAccounts } from '../policy/asked';
import { UNKNOWN } from '../policy/coverage';
import { placeOf, policyOf, StandIn, statementsWith, textOf, together } from '../policy/from-template';
import { physicalName, Place, shown } from '../policy/physical-names';
import type { Given } from '../policy/question';
import { examplesOf } from '../policy/resource-variables';
import { leftOutBy, Statement } from '../policy/statement';
import { everybodyIn, namedIn, STRANGERS, Who } from '../policy/who';
import { nobodyMay } from '../rules/answers';
import { notKnownWhom } from '../rules/mentions';
import { Check, NOT_APPLICABLE, undetermined } from '../rules/rule';
import { notKnown, worst, worstOf } from '../rules/values';
import type { Read } from '../template/read';

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const UPLOADS = ['s3:PutObject'];

/** An upload that is encrypted otherwise than the bucket says, and how a finding calls it. */
interface OtherUpload {
  readonly given: Given;
  readonly says: string;
}

const headers = (algorithm: string, key?: string): Given => new Map([[ALGORITHM, [algorithm]], [KEY, key === undefined ? undefined : [key]]]);

/**
 * Every kind of upload that does not come under the bucket's key. One that names the algorithm and no key is encrypted under `aws/s3`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html#AmazonS3-PutObject-request-header-SSEKMSKeyId
 */
function otherUploads(algorithm: string, key: string | undefined, { account, region }: Place): OtherUpload[] {
  const keyIn = (owner: string) => `arn:aws:kms:${region}:${owner}:key/5a7c9e66-7425-40de-944b-e07fc1f90ae7`;
  const other = algorithm === 'aws:kms' ? 'aws:kms:dsse' : 'aws:kms';
  return [
    { given: headers(algorithm, keyIn(account)), says: 'another key of the account' },
    { given: headers(algorithm, keyIn('999999999999')), says: 'a key of another account' },
    { given: headers(algorithm), says: 'aws/s3, which S3 takes where an upload names no key' },
    { given: headers('AES256'), says: 'keys of S3 (AES256)' },
    { given: headers(other), says: `another algorithm (${other})` },
    ...(key === undefined ? [] : [{ given: headers(other, key), says: `another algorithm (${other})` }]),
  ];
}

/** The key of a parameter, for the bucket and for its policy, is one key, whichever it is. */
function standInFor(key: Read, { account, region }: Place): StandIn | undefined {
  return key.kind === 'unknown' && !key.symbol.includes(UNKNOWN) ? { symbol: key.symbol, text: `arn:aws:kms:${region}:${account}:key/made-up-Key` } : undefined;
}

/** Objects of which a Deny leaves out that it is about them. */
const leftOut = (statements: readonly Statement[], { account }: Place): string[] =>
  statements.flatMap(leftOutBy).flatMap((pattern) => examplesOf(pattern, [account]));

/** The keys that a policy names and that are not the bucket's, as far as it is known which one is. */
function namedKeys({ statements, account }: Guarded, own: string | undefined): string[] {
  return [...namedIn(statements, account).values.get(KEY) ?? []].filter((named) => named !== own);
}

/**
 * Whether uploads come under the bucket's key, whatever they name. Asked of everybody whom the policy does not name: a writer that it excepts by
 * name has a reason to name another key.
 */
export const uploadsComeUnderItsKey: Check = (bucket) => {
  const [algorithm, key] = [algorithmOf(bucket), keyOf(bucket)];
  if (algorithm.kind === 'unknown') { return notKnown(algorithm); }
  if (algorithm.kind === 'absent' || !algorithm.text.startsWith('aws:kms') || key.kind === 'absent' || isManaged(key)) { return NOT_APPLICABLE; }
  const place = placeOf(bucket.owner);
  const { certain, possible } = policiesOf(bucket);
  const objects = `${physicalName(bucket, 'Arn', place)}/`;
  const standIn = standInFor(key, place);
  const statements = together(certain.map(({ by }) => {
    const document = by.get('PolicyDocument');
    const isSame = standIn !== undefined && by.owner === bucket.owner && document.kind === 'value';
    return isSame ? statementsWith(standIn, document, by.owner) : policyOf(by, 'PolicyDocument') ?? [];
  }));
  const guarded = internedGuarded({
    statements,
    account: place.account,
    resources: [`${objects}any-object`, ...leftOut(statements, place).filter((arn) => arn.startsWith(objects))],
    actions: UPLOADS,
  });
  const who: Who[] = [...everybodyIn(place.account), ...otherAccounts(guarded).flatMap(everybodyIn), ...STRANGERS];
  const own = standIn?.text ?? textOf(key, bucket.owner);
  const judge = ({ given, says }: OtherUpload) => nobodyMay(ask(guarded, who, UPLOADS, { given }), place.account, `: under ${says}`);
  const judgeNamed = (named: string) => {
    const found = judge({ given: headers(algorithm.text, named), says: `the key ${shown(named)}` });
    return own === undefined && found.kind === 'fail' ? undetermined(`whether ${shown(named)}, under which uploads come in, is the bucket's key`) : found;
  };
  const ofOthers = worstOf(otherUploads(algorithm.text, own, place), judge);
  const verdict = ofOthers.kind === 'fail' ? ofOthers : worst(ofOthers, worstOf(namedKeys(guarded, own), judgeNamed));
  const [other] = possible;
  return verdict.kind !== 'pass' && other ? notKnownWhom(other.mention.by, other.value) : verdict;
};
