import { covers, isAllow, isLimited, nameOf, Statement, statementsIn } from '../policy/policy';
import { Check, fail, PASS } from '../rules/rule';
import { notKnown } from '../rules/values';
import { Absent, Present, Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** Every policy document of an IAM resource: the managed one, those that stand in a role, user or group, and those of a SAM function. */
function documentsOf(resource: TemplateResource): Read[] {
  const inline = resource.get('Policies').items().map((policy) => (policy.kind === 'value' ? documentIn(policy) : policy));
  return [resource.get('PolicyDocument'), ...inline].filter(({ kind }) => kind !== 'absent');
}

/** In IAM a policy has a name and a document; in SAM it is the document, the name of a policy, or one of SAM's templates. */
function documentIn(policy: Present): Read {
  const document = policy.get('PolicyDocument');
  return document.kind !== 'absent' ? document : policy.get('Statement').kind === 'absent' ? new Absent(policy.where) : policy;
}

const READS = ['kms:Decrypt', 'kms:ReEncryptFrom'];
const NARROWS = /^(kms:(viaservice|resourcealiases|encryptioncontext.*|calleraccount)|aws:resourcetag\/.*|aws:resourceaccount|aws:requestedregion)$/i;

/** All keys of an account, or of every account. */
function isEveryKey(resource: string): boolean {
  return resource === '*' || /^arn:.*:kms:.*:(key\/)?\*$/.test(resource);
}

function readsWithEveryKey(statement: Statement): boolean {
  return isAllow(statement)
    && READS.some((action) => covers(statement, action))
    && (statement.notResources.length > 0 || statement.resources.some(isEveryKey))
    && !isLimited(statement, NARROWS)
    // An administrator's *:* is another rule's matter; what is asked here is a policy that speaks of KMS.
    && !statement.actions.includes('*') && statement.notActions.length === 0;
}

export const readsWithNamedKeysOnly: Check = (resource) => {
  for (const document of documentsOf(resource)) {
    const statements = statementsIn(document);
    if (statements instanceof Unknown) { return notKnown(statements); }
    const wrong = statements.find(readsWithEveryKey);
    if (wrong) { return fail(`${nameOf(wrong)} is for every key`); }
  }
  return PASS;
};
