import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordersApp } from '../../examples/orders/app';
import { command } from '../../src/cli/command';

/** What NIST's model says of documents: nothing, or what is wrong, by file. */
const VALIDATE = `
import json, pathlib, sys
from oscal import OSCAL
from trestle.oscal.assessment_results import AssessmentResults
found = {}
for name in sys.argv[1:]:
    content = OSCAL.load(name)
    errors = list(content.validation_errors) + ([] if content.content_state.name == "VALID" and all(content.validation_status.values()) else [content.content_state.name])
    try:
        AssessmentResults.oscal_read(pathlib.Path(name))
    except Exception as error:
        errors.append(str(error))
    found[name] = [str(error) for error in errors]
print("RESULT " + json.dumps(found))
`;

const EVIL = '"><script>window.hurt=1</script>\n *x* ';
const TEMPLATES = {
  // Wrong, accepted, unknown and right, with names that are made to harm.
  'mixed.json': {
    Parameters: { Key: { Type: 'String' } },
    Resources: {
      [`Queue${EVIL}`]: { Type: 'AWS::SQS::Queue', Metadata: { 'aws:cdk:path': `S/${EVIL}` }, Properties: { QueueName: EVIL, SqsManagedSseEnabled: false } },
      Topic: { Type: 'AWS::SNS::Topic' },
      Files: { Type: 'AWS::EFS::FileSystem', Properties: { Encrypted: true, KmsKeyId: { Ref: 'Key' } } },
    },
  },
  'empty.json': { Resources: {} },
};

let folder: string;
let python: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk-encryption-oscal-'));
  execFileSync('python3', ['-m', 'venv', join(folder, 'venv')]);
  python = join(folder, 'venv/bin/python');
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--requirement', join(__dirname, '../support/oscal-requirements.txt')]);
  ordersApp({ outdir: join(folder, 'orders') }).synth();
  for (const [name, template] of Object.entries(TEMPLATES)) { writeFileSync(join(folder, name), JSON.stringify(template)); }
  const acknowledge = [{ rule: 'Encryption-SnsTopicCustomerKey', reason: 'a test topic', author: 'Alex', expires: '2027-03-31' }];
  writeFileSync(join(folder, '.cdk-encryption.json'), JSON.stringify({ acknowledge }));
}, 900_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function oscalOf(path: string): string {
  const lines: string[] = [];
  const code = command(['report', path, '--format', 'oscal', '--output', `of-${path}`], {
    cwd: folder, out: (text) => lines.push(text), err: (text) => lines.push(text), colour: false, stdin: () => '', today: '2026-11-25',
  });
  expect([code, lines]).toEqual([0, [join(`of-${path}`, 'cdk-encryption.oscal.json')]]);
  return join(folder, `of-${path}`, 'cdk-encryption.oscal.json');
}

function complaints(...files: string[]): string[] {
  const out = execFileSync(python, ['-c', VALIDATE, ...files], { cwd: folder, encoding: 'utf8' });
  return Object.values(JSON.parse(/^RESULT (.*)$/m.exec(out)![1]) as Record<string, string[]>).flat();
}

test.each(['orders', 'mixed.json', 'empty.json'])('the assessment results of %s are valid by NIST\'s model of OSCAL', (path) => {
  expect(complaints(oscalOf(path))).toEqual([]);
}, 300_000);

test('what is not valid is found', () => {
  const document = JSON.parse(readFileSync(oscalOf('mixed.json'), 'utf8'));
  document['assessment-results'].results[0].findings[0].target.status.state = 'perhaps';
  const path = join(folder, 'broken.json');
  writeFileSync(path, JSON.stringify(document));
  expect(complaints(path)).not.toEqual([]);
}, 300_000);
