import { actsFor, byPolicy, found } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'ConfigDelivery',
  service: 'AWS Config',
  what: 'configuration history and snapshots are delivered',
  kind: 'bucket',
  direction: 'write',
  foundBy: '`AWS::Config::DeliveryChannel` `S3BucketName`; a bucket policy that allows it',
  types: ['AWS::Config::DeliveryChannel'],
  principal: '`config.amazonaws.com`',
  sends: 'nothing, or `S3KmsKeyArn`',
  needs: '`kms:GenerateDataKey*`, `kms:Decrypt` (`aws:SourceAccount`)',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/config/latest/developerguide/s3-kms-key-policy.html',
  find: (estate) => [
    ...estate.ofType('AWS::Config::DeliveryChannel').flatMap((channel) => {
      const key = channel.get('S3KmsKeyArn');
      return found(estate, channel, 'bucket', channel.get('S3BucketName'), actsFor('config.amazonaws.com', channel), key.kind === 'absent' ? {} : { upload: { key } });
    }),
    ...byPolicy(estate, 'config.amazonaws.com', 'bucket'),
  ],
}];
