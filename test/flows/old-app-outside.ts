import * as cdk from 'aws-cdk-lib';
import { by, Declare, MAIN, Make } from './old-app-parts';

/** What cannot be under a customer-managed key, vended logs, and a pipeline that names a key in each upload. */
export function outside(web: cdk.Stack, audit: cdk.Stack, make: Make, flow: Declare): void {
  const { aws_s3: s3, aws_cloudfront: cf, aws_cloudfront_origins: from, aws_elasticloadbalancingv2: elb, aws_ec2: ec2 } = cdk;
  const cannot = (name: string, path: string) => flow(name, new RegExp(path), async (w) => (w.underKms(path) ? `${path} is under SSE-KMS` : undefined));
  new make.Bucket(web, 'Logged', { serverAccessLogsBucket: new s3.Bucket(web, 'AccessLogs') });
  cannot('server access logs', 'Web/AccessLogs');
  new elb.ApplicationLoadBalancer(web, 'Alb', { vpc: new ec2.Vpc(web, 'Vpc', { natGateways: 0, maxAzs: 2 }) }).logAccessLogs(new s3.Bucket(web, 'AlbLogs'));
  cannot('logs of an application load balancer', 'Web/AlbLogs');
  new cf.Distribution(web, 'OldSite', {
    defaultBehavior: { origin: from.S3BucketOrigin.withOriginAccessIdentity(new s3.Bucket(web, 'OldPages')) },
    logBucket: new s3.Bucket(web, 'SiteLogs', { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER }),
  });
  cannot('an origin access identity', 'Web/OldPages');
  cannot('logs of a distribution', 'Web/SiteLogs');
  vendedLogs(audit, make, flow);
  pipeline(audit, make, flow);
}

function vendedLogs(audit: cdk.Stack, make: Make, flow: Declare): void {
  const bucket = new make.Bucket(audit, 'Queries');
  bucket.addToResourcePolicy(new cdk.aws_iam.PolicyStatement({
    principals: [new cdk.aws_iam.ServicePrincipal('delivery.logs.amazonaws.com')],
    actions: ['s3:PutObject'],
    resources: [bucket.arnForObjects('AWSLogs/111122223333/*')],
    conditions: { StringEquals: { 'aws:SourceAccount': MAIN.account } },
  }));
  new cdk.aws_route53resolver.CfnResolverQueryLoggingConfig(audit, 'QueryLogs', { destinationArn: bucket.bucketArn });
  flow('vended logs', /delivery\.logs/, (w) => w.writes({ bucket: 'Audit/Queries', as: 'delivery.logs.amazonaws.com', source: by('arn:aws:logs:us-east-1:111122223333:*') }));
  new cdk.aws_logs.LogGroup(audit, 'Events');
  flow('a log group', /logs\.us-east-1/, async (w) => {
    const key = w.at('Audit/Events').props.KmsKeyId;
    const context = { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:111122223333:log-group:${w.nameOf(w.at('Audit/Events'))}-AbCdEf` };
    return key && w.useKey(key, ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'], w.who('logs.us-east-1.amazonaws.com'), context, MAIN);
  });
}

function pipeline(audit: cdk.Stack, make: Make, flow: Declare): void {
  const { aws_codepipeline: cp, aws_codepipeline_actions: does } = cdk;
  const output = new cp.Artifact();
  new cp.Pipeline(audit, 'Pipeline', {
    pipelineType: cp.PipelineType.V2,
    artifactBucket: new make.Bucket(audit, 'PipelineArtifacts'),
    stages: [
      { stageName: 'Source', actions: [new does.CodeCommitSourceAction({ actionName: 'Source', repository: cdk.aws_codecommit.Repository.fromRepositoryName(audit, 'Repository', 'r'), output })] },
      { stageName: 'Approve', actions: [new does.ManualApprovalAction({ actionName: 'Approve' })] },
    ],
  });
  flow('artifacts of a pipeline', /Audit\/Pipeline/, (w) => w.writes({
    bucket: 'Audit/PipelineArtifacts', as: 'Audit/Pipeline/Role', key: 'p/x', header: w.at('Audit/Pipeline').props.ArtifactStore.EncryptionKey?.Id ?? 'alias/aws/s3',
  }));
}
