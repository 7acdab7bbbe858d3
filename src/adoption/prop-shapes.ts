import { KEY, TEXT } from '../private/common-kinds';
import { kind, listOf, shape } from '../private/kinds';
import { NOT_ENCRYPTION_KEY, propsShape } from '../private/props';

/** The former names of the values are understood too. */
const INSECURE_PROPS = kind('InsecureProps.ERROR or InsecureProps.WARN', (value) => ['ERROR', 'WARN', 'REFUSE', 'REPORT'].includes(value), () =>
  'Give one of them, or leave it out for ERROR');
const PATH = kind('the path of a construct', (value) => typeof value === 'string' && value !== '', () => "Give it as text, such as 'Orders/Logs'");
const EXCEPTION = shape('an object with path and reason', { path: PATH, reason: TEXT }, ['path'], (value) =>
  `Give \`{ path: '${typeof value === 'string' ? value : 'Orders/Logs'}', reason: 'why it may stay as it is' }\``);

export const ENCRYPTION_DEFAULTS = propsShape({
  of: 'EncryptionDefaults.apply',
  kinds: {
    encryptionKey: KEY,
    insecureProps: INSECURE_PROPS,
    insecureCode: INSECURE_PROPS,
    exceptions: listOf(EXCEPTION, 'exceptions', "[{ path: 'Orders/Logs', reason: 'why it may stay as it is' }]"),
    replaceableDatabases: listOf(PATH, 'paths', "['Orders/Database']"),
    replaceableResources: listOf(PATH, 'paths', "['Orders/Files']"),
  },
  confused: {
    ...NOT_ENCRYPTION_KEY,
    exception: 'exceptions',
    except: 'exceptions',
    exclude: 'exceptions',
    excluded: 'exceptions',
    ignore: 'exceptions',
    insecure: 'insecureProps',
    replaceable: 'replaceableResources',
    allowReplacement: 'replaceableResources',
  },
});
