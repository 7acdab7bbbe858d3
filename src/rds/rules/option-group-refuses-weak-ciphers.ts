import { IN_TRANSIT, Rule } from '../../rules/rule';
import { oracleOptionIsStrong } from '../oracle-checks';

export const rule: Rule = {
  id: 'Encryption-RdsOptionGroupRefusesWeakCiphers',
  severity: 'warning',
  guards: 'in transit',
  resourceTypes: ['AWS::RDS::OptionGroup'],
  info: 'An option group of Oracle must refuse DES, 3DES, RC4, MD5 and SHA-1, and require integrity.',
  why: 'RDS accepts all of them by default: a client may choose a cipher that can be broken.',
  fix: 'Set the SQLNET settings of NATIVE_NETWORK_ENCRYPTION to AES and SHA-2, and ALLOW_WEAK_CRYPTO and ALLOW_WEAK_CRYPTO_CLIENTS to FALSE '
    + '(the mixin DatabaseTlsOnly does).',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Options.NNE.Options.html',
  controls: { ...IN_TRANSIT, nist: ['SC-13', ...IN_TRANSIT.nist] },
  examples: {
    wrong: {
      'DES beside AES': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties:
              EngineName: oracle-ee
              MajorEngineVersion: '19'
              OptionConfigurations:
                - OptionName: NATIVE_NETWORK_ENCRYPTION
                  OptionSettings:
                    - {Name: SQLNET.ENCRYPTION_SERVER, Value: REQUIRED}
                    - {Name: SQLNET.ENCRYPTION_TYPES_SERVER, Value: 'AES256,DES'}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_SERVER, Value: REQUIRED}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER, Value: SHA384}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO, Value: 'FALSE'}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS, Value: 'FALSE'}`,
      'MD5 for integrity': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties:
              EngineName: oracle-ee
              MajorEngineVersion: '19'
              OptionConfigurations:
                - OptionName: NATIVE_NETWORK_ENCRYPTION
                  OptionSettings:
                    - {Name: SQLNET.ENCRYPTION_SERVER, Value: REQUIRED}
                    - {Name: SQLNET.ENCRYPTION_TYPES_SERVER, Value: 'AES256,AES192'}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_SERVER, Value: REQUIRED}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER, Value: 'SHA256,MD5'}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO, Value: 'FALSE'}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS, Value: 'FALSE'}`,
      'weak ciphers allowed': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties:
              EngineName: oracle-ee
              MajorEngineVersion: '19'
              OptionConfigurations:
                - OptionName: NATIVE_NETWORK_ENCRYPTION
                  OptionSettings:
                    - {Name: SQLNET.ENCRYPTION_SERVER, Value: REQUIRED}
                    - {Name: SQLNET.ENCRYPTION_TYPES_SERVER, Value: 'AES256,AES192'}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_SERVER, Value: REQUIRED}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER, Value: SHA384}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO, Value: 'TRUE'}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS, Value: 'FALSE'}`,
      'integrity only requested': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties:
              EngineName: oracle-ee
              MajorEngineVersion: '19'
              OptionConfigurations:
                - OptionName: NATIVE_NETWORK_ENCRYPTION
                  OptionSettings:
                    - {Name: SQLNET.ENCRYPTION_SERVER, Value: REQUIRED}
                    - {Name: SQLNET.ENCRYPTION_TYPES_SERVER, Value: 'AES256,AES192'}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_SERVER, Value: REQUESTED}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER, Value: SHA384}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO, Value: 'FALSE'}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS, Value: 'FALSE'}`,
      'the ciphers not said, which are all of them': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties:
              EngineName: oracle-ee
              MajorEngineVersion: '19'
              OptionConfigurations:
                - OptionName: NATIVE_NETWORK_ENCRYPTION
                  OptionSettings:
                    - {Name: SQLNET.ENCRYPTION_SERVER, Value: REQUIRED}`,
    },
    right: {
      'AES and SHA-2 only': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties:
              EngineName: oracle-ee
              MajorEngineVersion: '19'
              OptionConfigurations:
                - OptionName: NATIVE_NETWORK_ENCRYPTION
                  OptionSettings:
                    - {Name: SQLNET.ENCRYPTION_SERVER, Value: REQUIRED}
                    - {Name: SQLNET.ENCRYPTION_TYPES_SERVER, Value: 'AES256,AES192'}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_SERVER, Value: REQUIRED}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER, Value: SHA384}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO, Value: 'FALSE'}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS, Value: 'FALSE'}`,
      'and for connections that the database makes itself': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties:
              EngineName: oracle-ee
              MajorEngineVersion: '19'
              OptionConfigurations:
                - OptionName: NATIVE_NETWORK_ENCRYPTION
                  OptionSettings:
                    - {Name: SQLNET.ENCRYPTION_SERVER, Value: REQUIRED}
                    - {Name: SQLNET.ENCRYPTION_TYPES_SERVER, Value: 'AES256,AES192'}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_SERVER, Value: REQUIRED}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER, Value: SHA384}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO, Value: 'FALSE'}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS, Value: 'FALSE'}
                    - {Name: SQLNET.ENCRYPTION_TYPES_CLIENT, Value: AES256}`,
    },
    undetermined: {
      'ciphers that a parameter chooses': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties:
              EngineName: oracle-ee
              MajorEngineVersion: '19'
              OptionConfigurations:
                - OptionName: NATIVE_NETWORK_ENCRYPTION
                  OptionSettings:
                    - {Name: SQLNET.ENCRYPTION_SERVER, Value: REQUIRED}
                    - {Name: SQLNET.ENCRYPTION_TYPES_SERVER, Value: !Ref Types}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_SERVER, Value: REQUIRED}
                    - {Name: SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER, Value: SHA384}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO, Value: 'FALSE'}
                    - {Name: SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS, Value: 'FALSE'}
        Parameters: {Types: {Type: String}}`,
    },
    notApplicable: {
      'a group without the option, which another rule finds': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties: {EngineName: oracle-se2, MajorEngineVersion: '19', OptionConfigurations: []}`,
      'of another engine': `
        Resources:
          OptionGroup:
            Type: AWS::RDS::OptionGroup
            Properties: {EngineName: mysql, MajorEngineVersion: '8.0', OptionConfigurations: []}`,
    },
  },
  check: oracleOptionIsStrong,
};
