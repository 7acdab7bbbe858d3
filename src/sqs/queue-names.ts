import { allOf, anyOf, isWhole, partsOf, patternCovers, standingAmong, standingBeside, StandingOf, UNKNOWN } from '../policy/coverage';
import { targetOf } from '../rules/values';
import type { Read } from '../template/read';
import type { Template, TemplateResource } from '../template/template';

/** Where a queue is, as far as that is known, and by what it is named: each name is its name. */
export interface QueueAddress {
  readonly region: string;
  readonly account: string;
  readonly names: readonly string[];
  readonly standing?: StandingOf;
}

/** The address of a queue of the template. */
export function addressOf(queue: TemplateResource): QueueAddress {
  const given = queue.get('QueueName');
  return {
    region: here(queue.owner, '${AWS::Region}'),
    account: here(queue.owner, '${AWS::AccountId}'),
    names: [`\${${queue.logicalId}.QueueName}`, ...(given.kind === 'absent' ? [] : [here(queue.owner, given.symbol)])],
    standing: standingBeside(queue, 'QueueName'),
  };
}

/** The address of a queue from elsewhere, as a resource of the template writes its URL. */
export function addressIn(by: TemplateResource, url: Read): QueueAddress {
  const target = targetOf(url);
  if (target?.type === 'AWS::SQS::Queue') { return addressOf(target); }
  const [, , host, account, name, ...more] = partsOf(here(by.owner, url.symbol), '/');
  const region = /^(?:sqs\.)?([\w-]+|\$\{.*\})\.(?:queue\.)?(?:amazonaws\.com|\$\{AWS::URLSuffix\})/.exec(host ?? '')?.[1];
  const standing = standingAmong(by);
  return name === undefined || more.length > 0 ? { region: UNKNOWN, account: UNKNOWN, names: [UNKNOWN], standing }
    : { region: region ?? UNKNOWN, account, names: [name], standing };
}

/** A text with what is known of where its stack is. */
function here({ surroundings: { region, account } }: Template, text: string): string {
  const placed = region === undefined ? text : text.split('${AWS::Region}').join(region);
  return account === undefined ? placed : placed.split('${AWS::AccountId}').join(account);
}

/** Whether a value is the URL of a queue of the template; `undefined` where only the deployment knows. */
export function isUrlOf(queue: TemplateResource, url: Read): boolean | undefined {
  const known = isOfThisTemplate(queue, url);
  if (known !== undefined) { return known; }
  const { region, account, names, standing } = addressOf(queue);
  const parts = partsOf(here(queue.owner, url.symbol), '/');
  const its = addressIn(queue, url);
  const name = parts[parts.length - 1];
  return isPlaced(anyOf(names.map((own) => patternCovers(name, own, standing))),
    allOf([patternCovers(its.region, region, standing), patternCovers(its.account, account, standing)]));
}

/** Whether a value is the ARN of a queue of the template. */
export function isArnOf(queue: TemplateResource, arn: Read): boolean | undefined {
  return isOfThisTemplate(queue, arn) ?? coversQueue(arn.symbol, queue, addressOf(queue));
}

/** What needs no look at names: references, and what comes from another stack. */
function isOfThisTemplate(queue: TemplateResource, value: Read): boolean | undefined {
  const target = targetOf(value);
  if (target?.type === 'AWS::SQS::Queue') { return target === queue; }
  // A stack does not import what it exports itself.
  const isElsewhere = value.kind === 'absent' || (value.kind === 'unknown' && value.source === 'import') || target !== undefined;
  return isElsewhere ? false : undefined;
}

/** A queue that is named in full is taken to be this one, also where it is not known in which Region and account the stack is. */
function isPlaced(named: boolean | undefined, placed: boolean | undefined): boolean | undefined {
  return named === true && placed === undefined ? true : allOf([named, placed]);
}

/** Whether a resource pattern, which stands in the template of a resource, covers a queue. */
export function coversQueue(pattern: string, queue: TemplateResource, { region, account, names, standing }: QueueAddress): boolean | undefined {
  const { owner, logicalId } = queue;
  if (pattern === `\${${logicalId}.Arn}`) { return true; }
  const arn = here(owner, pattern.replace(/^\$\{(\w+)\.Arn\}$/, 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${$1.QueueName}'));
  const [start, , service = '*', itsRegion = '*', itsAccount = '*', ...rest] = partsOf(arn, ':');
  // A star, or something of which nothing is known.
  if (start !== 'arn') { return patternCovers(arn, `arn:aws:sqs:${region}:${account}:${names[0]}`, standing); }
  const name = rest.length === 0 ? '*' : rest.join(':');
  const placed = allOf([patternCovers(service, 'sqs'), patternCovers(itsRegion, region, standing), patternCovers(itsAccount, account, standing)]);
  const named = anyOf(names.map((own) => patternCovers(name, own, standing)));
  return isWhole(name) ? isPlaced(named, placed) : allOf([named, placed]);
}
