import { BY_INTEREST, defaultPolicy, guardedKey } from './guarded-key';
import { ask, askAboutStrangers, Guarded, namedPrincipals, namedServices, otherAccounts, serviceForAnybody } from '../policy/asked';
import type { Statement } from '../policy/statement';
import { everybodyIn } from '../policy/who';
import { nobodyMay } from '../rules/answers';
import { Check, NOT_APPLICABLE, PASS, undetermined, Verdict } from '../rules/rule';
import { targetOf, worst } from '../rules/values';

/** Region names in ARNs and services: a replica says its own where its primary says its own. */
const REGION = /\b(?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d\b|own-region-0/g;

function withoutRegion(statements: readonly Statement[]): Statement[] {
  return JSON.parse(JSON.stringify(statements).replace(REGION, 'its-region-1'));
}

export const replicaAllowsWhatPrimaryDoes: Check = (replica) => {
  const primary = targetOf(replica.get('PrimaryKeyArn'));
  if (!primary || primary.type !== 'AWS::KMS::Key' || primary.owner === replica.owner) { return NOT_APPLICABLE; }
  const [own, theirs] = [guardedKey(replica), guardedKey(primary)];
  if (!own && !theirs) { return PASS; }
  const { account } = own ?? theirs!;
  const statements = [own, theirs].map((each) => withoutRegion(each?.statements ?? defaultPolicy(account)));
  return worst(difference(statements[0], statements[1], account, ', which its primary does not allow'), difference(statements[1], statements[0], account, ' with its primary, which it does not allow'));
};

function difference(wider: Statement[], narrower: Statement[], account: string, remark: string): Verdict {
  const guarded: Guarded = { statements: wider, isKey: true, account, resources: ['arn:aws:kms:its-region-1:000000000000:key/made-up-Key'], actions: BY_INTEREST };
  const both = { ...guarded, statements: [...wider, ...narrower] };
  const services = namedServices(both).map(serviceForAnybody);
  const who = [...namedPrincipals(both), ...everybodyIn(account), ...otherAccounts(both).flatMap(everybodyIn), ...services];
  const notBy = { resource: narrower, isKey: true };
  // By the key's policy alone, and by what it leaves to the account's policies.
  const answers = (['nothing', 'everything'] as const).flatMap((identity) => [
    ask(guarded, who, BY_INTEREST, { notBy, identity }), askAboutStrangers(guarded, guarded.actions, { notBy, identity }),
  ]);
  const [open] = answers.filter(({ answer }) => answer === 'unknown');
  const found = answers.find(({ answer }) => answer === 'yes');
  return found ? nobodyMay(found, account, remark) : open?.answer === 'unknown' ? undetermined(open.reason) : PASS;
}
