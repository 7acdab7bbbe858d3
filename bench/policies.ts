import { median } from './compare';
import { judge } from '../src/checks/judge';
import { rulesByType, RULES } from '../src/checks/rule-table';
import { Template } from '../src/template/template';
import type { Json } from '../src/template/values';

/** All questions about access over the policies of 1,000 keys, buckets and queues, on one core; the aim is half a second. */
const POLICIES = 1000;
const RUNS = 5;
const AIM_MS = 500;

const account = { Ref: 'AWS::AccountId' };
const role = (name: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${name}` });

/** A key's policy as this library writes it, with a role, a service and a partner. */
const keyPolicy = (n: string): Json => ({
  Statement: [
    { Sid: 'AccountIdentities', Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' },
    { Sid: 'DenyOtherGrants', Effect: 'Deny', Principal: { AWS: '*' }, Action: 'kms:CreateGrant', Resource: '*', Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } } },
    { Effect: 'Allow', Principal: { AWS: role(`app-${n}`) }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*', Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } },
    { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': account } } },
    { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Decrypt', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc1234567', 'aws:PrincipalTag/team': `t${n}` } } },
  ],
});

const plainHttp = (service: string, Resource: unknown) => ({ Effect: 'Deny', Principal: '*', Action: `${service}:*`, Resource, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });

/** Each run has names of its own: what is remembered of the policies of one run answers nothing of the next. */
function template(run: number): Json {
  const resources: Json = {};
  for (let count = 0; count * 3 < POLICIES; count++) {
    const n = `${run}x${count}`;
    const [bucket, queue] = [{ 'Fn::GetAtt': [`B${n}`, 'Arn'] }, { 'Fn::GetAtt': [`Q${n}`, 'Arn'] }];
    const objects = { 'Fn::Sub': `\${B${n}.Arn}/*` };
    resources[`K${n}`] = { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: keyPolicy(n) } };
    resources[`B${n}`] = { Type: 'AWS::S3::Bucket', Properties: {} };
    resources[`BP${n}`] = {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: `B${n}` }, PolicyDocument: { Statement: [plainHttp('s3', [bucket, objects]), { Effect: 'Allow', Principal: { AWS: role('reader') }, Action: 's3:GetObject*', Resource: objects }] } },
    };
    resources[`Q${n}`] = { Type: 'AWS::SQS::Queue', Properties: {} };
    resources[`QP${n}`] = {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: `Q${n}` }],
        PolicyDocument: { Statement: [plainHttp('sqs', queue), { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queue, Condition: { StringEquals: { 'aws:SourceAccount': account } } }] },
      },
    };
  }
  return { Resources: resources };
}

const ofType = rulesByType(RULES.filter(({ guards, id }) => guards === 'access' || /Tls(Only|Version)|Manageable|Grants|OnePolicy/.test(id)));
const times: number[] = [];
let verdicts = 0;
for (let run = 0; run <= RUNS; run++) {
  const read = new Template(template(run));
  // Of the processor, so that what else the machine does does not count.
  const started = process.cpuUsage();
  verdicts = 0;
  for (const resource of read.all()) { for (const rule of ofType(resource.type)) { judge(rule, resource); verdicts++; } }
  const { user, system } = process.cpuUsage(started);
  times.push((user + system) / 1000);
}
const ms = median(times.slice(1));
process.stdout.write(`${verdicts} questions about ${POLICIES} policies: ${ms.toFixed(0)} ms, ${(ms / AIM_MS).toFixed(2)} of the aim of ${AIM_MS} ms\n`);
