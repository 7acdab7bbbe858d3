import { KEY, KEY_REFERENCE, REGION, REMOVAL_POLICY, TEXT } from '../private/common-kinds';
import { ANY, has, kind, listOf, mapOf, propsWith, shape } from '../private/kinds';
import { NOT_ENCRYPTION_KEY, propsShape } from '../private/props';

const SECRET_VALUE = kind('a SecretValue', has('unsafeUnwrap'), (value) => (typeof value === 'string'
  ? 'A secret cannot be text: it would be in the template. Leave it out, and Secrets Manager generates a value' : 'Give a `SecretValue`, or leave it out'));
const GENERATOR = propsWith('an object', ['secretStringTemplate', 'generateStringKey', 'passwordLength', 'excludeCharacters', 'excludePunctuation', 'includeSpace'], () =>
  'Give `{ … }`, or leave it out');
const REPLICA = shape('an object with region and encryptionKey', { region: REGION, encryptionKey: KEY_REFERENCE }, ['region'], (value) =>
  `Give \`{ region: '${typeof value === 'string' ? value : 'eu-west-1'}', encryptionKey }\``);

export const ENCRYPTED_SECRET = propsShape({
  of: 'EncryptedSecret',
  kinds: {
    encryptionKey: KEY,
    secretName: TEXT,
    description: TEXT,
    generateSecretString: GENERATOR,
    secretStringValue: SECRET_VALUE,
    secretObjectValue: mapOf(SECRET_VALUE, 'secret values', "{ password: SecretValue.secretsManager('…') }"),
    secretStringBeta1: ANY,
    replicaRegions: listOf(REPLICA, 'replicas', "[{ region: 'eu-west-1', encryptionKey }]"),
    removalPolicy: REMOVAL_POLICY,
  },
  confused: {
    ...NOT_ENCRYPTION_KEY,
    name: 'secretName',
    secretString: 'secretStringValue',
    secretValue: 'secretStringValue',
    generateSecret: 'generateSecretString',
    replicas: 'replicaRegions',
    regions: 'replicaRegions',
  },
});
