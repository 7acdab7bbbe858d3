import type { ReportedFlow } from './document';
import type { Status } from '../checks/inventory';
import { flowsOf } from '../flows/declarations';
import type { Estate } from '../flows/estate';
import type { Flow, Party } from '../flows/flow';
import type { TemplateResource } from '../template/template';

type NameOf = (resource: TemplateResource) => string;

/** Who writes and reads, for a picture; a role that may use everything of a kind is not drawn to each. */
export function reportedFlows(estate: Estate, nameOf: NameOf, transit: ReadonlyMap<string, Status>): ReportedFlow[] {
  const seen = new Set<string>();
  return flowsOf(estate).flatMap((flow) => partiesOf(flow.party, nameOf).map((from): ReportedFlow => ({
    from, to: nameOf(flow.target), direction: flow.direction, kind: flow.party.kind, inTransit: inTransitOf(flow, transit.get(nameOf(flow.target))),
  }))).filter(({ from, to, direction }) => {
    const key = [from, to, direction].join('\0');
    return !seen.has(key) && seen.add(key);
  });
}

/** AWS services talk to each other over TLS; everybody else as the resource demands it. */
function inTransitOf({ party }: Flow, ofTarget: Status | undefined): Status {
  return party.kind === 'service' ? 'yes' : ofTarget ?? 'unknown';
}

function partiesOf(party: Party, nameOf: NameOf): string[] {
  switch (party.kind) {
    case 'service': return [party.account === undefined ? party.service : `${party.service} of ${party.account}`];
    case 'identity': return party.wide ? [] : party.holders.map(nameOf);
    case 'principal': return [party.arn === '*' ? 'anybody who meets its conditions' : party.arn];
    case 'outside': return [party.name];
  }
}
