import { Access, CAPABILITIES, Capability } from './access';
import { allowedFor } from './allowed-for';
import type { Identity } from './identities';
import type { IdentityIndex } from './identity-index';
import { atMost, both, Outcome, outcomeOfRequest } from './outcome';
import type { Data } from './subjects';
import { ask, askAboutStrangers, Guarded, namedPrincipals, namedServices, otherAccounts } from '../policy/asked';
import { OWN_ACCOUNT, shown } from '../policy/physical-names';
import type { Answer } from '../policy/question';
import { nameOf as nameOfStatement } from '../policy/statement';
import { everybodyIn, namedIn, Who } from '../policy/who';
import type { TemplateResource } from '../template/template';

/** A key, or something under it, about which is asked who can do what. */
export interface Subject {
  readonly name: string;
  readonly key: Guarded;
  readonly keyName: string;
  /** What is encrypted, where it is not the key itself that is asked about. */
  readonly data?: Data;
}

/** How a report names a resource of the templates. */
export type NameOf = (resource: TemplateResource) => string;

/** Everybody who has a capability, as far as policies tell. */
export function whoCan(can: Capability, subject: Subject, identities: IdentityIndex, nameOfResource: NameOf): Access[] {
  const { key } = subject;
  const question = new Question(can, subject, nameOfResource);
  const named = namedPrincipals(key).filter(({ arn }) => arn !== undefined && !identities.has(arn));
  return [
    ...identities.concerned(CAPABILITIES[can], key.resources[0], key.statements).flatMap((identity) => question.about(identity)),
    ...named.flatMap((who) => question.aboutPolicyOnly([who], { kind: 'principal', who: shown(who.arn!), arn: who.arn, account: who.account })),
    ...namedServices(key).flatMap((service) => question.aboutPolicyOnly([{ kind: 'service', service, isStranger: false }], { kind: 'service', who: shown(service) })),
    ...[key.account, ...otherAccounts({ ...key, trusted: undefined })].flatMap((account) => question.aboutAccount(account)),
    ...[...namedIn(key.statements, key.account).values.get('aws:principalorgid') ?? []].flatMap((id) => question.aboutOrganization(id)),
    ...question.aboutAnybody(),
  ];
}

type Described = Pick<Access, 'who' | 'kind'> & Partial<Pick<Access, 'arn' | 'account'>>;

class Question {
  private readonly actions: readonly string[];
  /** What requests through the service have; a key is asked about directly. */
  private readonly given: ReadonlyMap<string, readonly string[]>;
  private readonly dataActions: readonly string[];

  constructor(private readonly can: Capability, private readonly subject: Subject, private readonly nameOf: NameOf) {
    this.actions = CAPABILITIES[can];
    const throughService = can === 'decrypt' || can === 'encrypt';
    this.given = throughService && subject.data ? subject.data.given : new Map();
    this.dataActions = !subject.data ? [] : can === 'decrypt' ? subject.data.read : can === 'encrypt' ? subject.data.write : [];
  }

  /** A role or user of the templates, all of whose policies are there. */
  public about(identity: Identity): Access[] {
    const { key, data } = this.subject;
    const ofKey = allowedFor(identity, {
      ...{ actions: this.actions, resource: key.resources[0], account: key.account, policy: key.statements },
      ...{ isKey: true, given: this.given, nameOf: this.nameOf },
    });
    if (!ofKey) { return []; }
    const described = { kind: identity.kind, who: `${this.nameOf(identity.resource)}${identity.suffix ?? ''}`, arn: identity.arn, account: identity.account };
    if (!data || this.dataActions.length === 0) { return [this.access(ofKey, described, identity)]; }
    const ofData = allowedFor(identity, {
      actions: this.dataActions, resource: data.arn, account: data.account, policy: data.policy, isKey: false, given: new Map(), nameOf: this.nameOf,
    });
    return ofData ? [this.access(both(ofKey, ofData), described, identity)] : [];
  }

  /** Somebody whom only the key's policy names. */
  public aboutPolicyOnly(who: readonly Who[], described: Described): Access[] {
    const answer = ask(this.subject.key, who, this.actions, { identity: 'nothing', given: this.given });
    const outcome = outcomeOf(answer, this.given);
    if (!outcome || !this.isAllowedToData(who, described)) { return []; }
    const isOther = described.account !== undefined && described.account !== this.subject.key.account;
    const needs = isOther ? 'policies of its own account must allow it too'
      : described.kind === 'principal' && this.dataActions.length > 0 ? `its own policies must allow ${this.dataActions[0]} too` : undefined;
    return [this.access(needs === undefined ? outcome : atMostConditional(outcome, needs), described)];
  }

  /** Whoever the administrators of an account allow to. */
  public aboutAccount(account: string): Access[] {
    const { key } = this.subject;
    const outcome = outcomeOf(ask(key, everybodyIn(account), this.actions, { identity: 'everything', given: this.given }), this.given);
    if (!outcome || !this.isAllowedToData(everybodyIn(account), { kind: 'account', account })) { return []; }
    const note = account === key.account ? 'whoever else an identity policy of the account allows it' : 'whoever an identity policy of that account allows it';
    return [this.access(atMostConditional(outcome, note), { kind: 'account', who: shown(account), account })];
  }

  /** Services, and whoever is of another account, need the policy of what is encrypted too. */
  private isAllowedToData(who: readonly Who[], { kind, account }: Pick<Access, 'kind' | 'account'>): boolean {
    const { data } = this.subject;
    const isOwn = kind !== 'service' && (account === undefined || account === data?.account);
    if (!data || isOwn || this.dataActions.length === 0) { return true; }
    return ask({ statements: data.policy, account: data.account, resources: [data.arn], actions: this.dataActions }, who, this.dataActions).answer !== 'no';
  }

  public aboutOrganization(id: string): Access[] {
    const given = new Map([...this.given, ['aws:principalorgid', [id]]] as ReadonlyArray<[string, readonly string[]]>);
    const outcome = outcomeOf(askAboutStrangers(this.subject.key, this.actions, { given }), this.given);
    return outcome ? [this.access(atMostConditional(outcome, 'any account of the organization'), { kind: 'organization', who: id })] : [];
  }

  public aboutAnybody(): Access[] {
    const outcome = outcomeOf(askAboutStrangers(this.subject.key, this.actions, { given: this.given }), this.given);
    return outcome ? [this.access(outcome, { kind: 'anybody', who: 'anybody' })] : [];
  }

  private access(outcome: Outcome, { arn, account, ...described }: Described, identity?: Identity): Access {
    const { certainty, by, conditions } = outcome;
    const unseen = identity && identity.unseen.length > 0 ? `it also has ${identity.unseen.join(', ')}, not in the templates` : undefined;
    const note = certainty === 'unknown' ? outcome.note : unseen ?? outcome.note;
    const [via] = this.given.get('kms:viaservice') ?? [];
    const through = outcome.through ?? (via === undefined ? undefined : shown(via));
    return {
      ...{ of: this.subject.name, can: this.can, ...described, by, certainty, conditions },
      ...(account === undefined || account === OWN_ACCOUNT ? {} : { account }),
      ...(arn === undefined ? {} : { arn: shown(arn) }),
      ...(through === undefined ? {} : { through }),
      ...(note === undefined ? {} : { note }),
    };
  }
}

function atMostConditional(outcome: Outcome, note: string): Outcome {
  return { ...outcome, certainty: atMost(outcome.certainty, 'conditional'), note: outcome.note ?? note };
}

/** What an answer comes to; `undefined` for no. */
function outcomeOf(answer: Answer, given: ReadonlyMap<string, readonly string[]>): Outcome | undefined {
  if (answer.answer === 'no') { return undefined; }
  const by = answer.statement ? `key policy: ${nameOfStatement(answer.statement)}` : 'key policy';
  return answer.answer === 'unknown' ? { certainty: 'unknown', by, conditions: [], note: answer.reason } : outcomeOfRequest(answer.witness.context, given, by);
}
