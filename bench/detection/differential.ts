import { canonical } from './canonical';
import { askCdkNag, askControlTower } from './others';
import { variants } from './variants';
import { judge } from '../../src/checks/judge';
import { RULES } from '../../src/checks/rule-table';
import type { Rule } from '../../src/rules/rule';
import { Template, TemplateResource } from '../../src/template/template';
import type { Json } from '../../src/template/values';

/** A rule of another tool, the rule of ours that asks the same, and of which resources. */
interface Pair {
  readonly theirs: string;
  readonly ours: string;
  readonly of: string;
}

const pairs = (text: string): Pair[] => text.trim().split('\n').map((line) => line.trim().split(/\s+/)).map(([theirs, ours, of]) => ({ theirs, ours: `Encryption-${ours}`, of: `AWS::${of}` }));

export const CONTROL_TOWER = pairs(`
  CT.KMS.PR.1 KmsKeyRotation KMS::Key
  CT.KMS.PR.2 KmsRsaKeySpec KMS::Key
  CT.KMS.PR.3 KmsKeyDeniesOtherGrants KMS::Key
  CT.S3.PR.1 S3BucketBlocksPublicAccess S3::Bucket
  CT.S3.PR.2 S3BucketLogsAccess S3::Bucket
  CT.S3.PR.5 S3BucketNoAcls S3::Bucket
  CT.S3.PR.8 S3BucketTlsOnly S3::Bucket
  CT.S3.PR.10 S3BucketCustomerKey S3::Bucket
  CT.S3.PR.11 S3BucketVersioned S3::Bucket
  CT.S3.PR.12 S3AccessPointBlocksPublicAccess S3::AccessPoint
  CT.SQS.PR.2 SqsQueueEncrypted SQS::Queue
  CT.RDS.PR.3 RdsDeletionProtection RDS::DBCluster
  CT.RDS.PR.13 RdsDeletionProtection RDS::DBInstance
  CT.RDS.PR.4 RdsIamAuthentication RDS::DBCluster
  CT.RDS.PR.7 RdsIamAuthentication RDS::DBInstance
  CT.RDS.PR.8 RdsBackups RDS::DBInstance
  CT.RDS.PR.16 RdsStorageEncrypted RDS::DBCluster
  CT.RDS.PR.24 RdsStorageEncrypted RDS::DBInstance
  CT.RDS.PR.30 RdsStorageCustomerKey RDS::DBInstance
  CT.RDS.PR.23 RdsNotPublic RDS::DBInstance
  CT.RDS.PR.29 RdsNotPublic RDS::DBCluster
  CT.RDS.PR.26 RdsProxyTls RDS::DBProxy
  CT.RDS.PR.27 RdsParameterGroupTls RDS::DBClusterParameterGroup
  CT.RDS.PR.28 RdsParameterGroupTls RDS::DBParameterGroup
  CT.ELASTICLOADBALANCING.PR.1 ElbListenerRedirectsHttp ElasticLoadBalancingV2::Listener
  CT.ELASTICLOADBALANCING.PR.2 ElbListenerCertificate ElasticLoadBalancingV2::Listener
  CT.ELASTICLOADBALANCING.PR.3 ElbResistsDesync ElasticLoadBalancingV2::LoadBalancer
  CT.ELASTICLOADBALANCING.PR.4 ElbDropsInvalidHeaders ElasticLoadBalancingV2::LoadBalancer
  CT.ELASTICLOADBALANCING.PR.5 ElbDeletionProtection ElasticLoadBalancingV2::LoadBalancer
  CT.ELASTICLOADBALANCING.PR.6 ElbLogsRequests ElasticLoadBalancingV2::LoadBalancer`);

const CDK_NAG = pairs(`
  AwsSolutions-KMS5 KmsKeyRotation KMS::Key
  AwsSolutions-S1 S3BucketLogsAccess S3::Bucket
  AwsSolutions-S2 S3BucketBlocksPublicAccess S3::Bucket
  AwsSolutions-S10 S3BucketTlsOnly S3::Bucket
  AwsSolutions-SQS4 SqsQueueTlsOnly SQS::Queue
  AwsSolutions-RDS2 RdsStorageEncrypted RDS::DBInstance
  AwsSolutions-RDS6 RdsIamAuthentication RDS::DBCluster
  AwsSolutions-RDS10 RdsDeletionProtection RDS::DBCluster
  AwsSolutions-ELB2 ElbLogsRequests ElasticLoadBalancingV2::LoadBalancer`);

export interface Disagreement {
  readonly tool: string;
  readonly pair: Pair;
  readonly ours: 'fail' | 'pass' | 'undetermined';
  readonly theirs: 'fail' | 'pass' | 'refused';
  readonly template: Json;
  readonly resources: readonly TemplateResource[];
  /** What the tool says of the same template with intrinsics resolved, and with AWS's defaults written out. */
  resolved?: 'fail' | 'pass' | 'refused';
  withDefaults?: 'fail' | 'pass' | 'refused';
}

export interface Compared {
  readonly agreed: number;
  readonly disagreements: Disagreement[];
}

type Answers = Array<Set<string> | 'refused'>;

/** Asks a tool and us about the same templates. */
export function compare(tool: 'cfn-guard' | 'cdk-nag', count: number): Compared {
  const table = tool === 'cfn-guard' ? CONTROL_TOWER : CDK_NAG;
  const ask = (templates: Json[]): Answers => (tool === 'cfn-guard' ? askControlTower(templates, table.map(({ theirs }) => theirs)) : askCdkNag(templates));
  const templates = variants(count);
  const answers = ask(templates);
  let agreed = 0;
  const disagreements = templates.flatMap((json, n) => {
    const template = new Template(json);
    return table.flatMap((pair) => {
      const resources = template.ofType(pair.of);
      if (resources.length === 0) { return []; }
      const [ours, theirs] = [saidByUs(pair, resources), saidBy(answers[n], pair)];
      if (ours === theirs) { agreed++; return []; }
      return [{ tool, pair, ours, theirs, template: json, resources } as Disagreement];
    });
  });
  const again = ask(disagreements.map(({ template }) => canonical(template, false)));
  const filled = ask(disagreements.map(({ template }) => canonical(template, true)));
  disagreements.forEach((each, n) => { each.resolved = saidBy(again[n], each.pair); each.withDefaults = saidBy(filled[n], each.pair); });
  return { agreed, disagreements };
}

function saidByUs({ ours }: Pair, resources: readonly TemplateResource[]): Disagreement['ours'] {
  const rule = RULES.find(({ id }) => id === ours) as Rule;
  const kinds = resources.map((resource) => judge(rule, resource).kind);
  return kinds.includes('fail') ? 'fail' : kinds.includes('undetermined') ? 'undetermined' : 'pass';
}

function saidBy(answer: Set<string> | 'refused', { theirs }: Pair): Disagreement['theirs'] {
  return answer === 'refused' ? 'refused' : answer.has(theirs) ? 'fail' : 'pass';
}
