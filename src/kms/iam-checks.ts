import { covers, isAllow, isLimited, nameOf, Statement, statementsIn } from '../policy/policy';
import { Check, fail, PASS, undetermined } from '../rules/rule';
import { Json, Unknown } from '../template/resolved';
import { Template, TemplateResource } from '../template/template';

/** Every policy document of an IAM resource: the managed one, those that stand in a role, user or group, and those of a SAM function. */
function documentsOf(resource: TemplateResource, template: Template): unknown[] {
  return [resource.properties.PolicyDocument, ...template.objects(resource.properties.Policies).map(documentIn)]
    .filter((document) => document !== undefined);
}

/** In IAM a policy has a name and a document; in SAM it is the document. */
function documentIn(policy: Json): unknown {
  return policy.PolicyDocument ?? (policy.Statement === undefined ? undefined : policy);
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

export const readsWithNamedKeysOnly: Check = (resource, template) => {
  for (const document of documentsOf(resource, template)) {
    const statements = statementsIn(template, document);
    if (statements instanceof Unknown) { return undetermined(`PolicyDocument: ${statements.reason}`); }
    const wrong = statements.find(readsWithEveryKey);
    if (wrong) { return fail(`${nameOf(wrong)} is for every key`); }
  }
  return PASS;
};
