import { IN_TRANSIT, Rule } from '../../rules/rule';
import { addsHsts } from '../listener-checks';

export const rule: Rule = {
  id: 'Encryption-ElbListenerHstsHeader',
  severity: 'warning',
  guards: 'in transit',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::Listener'],
  info: 'An HTTPS listener must not turn off HTTP Strict Transport Security.',
  why: 'With max-age=0 the load balancer tells browsers to use plain HTTP again, whatever the targets say.',
  fix: 'Set routing.http.response.strict_transport_security.header_value to a max-age of a year or more (HttpsLoadBalancer: responseHeaders), or leave it out.',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html',
  controls: IN_TRANSIT,
  examples: {
    wrong: {
      'ends at once': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              ListenerAttributes:
                - {Key: routing.http.response.strict_transport_security.header_value, Value: max-age=0}`,
      'turned off explicitly': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              ListenerAttributes:
                - {Key: routing.http.response.strict_transport_security.header_value, Value: ''}`,
      'no max-age, which browsers ignore': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              ListenerAttributes:
                - {Key: routing.http.response.strict_transport_security.header_value, Value: includeSubDomains}`,
    },
    right: {
      'two years': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              ListenerAttributes:
                - {Key: routing.http.response.strict_transport_security.header_value, Value: 'max-age=63072000; includeSubDomains'}`,
      'a year': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              ListenerAttributes:
                - {Key: routing.http.response.strict_transport_security.header_value, Value: max-age=31536000}`,
    },
    undetermined: {
      'a value that a parameter chooses': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              ListenerAttributes:
                - {Key: routing.http.response.strict_transport_security.header_value, Value: !Ref Value}
        Parameters: {Value: {Type: String}}`,
    },
    notApplicable: {
      'left to the targets': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS}`,
      'plain HTTP, where browsers ignore it': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTP
              ListenerAttributes:
                - {Key: routing.http.response.strict_transport_security.header_value, Value: max-age=0}`,
    },
  },
  check: addsHsts,
};
