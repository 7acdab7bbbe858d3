import { LOGGING, Rule } from '../../rules/rule';
import { logsRequests } from '../load-balancer-checks';

export const rule: Rule = {
  id: 'Encryption-ElbLogsRequests',
  severity: 'warning',
  guards: 'operations',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  info: 'A load balancer should log its requests.',
  why: 'The log has each connection\'s TLS version and cipher: it shows which clients still use old TLS.',
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
      'a Network Load Balancer with a TLS listener': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {Type: network}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {LoadBalancerArn: !Ref LoadBalancer, Port: 443, Protocol: TLS}`,
      'logged, and written a second time as not logged': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              LoadBalancerAttributes:
                - {Key: access_logs.s3.enabled, Value: 'true'}
                - {Key: access_logs.s3.enabled, Value: 'false'}`,
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
    undetermined: {
      'a listener that may speak TLS': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {Type: network}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {LoadBalancerArn: !Ref LoadBalancer, Port: 443, Protocol: !Ref Protocol}
        Parameters: {Protocol: {Type: String}}`,
      'a load balancer of a type that is not known': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {Type: !Ref Kind}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {LoadBalancerArn: !Ref LoadBalancer, Port: 443, Protocol: TCP}
        Parameters: {Kind: {Type: String}}`,
    },
    notApplicable: {
      'a Network Load Balancer without a TLS listener: it logs requests over TLS only': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {Type: network}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {LoadBalancerArn: !Ref LoadBalancer, Port: 443, Protocol: UDP}`,
    },
  },
  check: logsRequests,
};
