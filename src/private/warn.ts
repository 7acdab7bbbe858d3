import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { EncryptionError } from './errors';

const PREFIX = 'cdk-encryption-constructs:';

/** Ids that warnings had before: whoever acknowledged one of them still does not see the warning. */
const FORMER_IDS = new Map([
  ['KeyPolicyNotAdded', 'keyPolicyNotAdded'],
  ['DestinationPolicyNotAdded', 'destinationPolicyNotAdded'],
]);

/** A warning of this library, which the CDK's command line shows and `--strict` makes fatal. */
export function warn(scope: IConstruct, code: string, message: string): void {
  // The CDK sees neither acknowledgements of the construct itself nor those of the app, where they come before the warning.
  if (reasonOf(scope, PREFIX + code) !== undefined) { return; }
  Validations.of(scope).addWarning(PREFIX + code, message);
  // The CDK shows what is in a stack. An app may have stages only.
  if (!scope.node.scopes.some((each) => Stack.isStack(each))) { process.emitWarning(message, { code: PREFIX + code }); }
  const former = FORMER_IDS.get(code);
  if (former !== undefined) {
    // Acknowledgements may come after the warning: they are complete when the app is synthesized.
    scope.node.addValidation({
      validate: () => {
        const reason = reasonOf(scope, PREFIX + former);
        if (reason !== undefined) { Validations.of(scope).acknowledge({ id: PREFIX + code, reason }); }
        return [];
      },
    });
  }
}

/** What would be an error for one resource that was meant by itself, as a warning. */
export function warnInPlaceOf({ code, message }: EncryptionError, scope: IConstruct): void {
  warn(scope, code, message);
}

/** Why a warning is acknowledged on a construct or above it, by `Validations` or by `Annotations`; `undefined` where it is not. */
function reasonOf(scope: IConstruct, id: string): string | undefined {
  for (const { node } of scope.node.scopes.reverse()) {
    const reasons = node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries<string>(data)).filter(([key]) => withoutNamespace(key) === id).map(([, reason]) => reason);
    if (reasons.length > 0) { return reasons[0]; }
    if ([...acknowledgedByAnnotations(scope, node.path)].some((key) => withoutNamespace(key) === id)) { return 'acknowledged by its former id'; }
  }
  return undefined;
}

const withoutNamespace = (id: string) => id.replace(/^annotation::/i, '');

/** Ids with what each acknowledgement is limited to, as newer releases of the CDK keep them; older ones keep the ids alone. */
type Limited = ReadonlyMap<string, ReadonlyArray<{ readonly where?: object }>>;
type Acknowledged = ReadonlySet<string> | Limited;
const saysLimits = (acknowledged: Acknowledged): acknowledged is Limited => acknowledged instanceof Map;

/** `Annotations.acknowledgeWarning` leaves no metadata: the CDK keeps what it was told beside the app, by path. */
function acknowledgedByAnnotations({ node: { root } }: IConstruct, path: string): Iterable<string> {
  const kept = (root as { [ACKNOWLEDGEMENTS]?: { readonly acks?: ReadonlyMap<string, Acknowledged> } })[ACKNOWLEDGEMENTS];
  const acknowledged: Acknowledged = kept?.acks?.get(path) ?? new Set();
  if (!saysLimits(acknowledged)) { return acknowledged; }
  // One that is limited to messages of some kind is the CDK's to apply.
  return [...acknowledged].filter(([, records]) => records.some(({ where }) => Object.keys(where ?? {}).length === 0)).map(([id]) => id);
}

const ACKNOWLEDGEMENTS = Symbol.for('@aws-cdk/core.Acknowledgements');
