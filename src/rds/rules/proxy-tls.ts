import { IN_TRANSIT, Rule } from '../../rules/rule';
import { mustBeTrue } from '../../rules/values';

export const rule: Rule = {
  id: 'Encryption-RdsProxyTls',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: ['AWS::RDS::DBProxy'],
  info: 'A database proxy must require TLS.',
  why: 'A client otherwise speaks to it in the clear, whatever the database behind it requires.',
  fix: 'Set RequireTLS to true.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html#rds-proxy-security',
  controls: { controlTower: ['CT.RDS.PR.26'], ...IN_TRANSIT },
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          DbProxy:
            Type: AWS::RDS::DBProxy
            Properties: {EngineFamily: POSTGRESQL}`,
      'turned off': `
        Resources:
          DbProxy:
            Type: AWS::RDS::DBProxy
            Properties: {EngineFamily: POSTGRESQL, RequireTLS: false}`,
    },
    right: {
      'required': `
        Resources:
          DbProxy:
            Type: AWS::RDS::DBProxy
            Properties: {EngineFamily: POSTGRESQL, RequireTLS: true}`,
      'required as text': `
        Resources:
          DbProxy:
            Type: AWS::RDS::DBProxy
            Properties: {EngineFamily: MYSQL, RequireTLS: 'true'}`,
    },
  },
  check: (proxy) => mustBeTrue(proxy, ['RequireTLS']),
};
