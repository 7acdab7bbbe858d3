import { inRegion } from '../../src/statements/regional';

const PARTITION = { Ref: 'AWS::Partition' };
const SUFFIX = { Ref: 'AWS::URLSuffix' };
const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

test.each<[string, unknown, unknown]>([
  ['an ARN', 'arn:aws:logs:us-east-1:111122223333:log-group:x', 'arn:aws:logs:eu-west-1:111122223333:log-group:x'],
  ['an ARN with intrinsics', join('arn:', PARTITION, ':sqs:us-east-1:111122223333:*'), join('arn:', PARTITION, ':sqs:eu-west-1:111122223333:*')],
  ['an endpoint', 's3.us-east-1.amazonaws.com', 's3.eu-west-1.amazonaws.com'],
  ['an endpoint with intrinsics', join('logs.us-east-1.', SUFFIX), join('logs.eu-west-1.', SUFFIX)],
  ['a Region alone', 'us-east-1', 'eu-west-1'],
  ['values deep inside', { StringEquals: { 'kms:ViaService': ['rds.us-east-1.amazonaws.com'] } }, { StringEquals: { 'kms:ViaService': ['rds.eu-west-1.amazonaws.com'] } }],
  ['an ARN without Region', 'arn:aws:iam::111122223333:role/app-us-east-1', 'arn:aws:iam::111122223333:role/app-us-east-1'],
  ['an ARN of another Region', 'arn:aws:sns:us-west-2:111122223333:t', 'arn:aws:sns:us-west-2:111122223333:t'],
  ['a name that contains the Region', 'bucket-us-east-1', 'bucket-us-east-1'],
  ['a service principal without Region', 's3.amazonaws.com', 's3.amazonaws.com'],
  ['an intrinsic', { 'Fn::GetAtt': ['Role', 'Arn'] }, { 'Fn::GetAtt': ['Role', 'Arn'] }],
  ['an output of a stack in the old Region', { 'Fn::GetStackOutput': { StackName: 'Data', Region: 'us-east-1' } }, { 'Fn::GetStackOutput': { StackName: 'Data', Region: 'us-east-1' } }],
  ['a longer Region that begins the same', 'arn:aws:logs:us-east-12:1:x', 'arn:aws:logs:us-east-12:1:x'],
  ['what is no text', [1, true, null], [1, true, null]],
])('%s', (_, from, to) => {
  expect(inRegion(from, 'us-east-1', 'eu-west-1')).toEqual(to);
});
