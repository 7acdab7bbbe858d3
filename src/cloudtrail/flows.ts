import { actsFor, byPolicy, found } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

/** @see FACTS in docs/flows.md: AWS's pages disagree about what a trail without a key sends, so that each documented way has room. */
export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'CloudTrailLogFiles',
  service: 'AWS CloudTrail',
  what: 'a trail writes log files and digests',
  kind: 'bucket',
  direction: 'write',
  foundBy: '`AWS::CloudTrail::Trail` `S3BucketName`; a bucket policy that allows it',
  types: ['AWS::CloudTrail::Trail'],
  principal: '`cloudtrail.amazonaws.com`',
  sends: 'the key of the trail; `AES256` for digests, and where the trail has no key',
  needs: '`kms:GenerateDataKey*`, `kms:Decrypt`, `kms:DescribeKey` for trails of the account (`aws:SourceArn`)',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html',
  find: (estate) => [
    ...estate.ofType('AWS::CloudTrail::Trail').flatMap((trail) => {
      const key = trail.get('KMSKeyId');
      return found(estate, trail, 'bucket', trail.get('S3BucketName'), actsFor('cloudtrail.amazonaws.com', trail), { upload: { plain: true, key: key.kind === 'absent' ? undefined : key } });
    }),
    // Trails of other accounts and stacks: what they send is not known.
    ...byPolicy(estate, 'cloudtrail.amazonaws.com', 'bucket').map((each) => ({ ...each, upload: { plain: true } })),
  ],
}];
