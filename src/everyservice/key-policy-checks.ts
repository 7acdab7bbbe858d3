import { exampleOf, KEY_OF_TEMPLATE } from './example-text';
import { keyNamed } from '../kms/keys';
import { covers, isAllow, Statement, statementsIn } from '../policy/policy';
import { AT_REST, Check, fail, NOT_APPLICABLE, PASS, Rule, Verdict } from '../rules/rule';
import { notKnown, worst } from '../rules/values';
import { KEY_POLICIES, KeyPolicyNeed } from '../table/key-policies';
import { placesOf } from '../table/places';
import type { AtRestRow, Table } from '../table/row';
import { Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** The key policies of services that call KMS as themselves, for all types at once; log groups have a rule of their own. */
export function serviceHasKeyRule(table: Table): Rule {
  const rows = Object.entries(table).flatMap(([type, { atRest = [] }]): Array<[string, AtRestRow[]]> => {
    const needing = atRest.filter(({ keyPolicy }) => keyPolicy !== undefined && keyPolicy !== 'LogGroup');
    return needing.length > 0 ? [[`AWS::${type}`, needing]] : [];
  });
  const checks = new Map(rows.map(([type, needing]) => [type, allowsServices(needing)]));
  return {
    id: 'Encryption-ResourceServiceHasKey',
    severity: 'error',
    guards: 'operations',
    resourceTypes: [...checks.keys()],
    info: 'Where a service calls KMS as itself, the key policy must allow it.',
    why: 'Such a service does not act with the permissions of the account. Without its statement it refuses the key, or fails when it reads and writes.',
    fix: 'Add the statements of the service\'s page on encryption to the key policy; the mixin EncryptionAtRest adds them.',
    see: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-services.html',
    controls: AT_REST,
    get examples() { return EXAMPLES; },
    check: (resource) => checks.get(resource.type)!(resource),
  };
}

const allowsServices = (rows: readonly AtRestRow[]): Check => (resource) => {
  const verdicts = rows.flatMap((row) => placesOf(resource, row)
    .flatMap((place) => place.read(row.key!).map((key) => ofKey(resource, key, KEY_POLICIES[row.keyPolicy!]))));
  const judged = verdicts.filter(({ kind }) => kind !== 'not applicable');
  return judged.length === 0 ? NOT_APPLICABLE : worst(...judged);
};

function ofKey(resource: TemplateResource, named: Read, need: KeyPolicyNeed): Verdict {
  const key = named.kind === 'value' ? keyNamed(resource, named) : undefined;
  if (!key) { return NOT_APPLICABLE; }
  const statements = statementsIn(key.get('KeyPolicy'));
  if (statements instanceof Unknown) { return notKnown(statements); }
  const missing = need.statements.flatMap(({ services, actions }) => services.flatMap((service) => actions.filter((action) => action !== 'kms:DescribeKey')
    .filter((action) => !statements.some((statement) => allows(statement, service, action))).map((action) => `${service} ${action}`)));
  if (missing.length > 0) { return fail(`the policy of ${key.logicalId} does not allow ${missing[0].replace(/\{\w+\}/g, '…')}: ${need.otherwise}`); }
  return worst(PASS, ...Object.entries(need.tags ?? {}).map(([tag, value]) => hasTag(key, tag, value, need)));
}

/** Whether a statement allows a service an action, under whichever conditions. A service of one Region has that in its name. */
function allows(statement: Statement, service: string, action: string): boolean {
  const name = new RegExp(`^Service:${service.split(/\{\w+\}/).map((part) => part.replace(/\./g, '\\.')).join('.+')}$`);
  return isAllow(statement) && statement.principals.some((principal) => principal === '*' || name.test(principal)) && covers(statement, action.replace(/\*$/, ''));
}

function hasTag(key: TemplateResource, tag: string, value: string, { otherwise }: KeyPolicyNeed): Verdict {
  const tags = key.get('Tags');
  if (tags.kind === 'unknown') { return notKnown(tags); }
  const given = tags.kind === 'absent' ? [] : tags.items();
  const is = (read: Read, wanted: string) => read.kind === 'value' && read.is(wanted);
  return given.some((each) => is(each.get('Key'), tag) && is(each.get('Value'), value)) ? PASS : fail(`${key.logicalId} does not have the tag ${tag}: ${value}: ${otherwise}`);
}

const BUCKET = { 'EncryptionConfiguration.SSEAlgorithm': 'aws:kms', 'EncryptionConfiguration.KMSKeyArn': KEY_OF_TEMPLATE };
const keyPolicy = (statement: string) => `
        KeyPolicy:
          Statement:
            - ${statement}`;
const EXAMPLES = {
  wrong: {
    'a key that only the account may use': exampleOf('S3Tables::TableBucket', BUCKET, keyPolicy('{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: kms:*, Resource: \'*\'}')),
    'a key without a policy': exampleOf('S3Tables::TableBucket', BUCKET),
    'a key without the tag': exampleOf('Events::Connection', { KmsKeyIdentifier: KEY_OF_TEMPLATE }),
  },
  right: {
    'a key with the statement of AWS\'s guide': exampleOf('S3Tables::TableBucket', BUCKET,
      keyPolicy('{Effect: Allow, Principal: {Service: maintenance.s3tables.amazonaws.com}, Action: [kms:GenerateDataKey, kms:Decrypt], Resource: \'*\'}')),
    'a key with the tag': exampleOf('Events::Connection', { KmsKeyIdentifier: KEY_OF_TEMPLATE }, '{Tags: [{Key: EventBridgeApiDestinations, Value: \'true\'}]}'),
  },
};
