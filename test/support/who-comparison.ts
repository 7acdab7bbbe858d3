import { pick, Random, randomOf } from './mutations';
import { conditionsIn, sentWith } from './policy-comparison';
import { simulate } from './policy-simulation';
import { OWN, PolicyMaker, VALUES } from './random-policies';
import { isKnownDifference } from './symbolic-comparison';
import type { Caller } from '../../src/policy/caller';
import { CONDITION_KEYS } from '../../src/policy/condition-keys';
import { Access, CAPABILITIES, Capability } from '../../src/report/access';
import { EstateAccess } from '../../src/report/estate-access';
import { Template } from '../../src/template/template';

export interface WhoComparison {
  readonly counts: { yes: number; conditional: number; unknown: number; no: number; skipped: number };
  /** Whom the command does not name, and the simulator allows. */
  readonly missed: string[];
  /** Whom the command names for certain, and the simulator denies. */
  readonly wrong: string[];
}

const KEY_ARN = `arn:aws:kms:us-east-1:${OWN}:key/made-up-Key`;
const OWNED = { service: 'kms', on: 'key', arn: KEY_ARN } as const;
const DELEGATES = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWN}:root` }, Action: 'kms:*', Resource: '*' };
const ROLES = { App: `arn:aws:iam::${OWN}:role/app`, Admin: `arn:aws:iam::${OWN}:role/team/admin` };
const ASKED: readonly Capability[] = ['decrypt', 'encrypt', 'manage', 'destroy', 'grant'];

/** Asks of generated apps who can do what with their key, and has iam-simulate judge the answers. */
export async function compareWho(apps: number, contexts: number, seed: number): Promise<WhoComparison> {
  const random = randomOf(seed);
  const compared: WhoComparison = { counts: { yes: 0, conditional: 0, unknown: 0, no: 0, skipped: 0 }, missed: [], wrong: [] };
  for (let index = 0; index < apps; index++) {
    const app = new App(random);
    const estate = new EstateAccess([app.template], ({ logicalId }) => logicalId);
    const can = pick(random, ASKED);
    const answers = estate.who(estate.asked[0], can);
    for (const [name, arn] of Object.entries(ROLES)) {
      const answer = answers.find(({ who }) => who === name);
      compared.counts[answer?.certainty ?? 'no']++;
      if (answer?.certainty === 'yes' || answer?.certainty === 'conditional') {
        const said = await app.isAllowed(arn, can, [contextOf(answer, []), contextOf(answer, [''])]);
        if (said === 'skipped') { compared.counts.skipped++; } else if (said !== 'allowed' && !app.isKnownDifference()) { compared.wrong.push(app.shown({ answer, said })); }
      } else if (!answer) {
        const said = await app.isAllowed(arn, can, Array.from({ length: contexts }, (_, at) => app.context(at === 0)));
        if (said === 'allowed') { compared.missed.push(app.shown({ name, can })); }
      }
    }
  }
  return compared;
}

/** A key with a policy, two roles, and what their own policies say. */
class App {
  public readonly template: Template;
  private readonly keyPolicy: { Statement: unknown[] };
  private readonly identity: Record<string, unknown>;

  constructor(private readonly random: Random) {
    const maker = new PolicyMaker(random, OWNED);
    this.keyPolicy = maker.policy(3) as { Statement: unknown[] };
    if (random() < 0.7) { this.keyPolicy.Statement.push(DELEGATES); }
    this.identity = Object.fromEntries(Object.keys(ROLES).map((name) => [name, maker.identityPolicy()]));
    const role = (name: string, more: object) => ({ Type: 'AWS::IAM::Role', Properties: { ...more, Policies: [{ PolicyName: 'p', PolicyDocument: this.identity[name] }] } });
    this.template = new Template({
      Resources: {
        Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: this.keyPolicy } },
        App: role('App', { RoleName: 'app' }),
        Admin: role('Admin', { RoleName: 'admin', Path: '/team/' }),
      },
    }, { account: OWN, region: 'us-east-1' });
  }

  /** Whether the simulator allows one of the actions in one of the contexts. */
  public async isAllowed(arn: string, can: Capability, contexts: ReadonlyArray<ReadonlyMap<string, readonly string[]>>): Promise<'allowed' | 'denied' | 'skipped'> {
    const caller: Caller = { kind: 'identity', arn };
    const identity = [this.identity[Object.keys(ROLES).find((name) => ROLES[name as keyof typeof ROLES] === arn)!]];
    let skipped = false;
    for (const action of CAPABILITIES[can]) {
      const isSent = await sentWith(action);
      for (const context of contexts) {
        if ([...context.keys()].some((key) => !isSent(key))) { skipped = true; continue; }
        const said = await simulate({ caller, action, resource: KEY_ARN, account: OWN, context }, { resource: this.keyPolicy, identity });
        if (said === 'allowed') { return 'allowed'; }
        skipped ||= typeof said !== 'string';
      }
    }
    return skipped ? 'skipped' : 'denied';
  }

  /** What a caller can choose of what the policies speak of. */
  public context(onlyWhatIsAlways = false): Map<string, string[]> {
    const names = new Set(conditionsIn([this.keyPolicy, ...Object.values(this.identity)]).map(({ key }) => key));
    const context = new Map<string, string[]>();
    for (const name of names) {
      const key = CONDITION_KEYS.find((each) => each.name.toLowerCase() === name.toLowerCase());
      // Only users have a name.
      if (!key || key.name === 'aws:username' || (key.owner !== 'caller' && key.owner !== 'request') || (!key.always && (onlyWhatIsAlways || this.random() < 0.3))) { continue; }
      context.set(name, [pick(this.random, VALUES[key.type])]);
    }
    return context;
  }

  /** Where the simulator differs from AWS's pages: see docs/proof.md. */
  public isKnownDifference(): boolean {
    return isKnownDifference([this.keyPolicy, ...Object.values(this.identity)]);
  }

  public shown(what: object): string {
    return JSON.stringify({ ...what, key: this.keyPolicy, identity: this.identity });
  }
}

/** The request that an answer speaks of; where it shows nothing, no value or an empty one. */
function contextOf({ conditions, through }: Access, nothing: string[]): Map<string, string[]> {
  return new Map([
    ...conditions.map((condition): [string, string[]] => { const [key, values] = condition.split(' = '); return [key, values === '' ? nothing : values.split(', ')]; }),
    ...(through === undefined ? [] : [['kms:viaservice', [through]] as [string, string[]]]),
  ]);
}
