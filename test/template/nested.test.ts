import { stringify } from 'yaml';
import { cdkEncryption } from '../support/command-line';

const CHILD = `
Parameters:
  Sse: {Type: String, Default: 'true'}
  Keys: {Type: CommaDelimitedList, Default: alias/orders}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: alias/orders}
  Password: {Type: String, NoEcho: true, Default: ''}
Resources:
  Encrypted: {Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: !Ref Sse}}
  Listed: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Select [0, !Ref Keys]}}
  FromStore: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Stored}}
  Database: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: !Ref Password}}
`;
const RULES = 'SqsQueueEncrypted,SqsQueueCustomerKey,RdsNoPasswordInTemplate,CloudFormationEverythingRead';

/** What is said of a resource of the nested template: the level and the detail of each rule. */
function said(properties: object, id: string, type = 'AWS::CloudFormation::Stack', more: object = {}): string[] {
  const parent = stringify({
    Parameters: { Open: { Type: 'String' }, Hidden: { Type: 'String', NoEcho: true } },
    Conditions: { Is: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
    ...more,
    Resources: { Nested: { Type: type, Properties: properties } },
  });
  const { out } = cdkEncryption(['check', 'parent.yaml', '--format', 'json', '--rules', RULES], { files: { 'parent.yaml': parent, 'child.yaml': CHILD } });
  return (JSON.parse(out).findings as Array<Record<string, string>>).filter(({ logicalId }) => logicalId === id).map(({ level, detail }) => `${level}: ${detail}`);
}

const stack = (Parameters?: unknown) => ({ TemplateURL: 'child.yaml', Parameters });

describe('a nested stack beside its parent is read with what the parent gives it', () => {
  test('which is not its default', () => {
    expect(said(stack({ Sse: 'false' }), 'Encrypted')).toContain('error: SqsManagedSseEnabled is false, and no key is named');
    expect(said(stack(), 'Encrypted')).toEqual(['error: no KMS key is named']);
  });

  test('as a list, where its parameter is one', () => {
    expect(said(stack({ Keys: 'alias/aws/sqs,alias/b' }), 'Listed')).toEqual(['error: alias/aws/sqs is a key that AWS manages']);
  });

  test('as the name of a stored value, where its parameter is one', () => {
    expect(said(stack({ Stored: 'alias/aws/sqs' }), 'FromStore')).toEqual(['undetermined: KmsMasterKeyId: the parameter Stored is read from the parameter store']);
  });

  test('as unknown, where the parent does not know it', () => {
    expect(said(stack({ Sse: { Ref: 'Open' } }), 'Encrypted')).toContain('undetermined: SqsManagedSseEnabled: the parameter Open has no default');
    expect(said(stack({ 'Fn::If': ['Is', { Sse: 'false' }, { Ref: 'AWS::NoValue' }] }), 'Encrypted')).toContain('undetermined: SqsManagedSseEnabled: it depends on the condition Is');
    expect(said(stack({ 'Fn::Transform': { Name: 'Company' } }), 'Encrypted')).toContain('undetermined: SqsManagedSseEnabled: it is made by a transform or a loop');
  });

  test('which may be a password', () => {
    expect(said(stack({ Password: 'hunter2' }), 'Database')).toEqual(['error: Parameters.Password of Nested stands in the template']);
    expect(said(stack({ Password: { Ref: 'Open' } }), 'Database')).toEqual(['error: its parameter shows the password (NoEcho is not true)']);
    expect(said(stack({ Password: { Ref: 'Hidden' } }), 'Database')).toEqual([]);
    expect(said(stack({ Password: '{{resolve:secretsmanager:orders}}' }), 'Database')).toEqual([]);
  });
});

describe('what a nested stack gives the one above it', () => {
  const NESTED = `
Resources:
  Disabled: {Type: AWS::KMS::Key, Properties: {Enabled: false}}
  Key: {Type: AWS::KMS::Key}
Outputs:
  Disabled: {Value: !GetAtt Disabled.Arn}
  Key: {Value: !GetAtt Key.Arn}
  Managed: {Value: alias/aws/sqs}
`;
  const keyed = (TemplateURL: string, key: string): string[] => {
    const parent = `Resources: {Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${TemplateURL}}}, Queue: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: ${key}}}}`;
    const { out } = cdkEncryption(['check', 'parent.yaml', '--format', 'json', '--rules', 'SqsQueueCustomerKey,SqsQueueKeyUsable'], { files: { 'parent.yaml': parent, 'nested.yaml': NESTED } });
    return (JSON.parse(out).findings as Array<Record<string, string>>).map(({ level, detail }) => `${level}: ${detail}`);
  };

  test('is read in its template', () => {
    expect(keyed('nested.yaml', '!GetAtt Nested.Outputs.Key')).toEqual([]);
    expect(keyed('nested.yaml', '!GetAtt Nested.Outputs.Managed')).toEqual(['error: alias/aws/sqs is a key that AWS manages']);
    expect(keyed('nested.yaml', '!Sub "${Nested.Outputs.Disabled}"')).toEqual(['error: Disabled is disabled']);
  });

  test('is unknown where that was not read', () => {
    const unknown = 'undetermined: KmsMasterKeyId: ${Nested.Outputs.Key} is known only when the stack is deployed';
    expect(keyed('https://templates.s3.amazonaws.com/nested.yaml', '!GetAtt Nested.Outputs.Key')).toEqual([unknown, unknown]);
  });
});

test('a nested stack by a URL is told', () => {
  expect(said({ TemplateURL: 'https://templates.s3.amazonaws.com/child.yaml' }, 'Nested'))
    .toEqual(['undetermined: its template https://templates.s3.amazonaws.com/child.yaml was not read: check it together with this one, as in a cloud assembly']);
});

describe('the body of a StackSet is read', () => {
  const set = (more: object = {}) => ({ StackSetName: 'base', PermissionModel: 'SELF_MANAGED', TemplateBody: CHILD, ...more });
  const of = (properties: object, id: string) => said(properties, `Nested/${id}`, 'AWS::CloudFormation::StackSet');

  test('with its defaults', () => {
    expect(of(set(), 'Encrypted')).toEqual(['error: no KMS key is named']);
  });

  test('with the parameters that it is given', () => {
    expect(of(set({ Parameters: [{ ParameterKey: 'Sse', ParameterValue: 'false' }] }), 'Encrypted')).toContain('error: SqsManagedSseEnabled is false, and no key is named');
    expect(of(set({ Parameters: [{ ParameterKey: 'Password', ParameterValue: 'hunter2' }] }), 'Database')).toEqual(['error: its parameter is given a password in the template']);
  });

  test('with parameters that some of its instances are given', () => {
    const StackInstancesGroup = [{ Regions: ['eu-west-1'], DeploymentTargets: {}, ParameterOverrides: [{ ParameterKey: 'Sse', ParameterValue: 'false' }] }];
    expect(of(set({ StackInstancesGroup }), 'Encrypted')).toContain('undetermined: SqsManagedSseEnabled: instances of Nested are given other values of Sse');
  });

  test('or told, where it is not a text', () => {
    expect(said(set({ TemplateBody: { Ref: 'Open' } }), 'Nested', 'AWS::CloudFormation::StackSet')).toEqual(['undetermined: its template was not read: TemplateBody is not a template that is written here']);
  });
});
