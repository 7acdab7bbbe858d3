import { Json, isObject, Reference, Unknown } from './resolved';
import { Template, TemplateResource } from './template';

/** A template among those that are checked together. */
export interface Member {
  /** The name of its stack, where it is known. */
  readonly stackName?: string;
  readonly json: Json;
  /** For a nested stack: the template above it, and the resource there. */
  readonly parent?: { readonly member: Member; readonly logicalId: string };
}

/**
 * Templates that are checked together see each other: what one exports another imports, and a nested stack has from its parent what
 * the parent gives it.
 */
export function link(members: readonly Member[]): Map<Member, Template> {
  const templates = new Map<Member, Template>();
  const outputs = new OutputsOf(members, (member) => templates.get(member)!);
  // Parents first: their children read them.
  const visit = (member: Member): Template => {
    const known = templates.get(member);
    if (known) { return known; }
    const parent = member.parent && visit(member.parent.member);
    const template = new Template(member.json, {
      outputOf: (name) => outputs.find(name),
      parameters: parent && givenBy(parent, member.parent!.logicalId),
    });
    templates.set(member, template);
    return template;
  };
  members.forEach(visit);
  return templates;
}

/** What a parent gives a nested stack, as far as the parent knows it. */
function givenBy(parent: Template, logicalId: string): Json {
  const nested: TemplateResource | undefined = parent.resource(logicalId);
  const parameters = nested ? parent.object(nested.properties.Parameters) : {};
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, parent.value(value)])
    .filter(([, value]) => value !== undefined && !(value instanceof Unknown)));
}

class OutputsOf {
  private readonly byExport = new Map<string, { member: Member; value: unknown }>();
  private readonly byStack = new Map<string, Member>();

  constructor(members: readonly Member[], private readonly templateOf: (member: Member) => Template) {
    for (const member of members) {
      if (member.stackName) { this.byStack.set(member.stackName, member); }
      for (const output of Object.values(isObject(member.json.Outputs) ? member.json.Outputs : {})) {
        const name = isObject(output) && isObject(output.Export) ? output.Export.Name : undefined;
        if (typeof name === 'string') { this.byExport.set(name, { member, value: (output as Json).Value }); }
      }
    }
  }

  public find({ exportName, stack, output }: { readonly exportName?: string; readonly stack?: string; readonly output?: string }): unknown {
    const found = exportName === undefined ? this.outputOf(stack, output) : this.byExport.get(exportName);
    const template = found && this.templateOf(found.member);
    const value = template?.value(found!.value);
    // Only what refers to a resource: the rest is a name, which says no more than the import does.
    return value instanceof Reference && value.owner ? value : undefined;
  }

  private outputOf(stack: string | undefined, output: string | undefined): { member: Member; value: unknown } | undefined {
    const member = this.byStack.get(stack ?? '');
    const outputs = member && isObject(member.json.Outputs) ? member.json.Outputs : {};
    const found = outputs[output ?? ''];
    return member && isObject(found) ? { member, value: found.Value } : undefined;
  }
}
