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
      'a forward': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTP, DefaultActions: [{Type: forward}]}`,
      'a redirect to HTTP': `
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
      'a redirect for a while': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Port: 8080
              Protocol: HTTP
              DefaultActions: [{Type: redirect, RedirectConfig: {Protocol: HTTPS, StatusCode: HTTP_302}}]`,
      'a redirect (2)': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTP
              DefaultActions: [{Type: redirect, RedirectConfig: {Protocol: HTTPS}}]`,
    },
    notApplicable: {
      HTTPS: `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS}`,
    },
  },
  check: redirectsHttp,
};
