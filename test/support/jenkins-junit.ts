/*
 * What Jenkins' schema allows: https://github.com/junit-team/junit5/blob/main/platform-tests/src/test/resources/jenkins-junit.xsd. No package
 * brings it, so that what it says stands here: attributes (with ! those that must be there), and children in their order.
 */
interface Element {
  readonly attributes: readonly string[];
  /** Each with how often it may come; `undefined` where the content is text. */
  readonly children?: ReadonlyArray<readonly [name: string, most: number]>;
}

const ANY = Number.POSITIVE_INFINITY;
const SCHEMA: Readonly<Record<string, Element>> = {
  'testsuites': { attributes: ['name', 'time', 'tests', 'failures', 'disabled', 'errors'], children: [['testsuite', ANY]] },
  'testsuite': {
    attributes: ['name!', 'tests!', 'failures', 'errors', 'time', 'disabled', 'skipped', 'timestamp', 'hostname', 'id', 'package'],
    children: [['properties', 1], ['testcase', ANY], ['system-out', 1], ['system-err', 1]],
  },
  'testcase': {
    attributes: ['name!', 'assertions', 'time', 'classname', 'status'],
    children: [['skipped', 1], ['error', ANY], ['failure', ANY], ['system-out', ANY], ['system-err', ANY]],
  },
  'error': { attributes: ['type', 'message'] },
  'failure': { attributes: ['type', 'message'] },
  'skipped': { attributes: [] },
  'system-out': { attributes: [] },
  'system-err': { attributes: [] },
};

interface Node {
  readonly name: string;
  readonly attributes: readonly string[];
  readonly children: Node[];
}

/** What is against the schema in a text, one sentence each. */
export function junitProblems(xml: string): string[] {
  const root = parsed(xml);
  return typeof root === 'string' ? [root] : [...(root.name === 'testsuites' ? [] : [`the root is ${root.name}`]), ...problemsOf(root)];
}

function problemsOf({ name, attributes, children }: Node): string[] {
  const element = SCHEMA[name];
  if (!element) { return [`${name} is not known`]; }
  const names = element.attributes.map((each) => each.replace('!', ''));
  const order = (element.children ?? []).map(([child]) => child);
  const places = children.map((child) => order.indexOf(child.name));
  return [
    ...attributes.filter((each) => !names.includes(each)).map((each) => `${name} has the attribute ${each}`),
    ...element.attributes.filter((each) => each.endsWith('!') && !attributes.includes(each.slice(0, -1))).map((each) => `${name} lacks ${each}`),
    ...(places.some((place, index) => place < 0 || place < (places[index - 1] ?? 0)) ? [`${name} has ${children.map((child) => child.name).join(', ')}`] : []),
    ...(element.children ?? []).filter(([child, most]) => children.filter((each) => each.name === child).length > most).map(([child]) => `${name} has too many ${child}`),
    ...children.flatMap(problemsOf),
  ];
}

/** The elements of a text that is XML without anything unusual; else what is wrong with it. */
function parsed(xml: string): Node | string {
  const top: Node = { name: '', attributes: [], children: [] };
  const open = [top];
  let at = 0;
  for (const [token] of xml.matchAll(/<[^>]*>|[^<]+/g)) {
    if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(token) || /&(?!(amp|lt|gt|quot|apos|#\d+);)/.test(token) || token.includes(']]>')) { return `not XML at ${at}: ${token}`; }
    at += token.length;
    const [, end, name, attributes, empty] = /^<(\/?)([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>$/.exec(token) ?? [];
    if (name === undefined) {
      if (token.startsWith('<') && !token.startsWith('<?xml ')) { return `not XML: ${token}`; }
    } else if (end) {
      if (open.pop()!.name !== name) { return `</${name}> closes another element`; }
    } else {
      const node: Node = { name, attributes: [...attributes.matchAll(/ ([\w-]+)=/g)].map(([, each]) => each), children: [] };
      open[open.length - 1].children.push(node);
      if (!empty) { open.push(node); }
    }
  }
  return open.length === 1 && top.children.length === 1 && at === xml.length ? top.children[0] : 'an element is not closed';
}
