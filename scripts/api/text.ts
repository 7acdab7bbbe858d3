import { Assembly, Docs, Method, Parameter, serviceOf, Type, TypeReference } from './assembly';

const CDK_REFERENCE = 'https://docs.aws.amazon.com/cdk/api/v2/docs/';

/** `aws-cdk-lib.aws_sqs.Queue` → `sqs.Queue`, as code that imports it has it. */
export const shortName = (fqn: string): string => fqn.replace(/^[^.]+\.(interfaces\.)?/, '').replace(/^aws_/, '');

/** How a type reads in TypeScript. */
export function typeName({ fqn, primitive, collection, union }: TypeReference): string {
  if (collection) {
    const of = typeName(collection.elementtype);
    return collection.kind === 'array' ? `${of}[]` : `Record<string, ${of}>`;
  }
  if (union) { return union.types.map(typeName).join(' | '); }
  if (fqn !== undefined) { return shortName(fqn); }
  return primitive === 'json' ? 'object' : primitive === 'date' ? 'Date' : primitive ?? 'any';
}

/** Names of types as links: to their pages here, or to the reference of the AWS CDK. */
export class Links {
  /** @param page the service whose page has the links; nothing for the index, which stands at the root */
  constructor(private readonly assembly: Assembly, private readonly page?: string) {}

  public toType(fqn: string): string {
    const address = this.addressOf(fqn);
    return address === undefined ? `\`${shortName(fqn)}\`` : `[\`${shortName(fqn)}\`](${address})`;
  }

  public toReference(type: TypeReference): string {
    const fqn = type.fqn ?? type.collection?.elementtype.fqn;
    const address = fqn === undefined ? undefined : this.addressOf(fqn);
    const name = `\`${typeName(type).replace(/\|/g, '\\|')}\``;
    return address === undefined ? name : `[${name}](${address})`;
  }

  private addressOf(fqn: string): string | undefined {
    const own: Type | undefined = this.assembly.types[fqn];
    if (own) { return `${this.pageOf(serviceOf(own))}#${own.name.toLowerCase()}`; }
    return /^(aws-cdk-lib|constructs)\./.test(fqn) ? `${CDK_REFERENCE}${fqn}.html` : undefined;
  }

  private pageOf(service: string): string {
    if (this.page === undefined) { return `docs/api/${service}.md`; }
    return service === this.page ? '' : `${service}.md`;
  }
}

const see = ({ see: address }: Docs): string => (address === undefined ? '' : /^https?:\S+$/.test(address) ? `[See AWS's page](${address}).` : `See ${address}.`);

/** Docs as paragraphs. */
export function paragraphs(docs: Docs = {}): string[] {
  return [
    ...(docs.deprecated === undefined ? [] : [`**Deprecated:** ${docs.deprecated}`]),
    [docs.summary, docs.remarks].filter(Boolean).join(docs.summary?.endsWith(';') ? ' ' : '\n\n'),
    ...(docs.returns === undefined ? [] : [`Returns ${docs.returns}`]),
    ...(docs.example === undefined ? [] : [`\`\`\`ts\n${docs.example}\n\`\`\``]),
    see(docs),
  ].filter((paragraph) => paragraph !== '');
}

/** Docs in a cell of a table: one line. */
export function cell(docs: Docs = {}): string {
  return paragraphs(docs).map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' ')).join(' ').replace(/\|/g, '\\|');
}

/** `@default - a new key` and `@default true`: a sentence, or a value. */
export function defaultCell({ optional, docs }: { optional?: boolean; docs?: Docs }): string {
  if (!optional) { return '**required**'; }
  const text = docs?.default?.replace(/\s*\n\s*/g, ' ').replace(/\|/g, '\\|');
  if (text === undefined) { return ''; }
  return text.startsWith('- ') ? text.slice(2) : `\`${text.replace(/^`|`$/g, '')}\``;
}

export function signature({ name, parameters = [], returns }: Method): string {
  return `${name}(${parameters.map(parameterText).join(', ')}): ${returns ? typeName(returns.type) + (returns.optional ? ' | undefined' : '') : 'void'}`;
}

export function parameterText({ name, type, optional, variadic }: Parameter): string {
  return `${variadic ? '...' : ''}${name}${optional ? '?' : ''}: ${typeName(type)}${variadic ? '[]' : ''}`;
}
