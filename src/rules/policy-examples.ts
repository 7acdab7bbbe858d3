import type { Examples } from './rule';

/** A template around one statement of a policy, as the examples of a service's rules write it. */
export interface PolicyOfExamples {
  /** The text before the statement, with the indentation of the statement at its end; without a `Parameters` section. */
  readonly before: string;
  /** What others may do. */
  readonly use: string;
  /** An action that changes, deletes or shares. */
  readonly destroys: string;
  /** What the statements are about. */
  readonly resource: string;
}

const READER = '{AWS: arn:aws:iam::444455556666:role/reader}';
const OTHER_ACCOUNT = '{AWS: arn:aws:iam::444455556666:root}';
const OWN_ACCOUNT = '{AWS: !Ref AWS::AccountId}';
const CANONICAL_USER = '{CanonicalUser: 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be}';
const EVERYBODY = "'*'";
const ORGANIZATION = '{StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}';

/** The examples that the rules about policies of several services have in common. */
export class PolicyExamples {
  constructor(private readonly policy: PolicyOfExamples) {}

  /** All actions of the service. */
  private get everything(): string {
    return `${this.policy.use.split(':')[0]}:*`;
  }

  /** A template whose policy has one statement that allows something. */
  public allowing(principal: string, action: string = this.policy.use, condition?: string, element: 'Action' | 'NotAction' = 'Action'): string {
    const { before, resource } = this.policy;
    return `${before}- {Effect: Allow, Principal: ${principal}, ${element}: ${action}, Resource: ${resource}${condition === undefined ? '' : `, Condition: ${condition}`}}`;
  }

  public notPublic(): Examples {
    return {
      wrong: {
        'everybody': this.allowing(EVERYBODY),
        'everybody with a tag of their own': this.allowing(EVERYBODY, undefined, '{StringEquals: {aws:PrincipalTag/team: orders}}'),
      },
      right: { 'everybody of an organization': this.allowing(EVERYBODY, undefined, ORGANIZATION), 'the own account': this.allowing(OWN_ACCOUNT) },
      undetermined: { 'a principal by parameter': `\n        Parameters:\n          Who: {Type: String}${this.allowing('{AWS: !Ref Who}')}` },
    };
  }

  public otherAccount(): Examples {
    return {
      wrong: {
        'a role of another account': this.allowing(READER),
        'an organization': this.allowing(EVERYBODY, undefined, ORGANIZATION),
        'an account by its canonical user ID': this.allowing(CANONICAL_USER),
        'a service, for a source of another account': this.allowing('{Service: sns.amazonaws.com}', undefined, "{StringEquals: {aws:SourceAccount: '444455556666'}}"),
      },
      right: { 'the own account': this.allowing(OWN_ACCOUNT) },
    };
  }

  public otherAccountNamesPrincipals(): Examples {
    return {
      wrong: {
        'the whole account': this.allowing(OTHER_ACCOUNT),
        'an account by its canonical user ID': this.allowing(CANONICAL_USER),
        'any role of the account': this.allowing(EVERYBODY, undefined, "{ArnLike: {aws:PrincipalArn: 'arn:aws:iam::444455556666:role/*'}}"),
      },
      right: {
        'one role': this.allowing(READER),
        'the account, and of it one role': this.allowing(OTHER_ACCOUNT, undefined, '{ArnEquals: {aws:PrincipalArn: arn:aws:iam::444455556666:role/reader}}'),
      },
    };
  }

  public otherAccountUsesOnly(): Examples {
    return {
      wrong: { 'everything': this.allowing(READER, this.everything), 'one action that destroys': this.allowing(OTHER_ACCOUNT, `[${this.policy.use}, ${this.policy.destroys}]`) },
      right: { 'use': this.allowing(READER), 'everything for the own account': this.allowing(OWN_ACCOUNT, this.everything) },
    };
  }

  /** @param ownOnly an action that works for principals of the own account only */
  public otherAccountHasEffect(ownOnly: string): Examples {
    return {
      wrong: {
        'an action for the own account only': this.allowing(READER, `[${this.policy.use}, ${ownOnly}]`),
        'who signs in at a provider': this.allowing('{Federated: cognito-identity.amazonaws.com}'),
        'all roles of an account': this.allowing("{AWS: 'arn:aws:iam::111122223333:role/*'}"),
        'a kind of principal that AWS does not have': this.allowing('{Role: reader}'),
      },
      right: {
        'use': this.allowing(READER),
        'the own account': this.allowing(OWN_ACCOUNT, ownOnly),
        'everything, of which a part works': this.allowing(READER, this.everything),
      },
    };
  }

  /** What is more than use, without a list of what it is. */
  public everythingButUseForAnOrganization(): Examples['wrong'] {
    return { 'everything but a few, for an organization': this.allowing(EVERYBODY, undefined, ORGANIZATION, 'NotAction') };
  }

  /** @param service one that acts for others' resources */
  public serviceSource(service: string, action?: string): Examples {
    const principal = `{Service: ${service}}`;
    return {
      wrong: { 'for anybody': this.allowing(principal, action) },
      right: { 'for the own account': this.allowing(principal, action, '{StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}') },
    };
  }
}
