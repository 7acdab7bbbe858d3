import type { OutputName } from './read';
import { TemplateModel } from './template';
import type { Trusted } from './trusted';
import { asText, isObject, Json, Opaque, own, Reference, section, TRANSFORM } from './values';

/** A template among those that are checked together. */
export interface Member {
  /** The name of its stack, where it is known. */
  readonly stackName?: string;
  readonly account?: string;
  readonly region?: string;
  readonly json: Json;
  /** For a nested stack: the template above it, and the resource there. */
  readonly parent?: { readonly member: Member; readonly logicalId: string };
}

/**
 * Templates that are checked together see each other: what one exports another imports, and a nested stack has from its parent what
 * the parent gives it.
 */
export function link(members: readonly Member[], trusted?: Trusted): Map<Member, TemplateModel> {
  const templates = new Map<Member, TemplateModel>();
  const outputs = new OutputsOf(members, (member) => templates.get(member)!);
  let together: readonly TemplateModel[] | undefined;
  // Parents first: their children read them.
  const visit = (member: Member): TemplateModel => {
    const known = templates.get(member);
    if (known) { return known; }
    const parent = member.parent && visit(member.parent.member);
    const template = new TemplateModel(member.json, {
      outputOf: (name) => outputs.find(name, member),
      parameters: parent && givenBy(parent, member.parent!, section(member.json, 'Parameters')),
      stackName: member.stackName,
      account: member.account ?? parent?.surroundings.account,
      region: member.region ?? parent?.surroundings.region,
      nestedIn: member.parent && { template: parent!, logicalId: member.parent.logicalId },
      trusted,
      together: () => (together ??= [...templates.values()]),
      reads: new Set(members.flatMap(({ parent: above }) => (above?.member === member ? [above.logicalId] : []))),
    });
    templates.set(member, template);
    return template;
  };
  members.forEach(visit);
  return templates;
}

/** What a parent gives a nested stack or a StackSet; what the parent does not know, the nested stack does not know either. */
function givenBy(parent: TemplateModel, { member, logicalId }: NonNullable<Member['parent']>, declared: Json): Json {
  const properties = parent.resolver.value(section(section(member.json, 'Resources'), logicalId).Properties);
  const given = isObject(properties) ? parent.resolver.value(properties.Parameters) : properties;
  const unknown = given instanceof Opaque ? given : [properties, given].some(isTransformed) ? new Opaque('Fn::Transform writes the parameters of the stack', 'transform') : undefined;
  const known = Array.isArray(given) ? keyed(parent, given) : isObject(given) ? Object.entries(given) : [];
  const overridden = isObject(properties) ? overridesIn(parent, properties.StackInstancesGroup) : [];
  return Object.fromEntries([
    ...(unknown ? Object.keys(declared).map((name) => [name, unknown] as const) : []),
    ...known.map(([name, value]) => [name, parent.resolver.value(value)] as const),
    ...overridden.map(([name]) => [name, new Opaque(`instances of ${logicalId} are given other values of ${name}`, 'parameter')] as const),
  ].filter(([, value]) => value !== undefined));
}

const isTransformed = (value: unknown) => isObject(value) && value[TRANSFORM] !== undefined;

/** A StackSet has its parameters as a list. */
function keyed({ resolver }: TemplateModel, list: unknown): Array<[name: string, value: unknown]> {
  const items = resolver.value(list);
  return (Array.isArray(items) ? items : []).map((item) => resolver.value(item)).filter(isObject)
    .map(({ ParameterKey, ParameterValue }) => [asText(ParameterKey), ParameterValue]);
}

function overridesIn(parent: TemplateModel, groups: unknown): Array<[name: string, value: unknown]> {
  const items = parent.resolver.value(groups);
  return (Array.isArray(items) ? items : []).map((item) => parent.resolver.value(item)).filter(isObject)
    .flatMap(({ ParameterOverrides }) => keyed(parent, ParameterOverrides));
}

class OutputsOf {
  private readonly byExport = new Map<string, { member: Member; value: unknown }>();
  private readonly byStack = new Map<string, Member>();

  constructor(private readonly members: readonly Member[], private readonly templateOf: (member: Member) => TemplateModel | undefined) {
    for (const member of members) {
      if (member.stackName) { this.byStack.set(member.stackName, member); }
      for (const output of Object.values(section(member.json, 'Outputs'))) {
        const name = isObject(output) && isObject(output.Export) ? output.Export.Name : undefined;
        if (typeof name === 'string') { this.byExport.set(name, { member, value: (output as Json).Value }); }
      }
    }
  }

  public find({ exportName, stack, nested, output }: OutputName, asker: Member): unknown {
    const found = exportName !== undefined ? this.byExport.get(exportName)
      : outputIn(nested === undefined ? this.byStack.get(stack ?? '') : this.nestedIn(asker, nested), output);
    const value = found && this.templateOf(found.member)?.resolver.value(found.value);
    // A pseudo parameter is another one in each stack: only what refers to a resource, and plain values.
    return value === undefined || isObject(value) || (value instanceof Reference && !value.owner) ? undefined : value;
  }

  /** The template of a nested stack. */
  private nestedIn(above: Member, logicalId: string): Member | undefined {
    return this.members.find(({ parent }) => parent?.member === above && parent.logicalId === logicalId);
  }
}

function outputIn(member: Member | undefined, output: string | undefined): { member: Member; value: unknown } | undefined {
  const found = member && own(section(member.json, 'Outputs'), output ?? '');
  return member && isObject(found) ? { member, value: found.Value } : undefined;
}

