import { IN_TRANSIT, Rule } from '../../rules/rule';
import { redirectsHttp } from '../listener-checks';

export const rule: Rule = {
  id: 'Encryption-ElbListenerRedirectsHttp',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::Listener'],
  info: 'An HTTP listener must do nothing but redirect to HTTPS.',
  why: 'What it forwards has travelled in the clear.',
  fix: 'Use HttpsLoadBalancer, the mixin ListenerTls, or a default action that redirects to HTTPS.',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions',
  controls: { fsbp: ['ELB.1'], controlTower: ['CT.ELASTICLOADBALANCING.PR.1'], ...IN_TRANSIT },
  examples: {
    wrong: {
      'forwards': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Port: 80
              Protocol: HTTP
              DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]`,
      'redirects to HTTP': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Port: 80
              Protocol: HTTP
              DefaultActions: [{Type: redirect, RedirectConfig: {Port: '8080', StatusCode: HTTP_301}}]`,
      'answers by itself': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Port: 80
              DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: '200'}}]`,
      'a forward without a target': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTP, DefaultActions: [{Type: forward}]}`,
      'a redirect that says HTTP': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTP
              DefaultActions: [{Type: redirect, RedirectConfig: {Protocol: HTTP}}]`,
    },
    right: {
      'a redirect': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Port: 80
              Protocol: HTTP
              DefaultActions:
                - {Type: redirect, RedirectConfig: {Protocol: HTTPS, Port: '443', StatusCode: HTTP_301}}`,
      'a temporary redirect': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Port: 8080
              Protocol: HTTP
              DefaultActions: [{Type: redirect, RedirectConfig: {Protocol: HTTPS, StatusCode: HTTP_302}}]`,
      'a redirect to the same port': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTP
              DefaultActions: [{Type: redirect, RedirectConfig: {Protocol: HTTPS}}]`,
    },
    undetermined: {
      'port 80 of a load balancer whose type is not known': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {LoadBalancerArn: !Ref LoadBalancer, Port: 80, DefaultActions: [{Type: forward, TargetGroupArn: g}]}
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {Type: !Ref Kind}
        Parameters: {Kind: {Type: String}}`,
    },
    notApplicable: {
      'HTTPS': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS}`,
      'port 80 of a Network Load Balancer': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {LoadBalancerArn: !Ref LoadBalancer, Port: 80, DefaultActions: [{Type: forward, TargetGroupArn: g}]}
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {Type: network}`,
    },
  },
  check: redirectsHttp,
};
