import type { Change } from './document';
import type { Pair } from './rows';
import { judge } from '../checks/judge';
import { RULES, rulesByType } from '../checks/rule-table';
import type { Guards, Rule, Verdict } from '../rules/rule';

const ABOUT: Readonly<Partial<Record<Guards, Change['about']>>> = { 'at rest': 'at rest', 'in transit': 'in transit', 'key': 'key' };

/** The rules that say how well data is protected; what would be good and is not needed is not among them. */
const rulesOf = rulesByType(RULES.filter(({ guards, severity }) => ABOUT[guards] !== undefined && severity !== 'info'));

const SHOWN: Readonly<Record<Verdict['kind'], string>> = { 'pass': 'passes', 'fail': 'fails', 'undetermined': 'undetermined', 'not applicable': 'does not apply' };

/** What the rules say otherwise than before. */
export function verdictChanges({ old, new: found }: Pair): Change[] {
  return rulesOf(found.type).flatMap((rule) => {
    const [was, is] = [judge(rule, old), judge(rule, found)];
    const protection = protectionOf(was, is);
    if (protection === undefined) { return []; }
    return [{ about: ABOUT[rule.guards]!, property: rule.id, from: SHOWN[was.kind], to: SHOWN[is.kind], protection, note: noteOf(rule, is) }];
  });
}

/** Whether data is protected more or less; `undefined` where nothing is to be said. */
function protectionOf(was: Verdict, is: Verdict): Change['protection'] {
  switch (`${was.kind} → ${is.kind}`) {
    case 'pass → fail': case 'not applicable → fail': return 'less';
    case 'fail → pass': case 'undetermined → pass': return 'more';
    case 'pass → undetermined': case 'fail → undetermined': case 'undetermined → fail': case 'not applicable → undetermined':
    case 'pass → not applicable': return 'unknown';
    default: return undefined;
  }
}

function noteOf({ info }: Rule, verdict: Verdict): string {
  return verdict.kind === 'fail' ? verdict.detail : verdict.kind === 'undetermined' ? verdict.reason : info;
}
