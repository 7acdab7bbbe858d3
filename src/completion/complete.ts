import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { DEPLOYED_TYPES, Missing, missingOfDeployer } from './deployer';
import { limitEventBridge } from './event-sources';
import { tellOfS3ToFifo } from './fifo';
import { keyBehindArn, keyUnder } from './key-construct';
import { logGroupArn } from './log-groups';
import { addToIdentityPolicy, addToKeyPolicy, KeyUse } from './policies';
import { nameByConditionWhatComesLater } from './principals-apart';
import type { Protection } from './protection';
import { readStage, StageModel } from './read-stage';
import { completeReplication } from './replication';
import { roomFor } from './rooms';
import { putLibraryStatementsLast } from './statement-order';
import { merged, toJsonText, withTokens } from './statements';
import { completeTopic } from './topics';
import { identitiesAllow, keyPolicyAllows, principalStatement, trustsAccount } from '../flows/allowed';
import { FLOW_TYPES, flowsOf } from '../flows/declarations';
import { Flow, IdentityParty, nameOf, OutsideParty, ServiceParty } from '../flows/flow';
import { keyOf, TargetKey } from '../flows/keys';
import { KINDS } from '../flows/kind';
import { isDocumented, keyActions, KeyStatement, SERVICE_OF, serviceStatements } from '../flows/needs';
import { acknowledge } from '../private/acknowledge';
import { EncryptionError } from '../private/errors';
import { pasteable } from '../private/pasteable';
import { waitsFor } from '../private/stack-order';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';
import { viaService } from '../statements/via-service';
import type { TemplateResource } from '../template/template';

/** What a Stage asks of completion. */
export interface Work {
  /** What constructs, mixins and injectors protect. */
  readonly given: readonly Protection[];
  /** The keys of this library. */
  readonly keys: ReadonlySet<CfnResource>;
  /** What the code keeps out of the key, and what is to be done about it where it could be under one. */
  readonly plain: ReadonlyMap<CfnResource, () => void>;
}

const READ_TYPES = new Set([...FLOW_TYPES, ...DEPLOYED_TYPES]);

/** Completes the flows of everything that is protected in a Stage. It can run again: what is there already is not added twice. */
export function complete(root: IConstruct, { given, keys, plain }: Work, refuse: (error: EncryptionError) => void): void {
  if (given.length + keys.size + plain.size === 0) { return; }
  nameByConditionWhatComesLater(root);
  const model = readStage(root, READ_TYPES);
  const flows = byTarget(flowsOf(model.estate));
  plain.forEach((refused, resource) => {
    const used = (flows.get(model.resourceOf(resource)!) ?? []).find(isOutside);
    if (used) { acknowledge(resource, { 'Encryption-S3BucketCustomerKey': `It is used by ${whyOutside(used)}.` }); } else { refused(); }
  });
  const protections = [...given, ...underOwnKeys(model, given, keys)];
  const protectedNow = protections.filter((protection) => staysProtected(protection, flowsTo(protection, model, flows), refuse));
  const work = new Completing(model);
  for (const protection of protectedNow) {
    const own = flowsTo(protection, model, flows);
    work.completeFlows(protection, own);
    limitEventBridge(model.resourceOf(protection.resource), model);
    completeReplication(protection, model, (bucket) => protectedNow.find(({ resource }) => model.resourceOf(resource) === bucket)?.keyArn());
    completeTopic(protection, own, model, refuse);
    tellOfS3ToFifo(protection, own, refuse);
    protection.finish?.(roomFor(own, model, protection));
  }
  missingOfDeployer(model, keys).forEach((missing) => work.inKeyOf(missing));
  work.write();
  putLibraryStatementsLast(root);
}

/** What the app itself has put under a key of this library. */
function underOwnKeys(model: StageModel, given: readonly Protection[], keys: ReadonlySet<CfnResource>): Protection[] {
  return KINDS.flatMap((kind) => model.estate.ofKind(kind).flatMap((target) => {
    const resource = model.constructOf(target);
    const key = keyOf(model.estate, target, kind)?.resource;
    const construct = key && model.constructOf(key);
    if (!resource || !construct || !keys.has(construct) || given.some((each) => each.resource === resource)) { return []; }
    return [{ resource, kind, isOneOfMany: () => true, keyArn: () => (construct as unknown as { attrArn: string }).attrArn }];
  }));
}

type FlowsByTarget = ReadonlyMap<TemplateResource, readonly Flow[]>;

function byTarget(flows: readonly Flow[]): FlowsByTarget {
  const found = new Map<TemplateResource, Flow[]>();
  for (const flow of flows) {
    const same = found.get(flow.target);
    if (same) { same.push(flow); } else { found.set(flow.target, [flow]); }
  }
  return found;
}

function flowsTo({ resource }: Protection, model: StageModel, flows: FlowsByTarget): readonly Flow[] {
  const target = model.resourceOf(resource);
  return (target && flows.get(target)) ?? [];
}

type OutsideFlow = Flow & { readonly party: OutsideParty };

const isOutside = (flow: Flow): flow is OutsideFlow => flow.party.kind === 'outside';

function whyOutside({ party, by }: OutsideFlow): string {
  return `${party.name} (${nameOf(by)}): ${party.reason}`;
}

/** What cannot be under a customer-managed key is left as it was, or refused where it was meant by itself. */
function staysProtected(protection: Protection, flows: readonly Flow[], refuse: (error: EncryptionError) => void): boolean {
  const flow = flows.find(isOutside);
  if (!flow || protection.kind !== 'bucket' || !protection.undo) { return true; }
  const path = protection.resource.node.path.replace(/\/Resource$/, '');
  const why = whyOutside(flow);
  if (!protection.isOneOfMany()) {
    refuse(new EncryptionError(path, 'CannotBeUnderKey', `cannot be encrypted under a KMS key, because it is used by ${why}. Use another bucket for it, or encrypt this one with S3's own keys. See ${flow.declaration.see}`));
    return false;
  }
  protection.undo(/Logs$/.test(flow.declaration.id));
  warn(protection.resource, 'LeftAsItWas', `${path} is left as it was, not encrypted under the KMS key, because it is used by ${why}. See ${flow.declaration.see}`);
  acknowledge(protection.resource, { 'Encryption-S3BucketCustomerKey': `It is used by ${why}.` });
  return false;
}

class Completing {
  private readonly inKeyPolicies = new Map<CfnResource, KeyStatement[]>();
  private readonly warnedAbout = new Set<string>();

  constructor(private readonly model: StageModel) {}

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
    const through = viaService(SERVICE_OF[flow.kind], { region });
    switch (flow.party.kind) {
      case 'service': {
        const statements = serviceStatements(partyOf(flow, flow.party, protection, construct), flow.kind, account ?? '${AWS::AccountId}', region ?? '${AWS::Region}');
        if (!isDocumented(flow.party)) { return this.warnOf(flow, protection, key, statements, 'AWS does not document what it needs. Check in its guide whether it can use a customer-managed key, and add to the key policy'); }
        return this.inKeyPolicy(flow, protection, key, construct, statements);
      }
      case 'principal': return this.inKeyPolicy(flow, protection, key, construct, [principalStatement(flow.party, keyActions(flow.direction), through)]);
      case 'identity': return this.inIdentityPolicy(flow, flow.party, protection, key, through);
      case 'outside': return undefined;
    }
  }

  private inKeyPolicy(flow: Flow, protection: Protection, key: TargetKey, construct: CfnResource | undefined, statements: readonly KeyStatement[]): void {
    const policy = key.resource;
    if (!policy || !construct) { return this.warnOf(flow, protection, key, statements, 'The policy of this key cannot be changed here (it is imported). Add to the key policy'); }
    const missing = statements.filter((statement) => !keyPolicyAllows(policy, statement, flow.kind));
    if (missing.length > 0) { this.inKeyPolicies.set(construct, [...(this.inKeyPolicies.get(construct) ?? []), ...missing]); }
  }

  private inIdentityPolicy(flow: Flow, party: IdentityParty, protection: Protection, key: TargetKey, through: string): void {
    const actions = keyActions(flow.direction);
    if (identitiesAllow(this.model.estate, party, key, actions, through)) { return undefined; }
    const holder = this.model.constructOf(party.policy);
    const statement = { actions, keyArn: protection.keyArn(), viaService: through };
    const why = whyNot(party, holder, protection.resource);
    if (why || !holder || !addToIdentityPolicy(holder, statement)) {
      return this.warnOf(flow, protection, key, [], `${why ?? 'its policy cannot be changed here'}. Add to its policy`, identityText(statement, protection.resource));
    }
    if (key.resource && !trustsAccount(key.resource)) { this.warnOf(flow, protection, key, [], 'The key policy does not trust the account\'s identities. Add the role to `users` of the key, with', identityText(statement, protection.resource)); }
    return undefined;
  }

  /** Who loses, what is missing, ready to paste. */
  private warnOf(flow: Flow, { resource }: Protection, key: TargetKey, statements: readonly KeyStatement[], what: string, text = statements.map((statement) => toJsonText(statement, resource)).join(',')): void {
    const path = resource.node.path.replace(/\/Resource$/, '');
    const message = `${whoIs(flow)} cannot ${flow.direction === 'write' ? 'write to' : 'read from'} ${path} yet: it is encrypted under the KMS key ${key.resource ? nameOf(key.resource) : key.text ?? 'that is given'}. `
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
    const [made, name] = [resource, key].map(({ node }) => node.path.replace(/\/Resource$/, ''));
    warn(resource, 'KeyPolicyNotAdded', `CloudFormation cannot make ${made} yet: the policy of the KMS key ${name} does not leave it to the account's policies, and the app does not say which role deploys it. `
      + `Add to the key policy: ${statements.map((statement) => toJsonText(statement, resource)).join(',')}`);
  }

  public write(): void {
    for (const [key, statements] of this.inKeyPolicies) {
      for (const statement of merged(statements)) {
        if (!addToKeyPolicy(key, statement)) {
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
    case 'principal': return party.arn.replace(/\$\{AWS::Partition\}/, 'aws');
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
  const key = knownAtSynth(keyArn) ?? `<the ARN of ${keyBehindArn(keyArn)?.node.path.replace(/\/Resource$/, '') ?? 'the key'}>`;
  const condition = { StringEquals: { 'kms:ViaService': withTokens(through) } };
  return pasteable(scope, { Effect: 'Allow', Action: actions, Resource: key, Condition: condition });
}
