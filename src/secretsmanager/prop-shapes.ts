import { KEY, KEY_REFERENCE, REGION, REMOVAL_POLICY, TEXT } from '../private/common-kinds';
import { has, kind, listOf, shape } from '../private/kinds';
import { NOT_ENCRYPTION_KEY, propsShape } from '../private/props';

const SECRET_VALUE = kind('a SecretValue', has('unsafeUnwrap'), (value) => (typeof value === 'string'
  ? 'A secret cannot be text: it would be in the template. Leave it out, and Secrets Manager generates a value' : 'Give a `SecretValue`, or leave it out'));
const OBJECT = kind('an object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value), () => 'Give `{ … }`, or leave it out');
const REPLICA = shape('an object with region and encryptionKey', { region: REGION, encryptionKey: KEY_REFERENCE }, ['region'], (value) =>
  `Give \`{ region: '${typeof value === 'string' ? value : 'eu-west-1'}', encryptionKey }\``);

export const ENCRYPTED_SECRET = propsShape({
  of: 'EncryptedSecret',
  kinds: {
    encryptionKey: KEY,
    secretName: TEXT,
    description: TEXT,
    generateSecretString: OBJECT,
    secretStringValue: SECRET_VALUE,
    secretObjectValue: OBJECT,
    secretStringBeta1: OBJECT,
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
