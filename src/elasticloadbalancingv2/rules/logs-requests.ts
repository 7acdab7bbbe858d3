import { LOGGING, Rule } from '../../rules/rule';
import { logsRequests } from '../load-balancer-checks';

export const rule: Rule = {
  id: 'Encryption-ElbLogsRequests',
  severity: 'warning',
  guards: 'operations',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  info: 'A load balancer should log its requests.',
  why: 'The log has each connection\'s TLS version and cipher: who must be mended before old TLS goes.',
  fix: 'Set access_logs.s3.enabled to true, with a bucket under S3\'s own keys.',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html',
  controls: { fsbp: ['ELB.5'], controlTower: ['CT.ELASTICLOADBALANCING.PR.6'], ...LOGGING },
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {}`,
      'a bucket, but off': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              LoadBalancerAttributes:
                - {Key: access_logs.s3.enabled, Value: 'false'}
                - {Key: access_logs.s3.bucket, Value: logs}`,
    },
    right: {
      'logged': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              LoadBalancerAttributes:
                - {Key: access_logs.s3.enabled, Value: 'true'}
                - {Key: access_logs.s3.bucket, Value: logs}`,
      'logged, as a boolean': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              LoadBalancerAttributes:
                - {Key: access_logs.s3.enabled, Value: true}
                - {Key: access_logs.s3.bucket, Value: !Ref Logs}`,
    },
  },
  check: logsRequests,
};
