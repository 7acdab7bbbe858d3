import { IN_TRANSIT, Rule } from '../../rules/rule';
import { oracleOptionRequires } from '../oracle-checks';

export const rule: Rule = {
  id: 'Encryption-RdsOptionGroupEncrypts',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: ['AWS::RDS::OptionGroup'],
  info: 'An option group of Oracle must require encrypted connections.',
  why: 'Oracle has no parameter for it; without the option it accepts connections in the clear.',
  fix: 'Set SQLNET.ENCRYPTION_SERVER to REQUIRED in NATIVE_NETWORK_ENCRYPTION (the mixin DatabaseTlsOnly does).',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Options.NNE.Options.html',
  controls: IN_TRANSIT,
  examples: {
    wrong: {
      'not there': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties:
              EngineName: oracle-se2
              MajorEngineVersion: '19'
              OptionConfigurations: [{OptionName: S3_INTEGRATION}]`,
      'only asked for': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties:
              EngineName: oracle-se2
              MajorEngineVersion: '19'
              OptionConfigurations:
                - OptionName: NATIVE_NETWORK_ENCRYPTION
                  OptionSettings: [{Name: SQLNET.ENCRYPTION_SERVER, Value: REQUESTED}]`,
    },
    right: {
      'required': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties:
              EngineName: oracle-se2
              MajorEngineVersion: '19'
              OptionConfigurations:
                - OptionName: NATIVE_NETWORK_ENCRYPTION
                  OptionSettings: [{Name: SQLNET.ENCRYPTION_SERVER, Value: REQUIRED}]`,
      'required among others': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties:
              EngineName: oracle-ee
              MajorEngineVersion: '19'
              OptionConfigurations:
                - {OptionName: S3_INTEGRATION}
                - OptionName: NATIVE_NETWORK_ENCRYPTION
                  OptionSettings: [{Name: SQLNET.ENCRYPTION_SERVER, Value: required}]`,
    },
    notApplicable: {
      'of another engine': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties: {EngineName: sqlserver-se, MajorEngineVersion: '16.00', OptionConfigurations: []}`,
    },
  },
  check: oracleOptionRequires,
};
