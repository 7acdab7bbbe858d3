import { nobodyMay } from './answers';
import { PASS, Verdict } from './rule';
import { worst, worstOf } from './values';
import {
  acrossAccounts, ask, askAboutStrangers, Guarded, namedByCanonicalId, namedPrincipals, namedServices, otherAccounts, otherSources,
  serviceForStranger,
} from '../policy/asked';
import { HOLE } from '../policy/glob';
import type { Answer, Given } from '../policy/question';
import type { Statement } from '../policy/statement';
import { everybodyIn, namedIn, principalWho, Who } from '../policy/who';
import type { Template } from '../template/template';

/** A limit to an organization, network or service: whoever else is in the account does not meet it. */
const LIMITS = /^(aws:(principalorgid|principalorgpaths|sourcevpc|sourcevpce|sourcevpcarn|sourcearn|sourceaccount)|kms:viaservice)$/;

/** A name that no pattern for certain roles fits. */
const NOBODYS_NAME = 'any-principal';

function ofEach(guarded: Guarded, of: (account: string) => Answer): Verdict {
  return worstOf(otherAccounts(guarded), (account) => nobodyMay(of(account), guarded.account));
}

/** A request from each organization that a policy names and that is not trusted, by its id or by a path in it. */
function fromOrganizations({ statements, account }: Guarded, { surroundings }: Template, whose: 'principal' | 'source'): readonly Given[] {
  const [id, paths] = [`aws:${whose}orgid`, `aws:${whose}orgpaths`];
  if (!statements.some(({ conditions }) => conditions.some(({ key }) => key === id || key === paths))) { return []; }
  return organizationsIn(statements, account, id, paths).filter((given) => !surroundings.trusted?.organizations.includes(given.get(id)![0]));
}

function organizationsIn(statements: readonly Statement[], account: string, id: string, paths: string): Given[] {
  const written = (name: string) => statements.flatMap(({ conditions }) => conditions.flatMap(({ key, values }) => (key === name ? values : [])));
  const known = [...namedIn(statements, account).values.get(id) ?? []].filter((each) => /^o-/i.test(each));
  // One that only the deployment knows is one all the same.
  const ids = [...known, ...(written(id).some((value) => value.includes(HOLE)) ? ['o-any'] : [])].map((each): Given => new Map([[id, [each]]]));
  const ofPaths = [...new Set(written(paths))].flatMap((path): Given[] => {
    const [organization] = /^o-[a-z0-9]+(?=\/)/.exec(path) ?? [];
    return organization === undefined ? [] : [new Map([[id, [organization]], [paths, [path.replace(/\*/g, 'any').replace(/\?/g, 'x')]]])];
  });
  return [...ids, ...ofPaths];
}

/** The organizations that a policy names and that are not trusted: a principal of any of their accounts. */
function ofEachOrganization(guarded: Guarded, template: Template, actions: readonly string[], given?: Given): Verdict {
  return worstOf(fromOrganizations(guarded, template, 'principal'), (each) => nobodyMay(
    askAboutStrangers(guarded, actions, { given: new Map([...given ?? [], ...each]) }), guarded.account));
}

/** Who is named by a canonical user ID, which does not tell whose it is. */
function ofCanonicalIds(guarded: Guarded, who: readonly Who[], actions: readonly string[], options: { readonly given?: Given } = {}): Verdict {
  return who.length === 0 ? PASS : nobodyMay(ask(guarded, who, actions, options), guarded.account);
}

/** Services that act for another account or organization, which the policy names as their source. */
function servicesForOthers(guarded: Guarded, template: Template): Verdict {
  const services = [...namedServices(guarded), ...(guarded.statements.some(isForEverybody) ? [ANY_SERVICE] : [])];
  if (services.length === 0) { return PASS; }
  const may = (who: readonly Who[], options: Parameters<typeof ask>[3]) => nobodyMay(ask(guarded, who, guarded.actions, options), guarded.account);
  return worst(
    PASS,
    ...otherSources(guarded).map((account) => may(services.map((service): Who => ({ kind: 'service', service, account, isStranger: false })), { fresh: SOURCE_ORGANIZATION })),
    ...fromOrganizations(guarded, template, 'source').map((given) => may(services.map(serviceForStranger), { given })),
  );
}

/** Everybody is every service too: a topic of another account sends to a queue whose policy is for `*` with its ARN. */
const isForEverybody = ({ effect, principals }: Statement) => effect !== 'Deny' && principals?.items.some(({ kind }) => kind === 'anybody') === true;
const ANY_SERVICE = 'any-service.amazonaws.com';

const SOURCE_ORGANIZATION = /^aws:sourceorg(id|paths)$/;

/** Who is named exactly and is not ours: worth a look. */
export function othersAreKnown(guarded: Guarded, template: Template): Verdict {
  const actions = acrossAccounts(guarded.actions);
  return worst(
    ofEach(guarded, (account) => ask(guarded, [...namedPrincipals(guarded, account), ...everybodyIn(account)], actions, { fresh: LIMITS })),
    ofEachOrganization(guarded, template, actions),
    ofCanonicalIds(guarded, namedByCanonicalId(guarded), actions),
    servicesForOthers(guarded, template),
  );
}

/** Whether another account gets in by named principals only, and not by whomever its administrators choose. */
export function othersNamePrincipals(guarded: Guarded): Verdict {
  const actions = acrossAccounts(guarded.actions);
  // An origin access identity is one principal; an account is everybody in it.
  const accounts = namedByCanonicalId(guarded).filter(({ canonicalId }) => !canonicalId!.startsWith('arn:'));
  return worst(
    ofEach(guarded, (account) => ask(guarded, ['role', 'user'].map((kind) => principalWho(`arn:aws:iam::${account}:${kind}/${NOBODYS_NAME}`)), actions, { fresh: LIMITS })),
    ofCanonicalIds(guarded, accounts, actions),
  );
}

/** Whether nobody of another account, or of an organization, may do what is more than use. */
export function othersOnlyUse(guarded: Guarded, template: Template, more: readonly string[], given?: Given): Verdict {
  return worst(
    ofEach(guarded, (account) => ask(guarded, [...everybodyIn(account), ...namedPrincipals(guarded, account)], more, { given })),
    ofEachOrganization(guarded, template, more, given),
    ofCanonicalIds(guarded, namedByCanonicalId(guarded), more, { given }),
  );
}
