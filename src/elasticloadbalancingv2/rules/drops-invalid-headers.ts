import { DATA_ACCESS, Rule } from '../../rules/rule';
import { dropsInvalidHeaders } from '../load-balancer-checks';

export const rule: Rule = {
  id: 'Encryption-ElbDropsInvalidHeaders',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  info: 'An Application Load Balancer must drop invalid headers.',
  why: 'They are a way to smuggle requests past what checks them.',
  fix: 'Set routing.http.drop_invalid_header_fields.enabled to true.',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-attributes',
  controls: { fsbp: ['ELB.4'], controlTower: ['CT.ELASTICLOADBALANCING.PR.4'], ...DATA_ACCESS },
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {}`,
      'kept': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              LoadBalancerAttributes:
                - {Key: routing.http.drop_invalid_header_fields.enabled, Value: 'false'}`,
      'dropped, and written a second time as kept': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              LoadBalancerAttributes:
                - {Key: routing.http.drop_invalid_header_fields.enabled, Value: 'true'}
                - {Key: routing.http.drop_invalid_header_fields.enabled, Value: 'false'}`,
    },
    right: {
      'dropped': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              LoadBalancerAttributes:
                - {Key: routing.http.drop_invalid_header_fields.enabled, Value: 'true'}`,
      'dropped, as a boolean': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              Type: application
              LoadBalancerAttributes: [{Key: routing.http.drop_invalid_header_fields.enabled, Value: true}]`,
    },
    undetermined: {
      'a load balancer of a type that is not known': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {Type: !Ref Kind}
        Parameters: {Kind: {Type: String}}`,
    },
    notApplicable: {
      'a Network Load Balancer': `
        Resources:
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {Type: network}`,
    },
  },
  check: dropsInvalidHeaders,
};
