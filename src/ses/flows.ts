import { actsFor, byPolicy, found } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'SesReceivedMail',
  service: 'Amazon SES',
  what: 'received mail is stored',
  kind: 'bucket',
  direction: 'write',
  foundBy: '`AWS::SES::ReceiptRule` `S3Action.BucketName`; a bucket policy that allows it',
  types: ['AWS::SES::ReceiptRule'],
  principal: '`ses.amazonaws.com`',
  sends: 'nothing (inferred: `KmsKeyArn` of the rule is encryption by the client)',
  needs: '`kms:GenerateDataKey*`, `kms:Decrypt` (`aws:SourceAccount`)',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html',
  find: (estate) => [
    ...estate.ofType('AWS::SES::ReceiptRule').flatMap((rule) => rule.get('Rule', 'Actions').items()
      .flatMap((action) => found(estate, rule, 'bucket', action.get('S3Action', 'BucketName'), actsFor('ses.amazonaws.com', rule)))),
    ...byPolicy(estate, 'ses.amazonaws.com', 'bucket'),
  ],
}];
