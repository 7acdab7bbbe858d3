import { Aspects } from 'aws-cdk-lib';
import { KEY_ARN, Mistake } from './mistake';

export const MISTAKES_WITH_DEFAULTS_AND_CHECKS: Mistake[] = [
  ['defaults of nothing', (_, lib) => lib.EncryptionDefaults.of(),
    'EncryptionDefaults.of: \'scope\' is missing: it must be a construct. Give an app, a stack, or a construct in one. [ValueMissing]'],
  ['defaults of a path', (_, lib) => lib.EncryptionDefaults.of('Stack'),
    'EncryptionDefaults.of: \'scope\' must be a construct, got \'Stack\'. Give an app, a stack, or a construct in one. [ValueOfWrongKind]'],
  ['an ARN as key', (scope, lib) => lib.EncryptionDefaults.of(scope).apply({ encryptionKey: KEY_ARN }),
    'Stack: \'encryptionKey\' must be a KMS key, got \'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\'. Import it: `kms.Key.fromKeyArn(this, \'Key\', \'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\')`. [ValueOfWrongKind]'],
  ['the key by the name kmsKey', (scope, lib) => lib.EncryptionDefaults.of(scope).apply({ kmsKey: new lib.EncryptionKey(scope, 'Key') }),
    'Stack: \'kmsKey\' is not a prop of EncryptionDefaults.apply and would be ignored. Use `encryptionKey`. [PropNameConfused]'],
  ['a key in place of options', (scope, lib) => lib.EncryptionDefaults.of(scope).apply(KEY_ARN),
    'Stack: the props of EncryptionDefaults.apply must be an object, got \'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\'. Give them as `{ name: value }`, or leave them out. [PropsNotAnObject]'],
  ['an exception without a reason', (scope, lib) => lib.EncryptionDefaults.of(scope).apply({ exceptions: [{ path: 'Stack/Logs' }] }),
    'Stack: \'exceptions\' has Stack/Logs without a reason. Say why it may stay as it is: whoever reads the template next will ask. [ExceptionWithoutReason]'],
  ['an exception with an empty reason', (scope, lib) => lib.EncryptionDefaults.of(scope).apply({ exceptions: [{ path: 'Stack/Logs', reason: ' ' }] }),
    'Stack: \'exceptions\' has Stack/Logs without a reason. Say why it may stay as it is: whoever reads the template next will ask. [ExceptionWithoutReason]'],
  ['an exception without a path', (scope, lib) => lib.EncryptionDefaults.of(scope).apply({ exceptions: [{ reason: 'Receives logs' }] }),
    'Stack: \'exceptions[0].path\' is missing: it must be the path of a construct. Give it as text, such as \'Orders/Logs\'. [ValueMissing]'],
  ['an exception as text', (scope, lib) => lib.EncryptionDefaults.of(scope).apply({ exceptions: ['Stack/Logs'] }),
    'Stack: \'exceptions[0]\' must be an object with path and reason, got \'Stack/Logs\'. Give `{ path: \'Stack/Logs\', reason: \'why it may stay as it is\' }`. [ValueOfWrongKind]'],
  ['one exception without a list', (scope, lib) => lib.EncryptionDefaults.of(scope).apply({ exceptions: { path: 'Stack/Logs', reason: 'Receives logs' } }),
    'Stack: \'exceptions\' must be a list of exceptions, got an object with \'path\', \'reason\'. Put it in a list, in square brackets. [ValueOfWrongKind]'],
  ['exceptions by another name', (scope, lib) => lib.EncryptionDefaults.of(scope).apply({ exclude: ['Stack/Logs'] }),
    'Stack: \'exclude\' is not a prop of EncryptionDefaults.apply and would be ignored. Use `exceptions`. [PropNameConfused]'],
  ['one database without a list', (scope, lib) => lib.EncryptionDefaults.of(scope).apply({ replaceableDatabases: 'Stack/Database' }),
    'Stack: \'replaceableDatabases\' must be a list of paths, got \'Stack/Database\'. Put it in a list, in square brackets. [ValueOfWrongKind]'],
  ['a database as a construct', (scope, lib) => lib.EncryptionDefaults.of(scope).apply({ replaceableDatabases: [scope] }),
    'Stack: \'replaceableDatabases[0]\' must be the path of a construct, got the construct Stack. Give it as text, such as \'Orders/Logs\'. [ValueOfWrongKind]'],
  ['a word for insecure props', (scope, lib) => lib.EncryptionDefaults.of(scope).apply({ insecureProps: 'report-only' }),
    'Stack: \'insecureProps\' must be InsecureProps.ERROR or InsecureProps.WARN, got \'report-only\'. Give one of them, or leave it out for ERROR. [ValueOfWrongKind]'],
  ['two names for insecure props', (scope, lib) => lib.EncryptionDefaults.of(scope).apply({ insecureProps: 'ERROR', insecureCode: 'REPORT' }),
    'Stack: \'insecureProps\' is \'ERROR\' and \'insecureCode\', its former name, is \'REPORT\'. Leave \'insecureCode\' out. [InsecurePropsTwice]'],

  ['checks with the props as scope', (_, lib) => new lib.EncryptionChecks({ verbose: true }),
    'EncryptionChecks: \'scope\' must be a construct, got an object with \'verbose\'. Give an app, a stack, or a construct in one. [ValueOfWrongKind]'],
  ['checks with a flag as text', (scope, lib) => new lib.EncryptionChecks(scope, { verbose: 'yes' }),
    'EncryptionChecks: \'verbose\' must be true or false, got \'yes\'. Write true or false, without quotes. [ValueOfWrongKind]'],
  ['checks as an aspect, as in cdk-nag 2', (scope, lib) => {
    Aspects.of(scope.node.root).add(new lib.EncryptionChecks());
    (scope.node.root as any).synth();
  },
  'EncryptionChecks: cannot be added by Aspects.of(…).add(…), as packs of cdk-nag 2 were. Write `Validations.of(app).addPlugins(new EncryptionChecks(app))`. [ChecksAreNotAnAspect]'],
  ['checks of nothing', (_, lib) => new lib.EncryptionChecks().validateScope(),
    'EncryptionChecks.validateScope: \'scope\' is missing: it must be a construct. Give an app, a stack, or a construct in one. [ValueMissing]'],
];
