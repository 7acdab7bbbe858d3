import { IN_TRANSIT, Rule } from '../../rules/rule';
import { ruleRedirectsHttp } from '../listener-checks';

export const rule: Rule = {
  id: 'Encryption-ElbRuleRedirectsHttp',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::ListenerRule'],
  info: 'A rule of an HTTP listener must do nothing but redirect to HTTPS.',
  why: 'A redirect by default is worth nothing where a rule forwards some paths in the clear.',
  fix: 'Move the rule to the HTTPS listener.',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions',
  controls: { fsbp: ['ELB.1'], ...IN_TRANSIT },
  examples: {
    wrong: {
      'a rule that forwards': `
        Resources:
          ListenerRule:
            Type: AWS::ElasticLoadBalancingV2::ListenerRule
            Properties: {ListenerArn: !Ref L, Actions: [{Type: forward, TargetGroupArn: g}]}
          L:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Port: 80
              Protocol: HTTP
              DefaultActions:
                - {Type: redirect, RedirectConfig: {Protocol: HTTPS, Port: '443', StatusCode: HTTP_301}}`,
      'a rule that answers': `
        Resources:
          ListenerRule:
            Type: AWS::ElasticLoadBalancingV2::ListenerRule
            Properties:
              ListenerArn: !Ref L
              Actions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: '200'}}]
          L:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Port: 80
              Protocol: HTTP
              DefaultActions:
                - {Type: redirect, RedirectConfig: {Protocol: HTTPS, Port: '443', StatusCode: HTTP_301}}`,
    },
    right: {
      'a rule that redirects': `
        Resources:
          ListenerRule:
            Type: AWS::ElasticLoadBalancingV2::ListenerRule
            Properties:
              ListenerArn: !Ref L
              Actions: [{Type: redirect, RedirectConfig: {Protocol: HTTPS, StatusCode: HTTP_301}}]
          L:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Port: 80
              Protocol: HTTP
              DefaultActions:
                - {Type: redirect, RedirectConfig: {Protocol: HTTPS, Port: '443', StatusCode: HTTP_301}}`,
      'another that redirects to another host': `
        Resources:
          ListenerRule:
            Type: AWS::ElasticLoadBalancingV2::ListenerRule
            Properties:
              ListenerArn: !Ref L
              Actions:
                - Type: redirect
                  RedirectConfig: {Protocol: HTTPS, Host: example.com, StatusCode: HTTP_302}
          L:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Port: 80
              Protocol: HTTP
              DefaultActions:
                - {Type: redirect, RedirectConfig: {Protocol: HTTPS, Port: '443', StatusCode: HTTP_301}}`,
    },
    undetermined: {
      'a listener from elsewhere': `
        Resources:
          ListenerRule:
            Type: AWS::ElasticLoadBalancingV2::ListenerRule
            Properties: {ListenerArn: !ImportValue listener, Actions: [{Type: forward, TargetGroupArn: g}]}`,
    },
    notApplicable: {
      'behind HTTPS': `
        Resources:
          ListenerRule:
            Type: AWS::ElasticLoadBalancingV2::ListenerRule
            Properties: {ListenerArn: !Ref L, Actions: [{Type: forward, TargetGroupArn: g}]}
          L:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS}`,
    },
  },
  check: ruleRedirectsHttp,
};
