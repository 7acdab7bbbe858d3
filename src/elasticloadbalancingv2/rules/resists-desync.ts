import { DATA_ACCESS, Rule } from '../../rules/rule';
import { resistsDesync } from '../load-balancer-checks';

export const rule: Rule = {
  id: 'Encryption-ElbResistsDesync',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  info: 'An Application Load Balancer must resist requests that desynchronize.',
  why: 'In monitor mode they reach the targets, where one request can become another user\'s.',
  fix: 'Leave routing.http.desync_mitigation_mode out, or set it to defensive or strictest.',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/desync-mitigation-mode.html',
  controls: { fsbp: ['ELB.12'], controlTower: ['CT.ELASTICLOADBALANCING.PR.3'], ...DATA_ACCESS },
  examples: {
    wrong: {
      'monitor': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              LoadBalancerAttributes: [{Key: routing.http.desync_mitigation_mode, Value: monitor}]`,
      'monitor among others': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              LoadBalancerAttributes:
                - {Key: deletion_protection.enabled, Value: 'true'}
                - {Key: routing.http.desync_mitigation_mode, Value: monitor}`,
      'strictest, and written a second time as monitor': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              LoadBalancerAttributes:
                - {Key: routing.http.desync_mitigation_mode, Value: strictest}
                - {Key: routing.http.desync_mitigation_mode, Value: monitor}`,
    },
    right: {
      'nothing said, which is defensive': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {}`,
      'strictest': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              LoadBalancerAttributes: [{Key: routing.http.desync_mitigation_mode, Value: strictest}]`,
    },
  },
  check: resistsDesync,
};
