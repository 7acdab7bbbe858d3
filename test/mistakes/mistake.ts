import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as library from '../../src';

/**
 * What a person did, as plain JavaScript lets them, and the message that they read. `make` has the library without types, because TypeScript
 * would have told them.
 */
export type Mistake = readonly [what: string, make: (scope: Stack, lib: any) => unknown, says: string];

export const untyped: any = library;

/** A VPC that is there already: nothing of it is in the template. */
export function vpcOf(scope: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  });
}

export const KEY_ARN = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
export const ROLE_ARN = 'arn:aws:iam::111122223333:role/Admin';
