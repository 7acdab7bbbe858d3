import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Missing } from './deployer';
import { keyBehindArn, keyUnder } from './key-construct';
import { logGroupArn } from './log-groups';
import { addToIdentityPolicy, addToKeyPolicy, KeyUse } from './policies';
import { deployedLength, IdentityRoom, policyLength } from './policy-size';
import type { Protection } from './protection';
import type { StageModel } from './read-stage';
import { merged, toJsonText, toPolicyStatement, withTokens } from './statements';
import { identitiesAllow, keyPolicyAllows, principalStatement, trustsAccount } from '../flows/allowed';
import { Flow, IdentityParty, nameOf, ServiceParty } from '../flows/flow';
import type { TargetKey } from '../flows/keys';
import { KIND } from '../flows/kind';
import { isDocumented, keyActions, KeyStatement, serviceStatements } from '../flows/needs';
import { ownerPath } from '../private/errors';
import { waitsFor } from '../private/stack-order';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';
import { pasteable } from '../statements/pasteable';
import { KEY_POLICY_LIMIT_BYTES } from '../statements/policy-limits';
import { viaService } from '../statements/via-service';

/** Adds what the flows of one Stage miss, to key policies and to identity policies; tells what cannot be added. */
export class Completing {
  private readonly inKeyPolicies = new Map<CfnResource, KeyStatement[]>();
  private readonly warnedAbout = new Set<string>();
  private readonly room: IdentityRoom;

  constructor(private readonly model: StageModel) {
    this.room = new IdentityRoom(model);
  }

  public completeFlows(protection: Protection, flows: readonly Flow[]): void {
    const key = keyUnder(protection, this.model);
    const construct = key.resource && this.model.constructOf(key.resource);
    for (const flow of flows) {
      // Its own encryption is all that such a writer uses.
      if (flow.upload && flow.declaration.kind === 'bucket' && flow.party.kind === 'identity') { continue; }
      this.completeFlow(flow, protection, key, construct);
    }
  }

  private completeFlow(flow: Flow, protection: Protection, key: TargetKey, construct: CfnResource | undefined): void {
    const { account, region } = flow.target.owner.surroundings;
    const through = viaService(KIND[flow.kind].service, { region });
    switch (flow.party.kind) {
      case 'service': {
        const party = partyOf(flow, flow.party, protection, construct);
        const statements = serviceStatements(party, flow.kind, account ?? '${AWS::AccountId}', region ?? '${AWS::Region}');
        if (!isDocumented(flow.party)) { return this.warnOf(flow, protection, key, statements, 'AWS does not document what it needs. Check in its guide whether it can use a customer-managed key, and add to the key policy'); }
        return this.inKeyPolicy(flow, protection, key, construct, statements);
      }
      case 'principal': {
        const statement = principalStatement(flow.party, keyActions(flow), through);
        if (flow.party.limitedBy !== undefined) { return this.ofEverybody(flow, protection, key, statement); }
        return this.inKeyPolicy(flow, protection, key, construct, [statement]);
      }
      case 'identity': return this.inIdentityPolicy(flow, flow.party, protection, key, through);
      case 'outside': return undefined;
    }
  }

  private inKeyPolicy(
    flow: Flow, protection: Protection, key: TargetKey, construct: CfnResource | undefined, statements: readonly KeyStatement[],
  ): void {
    const policy = key.resource;
    if (!policy || !construct) {
      return this.warnOf(flow, protection, key, statements, 'The policy of this key cannot be changed here (it is imported). Add to the key policy');
    }
    const missing = statements.filter((statement) => !keyPolicyAllows(policy, statement, flow.kind));
    if (missing.length > 0) { this.inKeyPolicies.set(construct, [...(this.inKeyPolicies.get(construct) ?? []), ...missing]); }
  }

  /**
   * Whoever comes through a network: the service calls KMS, from a network of its own. To name everybody in the key policy is not for this library to decide.
   *
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-aws.html#conditions-aws-vpce
   */
  private ofEverybody(flow: Flow, protection: Protection, key: TargetKey, statement: KeyStatement): void {
    if (key.resource && keyPolicyAllows(key.resource, statement, flow.kind)) { return undefined; }
    const { actions, conditions } = statement;
    const via = conditions.StringEquals['kms:ViaService'] as string;
    return this.warnOf(flow, protection, key, [statement], `KMS does not see what limits them. Add ${identityText({ actions, keyArn: protection.keyArn(), viaService: via }, protection.resource)} to the policies of the roles that are meant; or, for everybody of the account who may use ${ownerPath(protection.resource)}, add to the key policy`);
  }

  private inIdentityPolicy(flow: Flow, party: IdentityParty, protection: Protection, key: TargetKey, through: string): void {
    const actions = keyActions(flow);
    if (identitiesAllow(this.model.estate, party, key, actions, { ...flow, viaService: through })) { return undefined; }
    const holder = this.model.constructOf(party.policy);
    const statement = { actions, keyArn: protection.keyArn(), viaService: through };
    const text = identityText(statement, protection.resource);
    const why = whyNot(party, holder, protection.resource) ?? this.room.missing(party.policy, party.holders, text.length);
    if (why || !holder || !addToIdentityPolicy(holder, statement)) {
      return this.warnOf(flow, protection, key, [], `${why ?? 'its policy cannot be changed here'}. Add to its policy`, text);
    }
    this.room.add(party.policy, text.length);
    if (key.resource && !trustsAccount(key.resource)) { this.warnOf(flow, protection, key, [], 'The key policy does not trust the account\'s identities. Add the role to `users` of the key, with', text); }
    return undefined;
  }

  /** Who loses, what is missing, ready to paste. */
  private warnOf(flow: Flow, { resource }: Protection, key: TargetKey, statements: readonly KeyStatement[], what: string, text = statements.map((statement) => toJsonText(statement, resource)).join(',')): void {
    const message = `${whoIs(flow)} cannot ${flow.direction === 'write' ? 'write to' : 'read from'} ${ownerPath(resource)} yet: it is encrypted under the KMS key ${key.resource ? nameOf(key.resource) : key.text ?? 'that is given'}. `
      + `${what}: ${text}. See ${flow.declaration.see}`;
    if (this.warnedAbout.has(message)) { return; }
    this.warnedAbout.add(message);
    if (flow.party.kind === 'identity') { warn(resource, 'RoleWithoutKey', message); } else { warn(resource, 'KeyPolicyNotAdded', message); }
  }

  /** What the role that deploys misses. */
  public inKeyOf({ key, resource, statements, role }: Missing): void {
    if (role !== undefined) {
      this.inKeyPolicies.set(key, [...(this.inKeyPolicies.get(key) ?? []), ...statements]);
      return;
    }
    warn(resource, 'KeyPolicyNotAdded', `CloudFormation cannot make ${ownerPath(resource)} yet: the policy of the KMS key ${ownerPath(key)} does not leave it to the account's policies, and the app does not say which role deploys it. `
      + `Add to the key policy: ${statements.map((statement) => toJsonText(statement, resource)).join(',')}`);
  }

  public write(): void {
    for (const [key, statements] of this.inKeyPolicies) {
      for (const statement of merged(statements)) {
        const total = policyLength(key, 'keyPolicy') + deployedLength(toPolicyStatement(statement, key).toJSON());
        if (total > KEY_POLICY_LIMIT_BYTES) {
          warn(key, 'KeyPolicyNotAdded', `The policy of the KMS key ${key.node.path} would have about ${total} bytes, and KMS takes ${KEY_POLICY_LIMIT_BYTES}: `
            + `put some of what it encrypts under another key, or name an organization instead of its accounts. It lacks: ${toJsonText(statement, key)}`);
        } else if (!addToKeyPolicy(key, statement)) {
          warn(key, 'KeyPolicyNotAdded', `The policy of the KMS key ${key.node.path} cannot be changed here. Add to it: ${toJsonText(statement, key)}`);
        }
      }
    }
  }
}

/** A log group without a name is named by its stack and logical id, as the deployment will have them. */
function partyOf({ kind }: Flow, party: ServiceParty, { resource }: Protection, key: CfnResource | undefined): ServiceParty {
  return kind === 'logGroup' ? { ...party, arn: logGroupArn(resource, key ?? resource) } : party;
}

function whoIs({ party, by }: Flow): string {
  switch (party.kind) {
    case 'service': return `${party.service} (for ${nameOf(by)}${party.account ? `, account ${party.account}` : ''})`;
    case 'identity': return party.holders.length > 0 ? party.holders.map(nameOf).join(', ') : `whoever has the policy ${nameOf(party.policy)}`;
    case 'principal': return party.limitedBy !== undefined ? `Everybody whom ${nameOf(by)} limits by ${party.limitedBy}` : party.arn.replace(/\$\{AWS::Partition\}/, 'aws');
    case 'outside': return party.name;
  }
}

/** Why the key cannot be added to a policy; `undefined` where it can. */
function whyNot(party: IdentityParty, policy: CfnResource | undefined, target: CfnResource): string | undefined {
  if (party.wide) { return 'Its policy names every resource, so nobody can tell for which keys it is meant'; }
  if (!policy) { return 'It is not in these stacks'; }
  const [from, to] = [Stack.of(policy), Stack.of(target)];
  if (differ(from.account, to.account) || differ(from.region, to.region)) { return 'It is in another account or Region than the key'; }
  return from === to || party.byReference || waitsFor(from, to) ? undefined : 'A reference to the key would make the two stacks depend on each other';
}

function differ(a: string, b: string): boolean {
  return knownAtSynth(a) !== knownAtSynth(b);
}

function identityText({ actions, keyArn, viaService: through }: KeyUse, scope: IConstruct): string {
  const made = keyBehindArn(keyArn);
  const key = knownAtSynth(keyArn) ?? `<the ARN of ${made ? ownerPath(made) : 'the key'}>`;
  const condition = { StringEquals: { 'kms:ViaService': withTokens(through) } };
  return pasteable(scope, { Effect: 'Allow', Action: actions, Resource: key, Condition: condition });
}
