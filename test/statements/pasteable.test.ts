import { App, Aws, Stack } from 'aws-cdk-lib';
import { pasteable } from '../../src/statements/pasteable';

const through = (region?: string) => JSON.parse(pasteable(new Stack(new App(), 'Stack', { env: { region } }), { Via: `s3.${Aws.REGION}.${Aws.URL_SUFFIX}`, Arn: `arn:${Aws.PARTITION}:x` }));

test.each([
  ['us-east-1', 's3.us-east-1.amazonaws.com', 'arn:aws:x'],
  ['us-gov-west-1', 's3.us-gov-west-1.amazonaws.com', 'arn:aws-us-gov:x'],
  ['cn-north-1', 's3.cn-north-1.amazonaws.com.cn', 'arn:aws-cn:x'],
  ['eusc-de-east-1', 's3.eusc-de-east-1.amazonaws.eu', 'arn:aws-eusc:x'],
  ['us-iso-east-1', 's3.us-iso-east-1.c2s.ic.gov', 'arn:aws-iso:x'],
])('what is to be pasted in %s ends as the services of its partition do', (region, via, arn) => {
  expect(through(region)).toEqual({ Via: via, Arn: arn });
});

test('where only the deployment knows the Region, it stands in angle brackets', () => {
  expect(through()).toEqual({ Via: 's3.<Region>.amazonaws.com', Arn: 'arn:aws:x' });
});
