/** What a person typed or wrote into a file, and what the command answers on standard error, or as a failure in its report. */
export type CommandMistake = readonly [what: string, args: string[], files: Record<string, string | object>, says: string];

const TEMPLATE = { Resources: { Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/orders', TargetKeyId: 'k' } } } };
const CONFIG = '.cdk-encryption.json';

export const MISTAKES_WITH_THE_COMMAND: CommandMistake[] = [
  ['an unknown command', ['chek'], {},
    'cdk-encryption: unknown command \'chek\'; expected one of: check, report, who, diff, rules, explain, completion.'],
  ['an unknown option', ['check', '--formt', 'json'], {},
    'cdk-encryption: Unknown option \'--formt\'. See cdk-encryption --help.'],
  ['an option without its value', ['check', '--format'], {},
    'cdk-encryption: Option \'--format <value>\' argument missing. See cdk-encryption --help.'],
  ['no cdk.out', ['check'], {},
    'cdk-encryption: no cdk.out in this folder. Say what to check, for example `cdk-encryption check cdk.out template.yaml`.'],
  ['an empty cdk.out', ['check'], { 'cdk.out/readme': '' },
    'cannot check cdk.out: no template found'],
  ['a file that is not there', ['check', 'template.json'], {},
    'cannot check template.json: file or folder not found'],
  ['JSON with a slip', ['check', 'template.json'], { 'template.json': '{ "Resources": { ' },
    'cannot check template.json:1:18: not valid JSON (CloseBraceExpected)'],
  ['YAML with a slip', ['check', 'template.yaml'], { 'template.yaml': 'Resources:\n  Key:\n Type: x\n' },
    'cannot check template.yaml:2:7: not valid YAML (All mapping items must start at the same column)'],
  ['an unknown format', ['check', 'template.json', '--format', 'xml'], { 'template.json': TEMPLATE },
    'cdk-encryption: unknown format \'xml\'; expected one of: text, json, sarif, junit, github, gitlab.'],
  ['two formats without a place for them', ['check', 'template.json', '--format', 'json,sarif'], { 'template.json': TEMPLATE },
    'cdk-encryption: several formats need --output with a folder for them.'],
  ['an unknown level', ['check', 'template.json', '--fail-on', 'critical'], { 'template.json': TEMPLATE },
    'cdk-encryption: --fail-on cannot be \'critical\'; expected one of: error, warning, info, undetermined, never.'],
  ['an unknown rule', ['check', 'template.json', '--rules', 'S3BucketTsOnly'], { 'template.json': TEMPLATE },

    'cdk-encryption: unknown rule \'S3BucketTsOnly\'. Did you mean Encryption-S3BucketTlsOnly, Encryption-S3BucketNoAcls, Encryption-S3BucketVersioned?'],
  ['a rule to skip that is not there', ['check', 'template.json', '--skip', 'KmsRotation'], { 'template.json': TEMPLATE },
    'cdk-encryption: unknown rule \'KmsRotation\'. `cdk-encryption rules` lists them.'],
  ['an explanation of nothing', ['explain'], {},
    'cdk-encryption: explain needs the id of a rule; `cdk-encryption rules` lists them.'],
  ['an explanation of an unknown rule', ['explain', 'BucketTlsOnly'], {},

    'cdk-encryption: unknown rule \'BucketTlsOnly\'. Did you mean Encryption-S3BucketTlsOnly, Encryption-S3BucketNoAcls, Encryption-S3BucketVersioned?'],
  ['a setting of the wrong kind', ['check', 'template.json'], { 'template.json': TEMPLATE, [CONFIG]: { rules: 'S3*' } },
    'cdk-encryption: .cdk-encryption.json: \'rules\' cannot be "S3*"'],
  ['an acknowledgement without a reason', ['check', 'template.json'], { 'template.json': TEMPLATE, [CONFIG]: { acknowledge: [{ rule: 'Encryption-KmsKeyRotation' }] } },
    'cdk-encryption: .cdk-encryption.json: \'acknowledge[0].reason\' must say why Encryption-KmsKeyRotation is accepted'],
  ['an acknowledgement of an unknown rule', ['check', 'template.json'], {
    'template.json': TEMPLATE, [CONFIG]: { acknowledge: [{ rule: 'Encryption-KmsKeyRotaton', reason: 'imported material' }] },
  },
  'cdk-encryption: .cdk-encryption.json: acknowledge[0]: \'Encryption-KmsKeyRotaton\' is acknowledged in the configuration and is not the id of a rule, so that nothing is accepted by it. Did you mean Encryption-KmsKeyRotation?'],
  ['a day that is not in the calendar', ['check', 'template.json'], {
    'template.json': TEMPLATE, [CONFIG]: { acknowledge: [{ rule: 'Encryption-KmsKeyRotation', reason: 'imported material', expires: '31.12.2026' }] },
  },
  'cdk-encryption: .cdk-encryption.json: \'acknowledge[0].expires\' must be a day such as 2027-03-31, got "31.12.2026"'],
  ['a file that is not a template', ['check', 'package.json'], { 'package.json': { name: 'orders' } },
    'cannot check package.json: not a CloudFormation template: it has no Resources'],
  ['a baseline that is not a list', ['check', 'template.json', '--baseline', 'known.json'], { 'template.json': TEMPLATE, 'known.json': {} },
    'cdk-encryption: known.json: the baseline cannot be read (not a list)'],
  ['an unknown setting', ['check', 'template.json'], { 'template.json': TEMPLATE, [CONFIG]: { failOnn: 'error' } },
    'cdk-encryption: .cdk-encryption.json: unknown setting \'failOnn\'; expected one of: rules, skip, failOn, baseline, acknowledge, trustedAccounts, trustedOrganizations, frameworks, rulesFrom, services'],
];
