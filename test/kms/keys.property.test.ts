import { App, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as fc from 'fast-check';
import {
  AsymmetricEncryptionKey, EncryptionKey, EncryptionKeyProps, KeyAgreementKey, KeyOrigin, MacKey, MultiRegionKey, ServiceAccess, SigningKey,
} from '../../src';
import { EncryptionError } from '../../src/private/errors';
import { synthAndValidate } from '../support/cloudformation-validator';
import { controlTower } from '../support/control-tower';
import { ENV, stack } from '../support/stack';

/** Any value that a prop may be given, right and wrong ones. */
const principals = fc.array(fc.constantFrom<() => iam.IPrincipal>(
  () => new iam.ArnPrincipal('arn:aws:iam::111122223333:role/A'),
() => new iam.ArnPrincipal('arn:aws:iam::444455556666:user/b'),
() => new iam.AccountPrincipal('444455556666'),
() => new iam.AccountRootPrincipal(),
() => new iam.OrganizationPrincipal('o-a1b2c3d4e5'),
() => new iam.ServicePrincipal('s3.amazonaws.com'),
() => new iam.AnyPrincipal(),
() => new iam.PrincipalWithConditions(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/C'), { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
), { maxLength: 3 }).map((makers) => makers.map((make) => make()));

const services = fc.array(fc.constantFrom(
  ServiceAccess.s3EventNotifications(), ServiceAccess.sns({ sourceOrganization: 'o-a1b2c3d4e5' }), ServiceAccess.eventBridge(), ServiceAccess.cloudWatchAlarms(),
  ServiceAccess.cloudWatchLogs(), ServiceAccess.cloudFront(), ServiceAccess.autoScaling(), ServiceAccess.sesInbound(), ServiceAccess.backup(),
  ServiceAccess.config(), ServiceAccess.cloudTrail(), ServiceAccess.viaService('secretsmanager'),
), { maxLength: 4 });

const anyProps = fc.record<Required<EncryptionKeyProps> & { allowRsa2048: boolean; replicaRegions: string[] }>({
  administrators: principals,
  admins: principals,
  users: principals,
  breakGlassPrincipals: principals,
  grantCreators: principals,
  services,
  trustAccountIdentities: fc.boolean(),
  bypassPolicyLockoutSafetyCheck: fc.boolean(),
  origin: fc.constantFrom(KeyOrigin.AWS_KMS, KeyOrigin.EXTERNAL),
  enabled: fc.boolean(),
  enableKeyRotation: fc.boolean(),
  rotationPeriod: fc.integer({ min: 60, max: 2600 }).map((days) => Duration.days(days)),
  pendingWindow: fc.integer({ min: 5, max: 32 }).map((days) => Duration.days(days)),
  keySpec: fc.constantFrom(...Object.values(kms.KeySpec)),
  keyUsage: fc.constantFrom(...Object.values(kms.KeyUsage)),
  multiRegion: fc.boolean(),
  policy: fc.constant(new iam.PolicyDocument()),
  removalPolicy: fc.constantFrom(RemovalPolicy.RETAIN, RemovalPolicy.DESTROY),
  description: fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
  alias: fc.constantFrom('alias/orders', 'alias/other/name'),
  allowRsa2048: fc.boolean(),
  replicaRegions: fc.subarray(['eu-west-1', 'ap-southeast-2', 'us-east-1', 'cn-north-1', 'Ireland']),
});

/** A few of them at once: with all, something would always be wrong. */
const props = anyProps.chain((all) => fc.subarray(Object.keys(all) as Array<keyof typeof all>, { maxLength: 6 })
  .map((chosen): Partial<typeof all> => Object.fromEntries(chosen.map((name) => [name, all[name]]))));

const CLASSES = { EncryptionKey, MultiRegionKey, AsymmetricEncryptionKey, SigningKey, MacKey, KeyAgreementKey };
const kinds = fc.constantFrom(...Object.keys(CLASSES) as Array<keyof typeof CLASSES>);

test('any props either are an error of ours, or make keys that CloudFormation and AWS Control Tower accept', () => {
  let [made, refused] = [0, 0];
  fc.assert(fc.property(fc.array(fc.tuple(kinds, props), { minLength: 40, maxLength: 40 }), (keys) => {
    const app = new App();
    const scope = stack(ENV, 'Stack', app);
    const exempt = new Set<string>();
    keys.forEach(([kind, given], n) => {
      try {
        // An alias names one key; a set of keys needs as many names.
        const alias = given.alias && `${given.alias}${n}`;
        new CLASSES[kind](scope, `Key${n}`, { ...given, alias, replicaRegions: given.replicaRegions ?? ['eu-west-1'] } as any);
        made++;
        if (given.grantCreators?.length) { exempt.add('CT.KMS.PR.3'); }
        if (given.origin === KeyOrigin.EXTERNAL) { exempt.add('CT.KMS.PR.1'); }
        if (given.allowRsa2048) { exempt.add('CT.KMS.PR.2'); }
      } catch (error) {
        if (!(error instanceof EncryptionError)) { throw error; }
        refused++;
      }
    });
    const { assembly, findings } = synthAndValidate(app);
    expect(findings).toEqual([]);
    const { failed } = controlTower(assembly.stacks.map(({ templateFullPath }) => templateFullPath), ['CT.KMS.PR.1', 'CT.KMS.PR.2', 'CT.KMS.PR.3']);
    expect(Object.keys(failed).filter((control) => !exempt.has(control))).toEqual([]);
  }), { numRuns: Number(process.env.SETS_OF_KEYS ?? 6), seed: 20261124, endOnFailure: true });
  // Both must happen often, or the test would say nothing.
  expect(made).toBeGreaterThan(30);
  expect(refused).toBeGreaterThan(100);
}, 120_000);
