import { BAD_QUEUE, cdkEncryption } from '../support/command-line';

/** What the command says of one hostile file beside a good one, which is checked in any case. */
function said(name: string, content: string): string {
  const { code, out } = cdkEncryption(['check', name, 'good.yaml'], { files: { [name]: content, 'good.yaml': BAD_QUEUE } });
  expect(code).toBe(2);
  expect(out).toContain('good.yaml:2');
  return /^cannot check (.*)$/m.exec(out)![1];
}

/** The same for what is odd, but can be checked. */
function checked(content: string): string {
  const { out } = cdkEncryption(['check', 'a.yaml', '--format', 'json'], { files: { 'a.yaml': content } });
  expect(JSON.parse(out).failures).toEqual([]);
  return out;
}

describe('refuses, with file and position', () => {
  test.each([
    ['a truncated JSON', 'a.json', '{"Resources": {"A": {"Type": "AWS::S3', 'a.json:1:30: not valid JSON (UnexpectedEndOfString)'],
    ['a truncated YAML', 'a.yaml', 'Resources:\n  A: {Type: "AWS::S3', 'a.yaml:2:'],
    ['a comment in JSON', 'a.json', '{\n  // no\n  "Resources": {}\n}', 'a.json:2:3: not valid JSON (InvalidCommentToken)'],
    ['a name that stands twice in JSON', 'a.json', '{"Resources": {\n  "A": {"Type": "X"},\n  "A": {"Type": "Y"}\n}}', "a.json:3:3: the name 'A' stands here twice"],
    ['a name that stands twice in YAML', 'a.yaml', 'Resources:\n  A: {Type: X}\n  A: {Type: Y}\n', 'a.yaml:3:3: not valid YAML (Map keys must be unique)'],
    ['an anchor that contains itself', 'a.yaml', 'Resources: &a\n  A: *a\n', 'a.yaml:2:3: an anchor contains itself'],
    ['an alias without an anchor', 'a.yaml', 'Resources:\n  A: *no\n', "a.yaml:2:6: unknown anchor 'no'"],
    ['no Resources', 'a.yaml', 'AWSTemplateFormatVersion: 2010-09-09\n', 'a.yaml: not a CloudFormation template: it has no Resources'],
    ['a list', 'a.yaml', '- 1\n- 2\n', 'a.yaml: not a CloudFormation template'],
    ['Resources of another type', 'a.json', '{"Resources": [1]}', 'a.json: not a CloudFormation template'],
    ['an empty file', 'a.yaml', '', 'a.yaml: not a CloudFormation template'],
    ['a binary file', 'a.yaml', '\u0000\u0001\u0002Resources', 'a.yaml'],
  ])('%s', (_, name, content, message) => {
    expect(said(name, content)).toContain(message);
  });

  test('a YAML bomb', () => {
    const levels = Array.from({ length: 30 }, (__, n) => `  L${n + 1}: [${Array(9).fill(`*l${n}`).join(', ')}]`.replace(': [', `: &l${n + 1} [`));
    expect(said('a.yaml', `Resources:\n  L0: &l0 [x, x, x]\n${levels.join('\n')}\n`)).toContain('the anchors expand to more than a template can hold');
  });

  test('50 MB', () => {
    expect(said('a.json', `{"Resources": {"A": {"Type": "${'x'.repeat(50 * 1024 * 1024)}"}}}`)).toBe('a.json: too large: 50 MB; CloudFormation accepts 1 MB');
  });

  test.each([['json', '[', ']', '{"Resources": {"A": {"Type": "T", "Properties": {"P": ', '}}}}'], ['yaml', '[', ']', 'Resources: {A: {Type: T, Properties: {P: ', '}}}']])('100,000 levels of %s', (type, open, close, before, after) => {
    expect(said(`a.${type}`, `${before}${open.repeat(100_000)}${close.repeat(100_000)}${after}`)).toContain('nested too deeply');
  });
});

describe('checks all the same', () => {
  test('wrong types in place of everything', () => {
    for (const odd of ['null', '5', 'true', '""', '[]', '{}', '[[[]]]', '{Ref: 5}', '{"Fn::If": []}', '{"Fn::Join": [",", {}]}', '{"Fn::Sub": [5, 6]}', '{"Fn::GetAtt": 7}', '{"Fn::FindInMap": []}']) {
      checked(`Resources:\n  A: ${odd}\n  B: {Type: ${odd}}\n  C: {Type: AWS::S3::Bucket, Properties: ${odd}, Metadata: ${odd}, Condition: ${odd}}\n`
        + `  D: {Type: AWS::S3::Bucket, Properties: {BucketEncryption: ${odd}, PublicAccessBlockConfiguration: ${odd}}}\n`
        + `  E: {Type: AWS::KMS::Key, Properties: {KeyPolicy: ${odd}}}\n  F: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [${odd}]}}}\n`
        + `  G: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: ${odd}, Action: ${odd}, Condition: ${odd}}]}}}\n`
        + `Parameters: ${odd}\nConditions: ${odd}\nMappings: ${odd}\nOutputs: ${odd}\n`);
    }
  });

  test('references in a circle', () => {
    const out = checked('Parameters: {P: {Type: String, Default: x}}\nConditions: {A: {Condition: B}, B: !Not [{Condition: A}]}\n'
      + 'Resources:\n  K: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/a, TargetKeyId: !Ref K}}\n  Q: {Type: AWS::SQS::Queue, Condition: A, Properties: {KmsMasterKeyId: alias/a, RedrivePolicy: {deadLetterTargetArn: !GetAtt Q.Arn}}}\n');
    expect(JSON.parse(out).findings.length).toBeGreaterThan(0);
  });

  test('transforms, unknown types and unknown intrinsics', () => {
    const out = checked('Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {Type: AWS::Serverless::Function, Properties: {A: !Transform {Name: x}}}\n'
      + '  X: {Type: My::Own::Thing}\n  K: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: !Transform {Name: x}}}\n  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://x}}\n');
    expect(JSON.parse(out).findings).toContainEqual(expect.objectContaining({ level: 'undetermined', detail: 'EnableKeyRotation: it is made by a transform or a loop' }));
  });

  test('names that JavaScript has for itself', () => {
    checked('Resources:\n  __proto__: {Type: AWS::S3::Bucket}\n  constructor: {Type: AWS::KMS::Key, Properties: {__proto__: {a: 1}, toString: 5}}\n  hasOwnProperty: {Type: constructor}\n');
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  test('a text that regular expressions are slow with', () => {
    const evil = `arn:aws:iam::${'*'.repeat(5_000)}:${'a'.repeat(5_000)}!`;
    const out = checked(`Resources:\n  K: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: '${evil}'}, Action: 'kms:${'*a'.repeat(300)}b', Resource: '*'}]}}}\n`);
    expect(JSON.parse(out).findings.map(({ rule }: { rule: string }) => rule)).toContain('Encryption-KmsKeyStaysManageable');
  });

  test('a BOM, CRLF and tabs in JSON', () => {
    const { code, out } = cdkEncryption(['check', 'a.json'], { files: { 'a.json': '\uFEFF{\r\n\t"Resources": {\r\n\t\t"Q": {"Type": "AWS::SQS::Queue", "Properties": {"SqsManagedSseEnabled": false}}\r\n\t}\r\n}\r\n' } });
    expect([code, out]).toEqual([1, expect.stringContaining('a.json:3')]);
  });
});
