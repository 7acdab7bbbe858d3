import { RECOVERY, Rule } from '../../rules/rule';
import { isProtectedFromDeletion } from '../load-balancer-checks';

export const rule: Rule = {
  id: 'Encryption-ElbDeletionProtection',
  severity: 'warning',
  guards: 'operations',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  info: 'A load balancer should be protected from deletion.',
  why: 'A name that points to a load balancer which is gone can be taken by somebody else.',
  fix: 'Set deletion_protection.enabled to true.',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#deletion-protection',
  controls: { fsbp: ['ELB.6'], controlTower: ['CT.ELASTICLOADBALANCING.PR.5'], ...RECOVERY },
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {}`,
      'not protected': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {LoadBalancerAttributes: [{Key: deletion_protection.enabled, Value: 'false'}]}`,
    },
    right: {
      'protected': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {LoadBalancerAttributes: [{Key: deletion_protection.enabled, Value: 'true'}]}`,
      'a Network Load Balancer': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              Type: network
              LoadBalancerAttributes: [{Key: deletion_protection.enabled, Value: true}]`,
    },
    undetermined: {
      'an attribute whose name is not known': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {LoadBalancerAttributes: [{Key: !Ref Key, Value: 'true'}]}
        Parameters: {Key: {Type: String}}`,
    },
  },
  check: isProtectedFromDeletion,
};
