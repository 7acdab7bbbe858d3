import { IN_TRANSIT, Rule } from '../../rules/rule';
import { encryptsToTargets } from '../listener-checks';

export const rule: Rule = {
  id: 'Encryption-ElbTargetsOverHttps',
  severity: 'info',
  guards: 'in transit',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::TargetGroup'],
  info: 'A load balancer should speak HTTPS to its targets.',
  why: 'TLS ends at the load balancer; behind it the same data travels through the VPC in the clear.',
  fix: 'Set Protocol to HTTPS (HttpsListener: targetsOverHttps).',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-routing-configuration',
  controls: IN_TRANSIT,
  examples: {
    wrong: {
      'HTTP': `
        Resources:
          TargetGroup:
            Type: AWS::ElasticLoadBalancingV2::TargetGroup
            Properties: {Protocol: HTTP, Port: 80}`,
      'HTTP/2 in the clear': `
        Resources:
          TargetGroup:
            Type: AWS::ElasticLoadBalancingV2::TargetGroup
            Properties: {Protocol: HTTP, ProtocolVersion: HTTP2, Port: 8080}`,
      'TCP behind a TLS listener': `
        Resources:
          TargetGroup:
            Type: AWS::ElasticLoadBalancingV2::TargetGroup
            Properties: {Protocol: TCP, Port: 443}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: TLS
              DefaultActions: [{Type: forward, TargetGroupArn: !Ref TargetGroup}]`,
      'TCP behind a TLS listener with weights': `
        Resources:
          TargetGroup:
            Type: AWS::ElasticLoadBalancingV2::TargetGroup
            Properties: {Protocol: TCP, Port: 443}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: TLS
              DefaultActions: [{Type: forward, ForwardConfig: {TargetGroups: [{TargetGroupArn: !Ref TargetGroup, Weight: 1}]}}]`,
    },
    right: {
      'HTTPS': `
        Resources:
          TargetGroup:
            Type: AWS::ElasticLoadBalancingV2::TargetGroup
            Properties: {Protocol: HTTPS, Port: 443}`,
      'HTTPS on another port': `
        Resources:
          TargetGroup:
            Type: AWS::ElasticLoadBalancingV2::TargetGroup
            Properties: {Protocol: HTTPS, Port: 8443}`,
      'TLS behind a TLS listener': `
        Resources:
          TargetGroup:
            Type: AWS::ElasticLoadBalancingV2::TargetGroup
            Properties: {Protocol: TLS, Port: 443}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: TLS
              DefaultActions: [{Type: forward, TargetGroupArn: !Ref TargetGroup}]`,
    },
    undetermined: {
      'a listener whose protocol is not known': `
        Resources:
          TargetGroup:
            Type: AWS::ElasticLoadBalancingV2::TargetGroup
            Properties: {Protocol: TCP, Port: 443}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: !Ref Protocol
              DefaultActions: [{Type: forward, TargetGroupArn: !Ref TargetGroup}]
        Parameters: {Protocol: {Type: String}}`,
    },
    notApplicable: {
      'TCP that is passed on as it comes': `
        Resources:
          TargetGroup:
            Type: AWS::ElasticLoadBalancingV2::TargetGroup
            Properties: {Protocol: TCP, Port: 443}
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: TCP
              DefaultActions: [{Type: forward, TargetGroupArn: !Ref TargetGroup}]`,
    },
  },
  check: encryptsToTargets,
};
