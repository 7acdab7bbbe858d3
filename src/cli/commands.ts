import { LEVELS } from './finding';
import { FRAMEWORKS } from './frameworks';
import type { Command, Options } from './options';
import { SHOWN } from './report';
import { CONCERNS } from '../diff/document';
import { CAPABILITIES } from '../report/access';
import { CYCLONEDX_VERSIONS } from '../report/formats/cbom';

const CONFIG: Options = {
  config: { value: '<file>', help: 'settings', otherwise: '.cdk-encryption.json, or "cdk-encryption" in package.json', example: '--config ci/encryption.json' },
};
const RULES_FROM: Options = {
  'rules-from': { value: '<folder>', help: 'rules of your own too: a folder of JavaScript modules', example: '--rules-from tools/rules' },
};

const CHOICE: Options = {
  rules: { value: '<list>', list: true, help: 'only these rules; * for any run of characters', otherwise: 'all', example: "--rules 'Kms*,SqsQueueTlsOnly'" },
  skip: { value: '<list>', list: true, help: 'not these rules', otherwise: 'none', example: '--skip S3BucketLogsAccess' },
  services: { value: '<list>', list: true, help: 'only what concerns these services, such as s3, dynamodb', otherwise: 'all', example: '--services s3,dynamodb' },
  framework: { value: '<list>', list: true, values: Object.keys(FRAMEWORKS), help: `only rules that answer a control of ${Object.keys(FRAMEWORKS).join(', ')}`, otherwise: 'all rules', example: '--framework pci-dss' },
  ...RULES_FROM,
};

export const REPORT_FORMATS = ['html', 'cbom', 'csv', 'json', 'oscal'] as const;
export const FORMAT_NAMES = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab'] as const;

/** Every command, with all that it takes: the help, the parser and the completion of shells are made of it. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  check: {
    takes: '[paths…]',
    help: 'check cdk.out folders, templates (JSON, YAML), globs, or - for standard input',
    options: {
      'format': { value: '<list>', list: true, values: FORMAT_NAMES, help: `${FORMAT_NAMES.join(', ')}; several by comma`, otherwise: 'text', example: '--format text,sarif --output reports' },
      'output': { value: '<path>', help: 'a file; with several formats a folder, and text is printed', otherwise: 'standard output', example: '--output encryption.sarif' },
      'fail-on': { value: '<level>', values: [...LEVELS, 'never'], help: `${LEVELS.join(', ')}, never`, otherwise: 'error', example: '--fail-on warning' },
      ...CHOICE,
      ...CONFIG,
      'baseline': { value: '<file>', help: 'report only what is not in it', example: '--baseline encryption-baseline.json' },
      'write-baseline': { value: '<file>', help: 'record the findings of now, and report none', example: '--write-baseline encryption-baseline.json' },
      'show': { value: '<list>', list: true, values: SHOWN, help: `list these too: ${SHOWN.join(', ')}`, otherwise: 'they are counted', example: '--show passed' },
      'no-excerpt': { help: 'do not show lines of the code', example: 'cdk-encryption check --no-excerpt' },
      'quiet': { help: 'print only what fails the run, a line each; nothing where nothing does', example: 'cdk-encryption check --quiet' },
      'verbose': { help: 'show the whole request that a policy allows', example: 'cdk-encryption check --verbose' },
    },
    examples: [
      'cdk-encryption check',
      "cdk-encryption check 'templates/**/*.yaml' --fail-on warning",
      'aws cloudformation get-template --stack-name orders --query TemplateBody | cdk-encryption check -',
    ],
  },
  report: {
    takes: '[paths…]',
    help: 'write what is encrypted, under which key, who can decrypt it, and what was not read',
    options: {
      format: { value: '<list>', list: true, values: REPORT_FORMATS, help: `${REPORT_FORMATS.join(', ')}; several by comma`, otherwise: 'html', example: '--format html,cbom --output reports' },
      output: { value: '<folder>', help: 'where the files go', otherwise: 'the working folder', example: '--output reports' },
      ...CHOICE,
      cyclonedx: { value: '<version>', values: CYCLONEDX_VERSIONS, help: 'the version of CycloneDX of cbom', otherwise: '1.6', example: '--cyclonedx 1.7' },
      commit: { value: '<id>', help: 'the commit to name; none for none', otherwise: "CI's, else git's", example: '--commit none' },
      ...CONFIG,
    },
    examples: ['cdk-encryption report', 'SOURCE_DATE_EPOCH=0 cdk-encryption report cdk.out --format html,cbom,csv,json,oscal --output reports'],
  },
  who: {
    takes: '[resources…] [paths…]',
    help: 'show who can use each key, and read what is under it',
    options: {
      'can': { value: '<list>', list: true, values: Object.keys(CAPABILITIES), help: Object.keys(CAPABILITIES).join(', '), otherwise: 'all', example: '--can decrypt' },
      'of': { value: '<list>', list: true, help: 'only these keys and resources: construct paths, their ends, or logical ids', otherwise: 'all', example: '--of Uploads' },
      'by': { value: '<name>', help: 'only what this role, user, service or account can do', otherwise: 'everybody', example: '--by role/Reader' },
      'from-account': { value: '<number>', help: 'only what principals of this account can do', otherwise: 'all', example: '--from-account 111122223333' },
      'from': { value: '<number>', help: 'the same as --from-account', example: '--from 111122223333' },
      'format': { value: '<format>', values: ['text', 'json'], help: 'text, json', otherwise: 'text', example: '--format json' },
      ...CONFIG,
    },
    examples: ['cdk-encryption who Uploads', 'cdk-encryption who --can decrypt --from-account 999999999999 cdk.out'],
  },
  diff: {
    takes: '<old> <new>',
    help: 'show what changes of the encryption between two cdk.out folders or templates, what that means for data, and who gains and loses access',
    options: {
      'format': { value: '<format>', values: ['text', 'json'], help: 'text, json', otherwise: 'text', example: '--format json' },
      'output': { value: '<file>', help: 'a file to write to', otherwise: 'standard output', example: '--output encryption-diff.json' },
      'fail-on': { value: '<concern>', values: [...CONCERNS, 'never'], help: `${CONCERNS.join(', ')}, never; each with those before it`, otherwise: 'lost', example: '--fail-on weakened' },
      ...CONFIG,
      'quiet': { help: 'print only what fails the run, a line each; nothing where nothing does', example: 'cdk-encryption diff main.out cdk.out --quiet' },
    },
    examples: [
      'cdk-encryption diff main.out cdk.out',
      'aws cloudformation get-template --stack-name Orders > deployed.json && cdk-encryption diff deployed.json cdk.out',
      'cdk-encryption diff old.yaml new.yaml --format json --output encryption-diff.json',
    ],
    exitCodes: 'Exit codes: 0 nothing is lost, 1 data or access is lost (or what --fail-on says), 2 something could not be read.',
  },
  rules: {
    takes: '',
    help: 'list the rules',
    options: {
      format: { value: '<format>', values: ['text', 'json', 'markdown'], help: 'text, json, markdown', otherwise: 'text', example: '--format json' },
      services: { value: '<list>', list: true, help: 'only those that concern these services', otherwise: 'all', example: '--services s3' },
      ...RULES_FROM,
      ...CONFIG,
    },
    examples: ['cdk-encryption rules', 'cdk-encryption rules --format json'],
  },
  explain: {
    takes: '<rule…>',
    help: 'show what a rule checks, why, and how to fix it',
    options: { ...RULES_FROM, ...CONFIG },
    examples: ['cdk-encryption explain KmsKeyRotation'],
  },
  completion: {
    takes: '<bash|zsh|fish>',
    help: 'print the completion of a shell',
    options: {},
    examples: ['cdk-encryption completion bash > /etc/bash_completion.d/cdk-encryption'],
  },
};
