import { couldAnybody } from '../policy/could-anybody';
import { placeOf, statementsOf } from '../policy/from-template';
import { HOLE } from '../policy/glob';
import type { Place } from '../policy/physical-names';
import { nameOf, Statement } from '../policy/statement';
import { principalWho } from '../policy/who';
import { witnessOf } from '../policy/witness';
import { Check, NOT_APPLICABLE, PASS, undetermined, Verdict } from '../rules/rule';
import { targetOf, worst } from '../rules/values';
import { Present, Read, Unknown } from '../template/read';
import type { Template, TemplateResource } from '../template/template';

/** Every policy document of an identity: the managed one, those that stand in a role, user or group, of a SAM function, of a permission set. */
function documentsOf(resource: TemplateResource): Read[] {
  const inline = resource.get('Policies').items().map((policy) => (policy.kind === 'value' ? documentIn(policy, resource.owner) : policy));
  return [resource.get('PolicyDocument'), resource.get('InlinePolicy'), ...inline].filter(({ kind }) => kind !== 'absent');
}

/** In IAM a policy has a name and a document; in SAM it is the document, the name of a policy, or one of SAM's templates. */
function documentIn(policy: Present, template: Template): Read {
  const document = policy.get('PolicyDocument');
  return document.kind !== 'absent' ? document : policy.get('Statement').kind === 'absent' ? ofSamTemplate(policy, template) : policy;
}

/**
 * One of SAM's policy templates, for a key by its id.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html#kms-decrypt-policy
 */
function ofSamTemplate(policy: Present, template: Template): Read {
  const id = policy.get('KMSDecryptPolicy', 'KeyId');
  if (id.kind !== 'value') { return id.kind === 'unknown' ? new Unknown(id.reason, id.where, id.source) : id; }
  const Resource = { 'Fn::Sub': `arn:\${AWS::Partition}:kms:\${AWS::Region}:\${AWS::AccountId}:key/${id.text}` };
  return template.read({ Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource }] }, policy.where);
}

/** Reading what is under a key, in each way. */
const READS = ['kms:Decrypt', 'kms:ReEncryptFrom'];

/** Key ids that nobody named: one for each first digit, and multi-Region ones, so that a pattern that covers some of all keys covers one of them. */
const IDS = [...'0123456789abcdef'].flatMap((digit) => {
  const id = `${digit}7c9e667-7425-40de-944b-e07fc1f90ae7`;
  return [id, `mrk-${id.replace(/-/g, '')}`];
});

/**
 * A key for each pattern that leaves a part of the id open: one whom it covers, in the place of a policy. A pattern that leaves only the Region open names
 * one multi-Region key.
 */
function coveredBy(statements: readonly Statement[], { account, region }: Place): string[] {
  const patterns = statements.flatMap(({ resources }) => resources?.items ?? []).filter((pattern) => /^arn:.*:key\/.*[*?]/.test(pattern) && !pattern.includes(HOLE) && !pattern.includes('${'));
  return patterns.map((pattern) => `arn:aws:kms:${region}:${account}:key/${pattern.slice(pattern.indexOf(':key/') + ':key/'.length).replace(/\*/g, '').replace(/\?/g, '0')}`);
}

/** What limits a policy to certain keys, services or uses where it is named exactly. */
const LIMITS = /^(kms:(viaservice|resourcealiases|requestalias|encryptioncontext.*)|aws:(resourcetag\/.*|calledvia.*|sourcevpc|sourcevpce))$/;

export const decryptsWithNamedKeysOnly: Check = (resource) => {
  const verdict = worst(PASS, ...documentsOf(resource).map((document) => judge(document, resource)));
  return verdict.kind !== 'pass' && isOnlyBoundary(resource) ? NOT_APPLICABLE : verdict;
};

/**
 * Whether a managed policy is only what limits roles and users: "A permissions boundary policy defines the maximum permissions that identity-based
 * policies can grant to an entity, but does not grant permissions."
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html
 */
function isOnlyBoundary(policy: TemplateResource): boolean {
  if (policy.type !== 'AWS::IAM::ManagedPolicy' || ['Roles', 'Users', 'Groups'].some((name) => policy.get(name).kind !== 'absent')) { return false; }
  const holders = policy.owner.ofType('AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group');
  const isAttached = holders.some((holder) => holder.get('ManagedPolicyArns').match({
    absent: () => false, unknown: () => true, value: (list) => list.items().some((each) => each.kind === 'unknown' || targetOf(each) === policy),
  }));
  return !isAttached && holders.some((holder) => targetOf(holder.get('PermissionsBoundary')) === policy);
}

/** An action of another service than KMS, by its name. */
const OTHER_SERVICE = /^(?!kms:)[a-z0-9-]+:/i;

/** Whether a document is about other services only: most are, and need not be read further. */
function isOfOtherServices(document: Read): boolean {
  return document.kind === 'value' && document.isObject && document.get('Statement').items().every((statement) => statement.kind === 'value' && statement.isObject
    && statement.get('NotAction').kind === 'absent'
    && statement.get('Action').items().every((action) => action.kind === 'value' && action.isText && OTHER_SERVICE.test(action.text)));
}

function judge(document: Read, resource: TemplateResource): Verdict {
  if (isOfOtherServices(document)) { return PASS; }
  const statements = statementsOf(document, resource.owner).filter(speaksOfKeys);
  return worst(PASS, ...placesIn(statements, placeOf(resource.owner)).map((place) => judgeIn(place, statements, document.where)));
}

/** Where keys may be of which a policy speaks: of all Regions and accounts one, and those that it names. */
function placesIn(statements: readonly Statement[], own: Place): Place[] {
  const named = statements.flatMap(({ resources }) => resources?.items ?? []).map((pattern): Place => {
    const [, , , region = '*', account = '*'] = pattern.split(':');
    const isOpen = (text: string) => text === '' || /[*?$]/.test(text) || text.includes(HOLE);
    return { region: isOpen(region) ? own.region : region, account: isOpen(account) ? own.account : account };
  });
  return [...new Map([own, ...named].map((place) => [`${place.region} ${place.account}`, place])).values()];
}

function judgeIn({ account, region }: Place, statements: readonly Statement[], where: string): Verdict {
  const answer = couldAnybody({
    who: [principalWho(`arn:aws:iam::${account}:role/made-up-Role`)],
    actions: READS,
    resources: [...IDS.map((id) => `arn:aws:kms:${region}:${account}:key/${id}`), ...coveredBy(statements, { account, region })],
    account,
    identity: 'nothing',
    fresh: LIMITS,
  }, { identity: statements });
  switch (answer.answer) {
    case 'no': return PASS;
    case 'yes': return { kind: 'fail', detail: `${answer.statement ? nameOf(answer.statement) : 'it'} allows ${answer.witness.action} with keys that it does not name`, witness: witnessOf(answer) };
    case 'unknown': return undetermined(`${where}: ${answer.reason}`);
  }
}

/** An administrator's `*`, or everything but another service, is another rule's matter; what is asked here is a policy that speaks of KMS. */
function speaksOfKeys({ effect, actions }: Statement): boolean {
  return effect === 'Deny' || (actions.negated ? actions.items.some((action) => action.startsWith('kms:') || action.includes(HOLE)) : !actions.items.includes('*'));
}
