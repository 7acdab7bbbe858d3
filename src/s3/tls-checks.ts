import { BucketName, coverageBeside, coverageOf, nameElsewhere, nameOfBucket } from './bucket-names';
import { hasItsBucket, judgePolicies } from './bucket-relations';
import { actionsOn } from '../policy/actions';
import { anyOf } from '../policy/coverage';
import { Statement, statementsOf } from '../policy/policy';
import { deniesEvery, OVER_PLAIN_HTTP, overTlsBelow, Requests } from '../rules/denials';
import { Check, fail, NOT_APPLICABLE, PASS, undetermined, Verdict } from '../rules/rule';
import { notKnown } from '../rules/values';
import { MINIMUM_TLS_VERSION } from '../statements/tls';
import { Unknown } from '../template/read';
import type { Template } from '../template/template';

const leavesOut = ({ source }: Statement) => source.get('NotResource').kind !== 'absent';

/** Whether statements cover a bucket and all of its objects. */
function reaches(statements: readonly Statement[], bucket: BucketName, missing: string): Verdict {
  const apart = statements.filter(leavesOut).map(({ source }) => coverageBeside(source.get('NotResource').items().map(({ symbol }) => symbol), bucket));
  const all = [coverageOf(statements.flatMap(({ resources }) => resources), bucket), ...apart];
  const [itself, objects] = [anyOf(all.map((each) => each.itself)), anyOf(all.map((each) => each.objects))];
  if (itself && objects) { return PASS; }
  if (itself === false && objects === false) {
    return fail(statements.length === 0 ? `no statement of its policy ${missing}` : `no statement of its policy that names the bucket ${missing}`);
  }
  if (itself === false || objects === false) {
    return fail(`its policy ${missing.replace(/ to everybody$/, '')} for ${itself === false ? 'objects, not for the bucket' : 'the bucket, not for its objects'}`);
  }
  return undetermined('Resource: it is known only when the stack is deployed');
}

/** Reads a bucket's policies for statements that must be there. */
function mustDeny(missing: string, requests: Requests): Check {
  return (bucket) => judgePolicies(bucket, (statements) => reaches(denialsIn(statements, bucket.owner, requests), nameOfBucket(bucket), missing));
}

/** Every action that a bucket's policy can be about. */
const ACTIONS = actionsOn('bucket', 'object');

function denialsIn(statements: readonly Statement[], template: Template, requests: Requests): Statement[] {
  return statements.filter(({ source }) => deniesEvery(source, template, ACTIONS, requests));
}

const DENIES = 'denies plain HTTP to everybody';
const bucketAnswersOverTlsOnly = mustDeny(DENIES, OVER_PLAIN_HTTP);

/** A policy whose bucket is elsewhere is judged by itself: its statements must be about the bucket that it names. */
const policyDeniesPlainHttp: Check = (policy) => {
  if (hasItsBucket(policy)) { return NOT_APPLICABLE; }
  const bucket = policy.get('Bucket');
  if (bucket.kind === 'absent') { return fail('Bucket is not set'); }
  const statements = statementsOf(policy, 'PolicyDocument');
  if (statements instanceof Unknown) { return notKnown(statements); }
  return reaches(denialsIn(statements, policy.owner, OVER_PLAIN_HTTP), nameElsewhere(policy, bucket), DENIES);
};

export const answersOverTlsOnly: Check = (resource) =>
  (resource.type === 'AWS::S3::BucketPolicy' ? policyDeniesPlainHttp : bucketAnswersOverTlsOnly)(resource);

export const refusesOldTls = mustDeny(`denies TLS below ${MINIMUM_TLS_VERSION} to everybody`, overTlsBelow('s3:tlsversion', MINIMUM_TLS_VERSION));
