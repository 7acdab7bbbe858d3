import type { DiffInput, DiffInputs } from './document';
import { EstateAccess } from '../report/estate-access';
import type { Template, TemplateResource } from '../template/template';

/** Both sides of a comparison: which resource of one is which of the other, and what a person calls it. */
export class Sides {
  public readonly old: Side;
  public readonly new: Side;
  private readonly inputs = new Map<Template, DiffInput>();
  private readonly names: ReadonlyMap<string, string>;

  constructor(old: DiffInputs, found: DiffInputs) {
    for (const input of [...old.flat(), ...found.flat()]) { this.inputs.set(input.template, input); }
    this.names = namesOf([old, found]);
    const nameOf = (resource: TemplateResource) => this.nameOf(resource);
    this.old = new Side(old, nameOf, (resource) => this.idOf(resource));
    this.new = new Side(found, nameOf, (resource) => this.idOf(resource));
  }

  /** The same for the old and for the new resource. */
  public idOf(resource: TemplateResource): string {
    return idIn(this.inputOf(resource), resource);
  }

  /** The same on both sides, and no other resource has it. */
  public nameOf(resource: TemplateResource): string {
    return this.names.get(this.idOf(resource)) ?? resource.logicalId;
  }

  public inputOf({ owner }: TemplateResource): DiffInput {
    return this.inputs.get(owner)!;
  }
}

const idIn = ({ id }: DiffInput, { logicalId }: TemplateResource) => `${id}\0${logicalId}`;

/** One side: its resources, as far as they are made, and who can do what there. */
export class Side {
  public readonly inputs: readonly DiffInput[];
  public readonly resources: readonly TemplateResource[];
  private readonly byId: ReadonlyMap<string, TemplateResource>;
  private readonly estates = new Map<Template, EstateAccess>();

  constructor(groups: DiffInputs, nameOf: (resource: TemplateResource) => string, idOf: (resource: TemplateResource) => string) {
    this.inputs = groups.flat();
    this.resources = this.inputs.flatMap(({ template }) => template.all().filter((resource) => template.isMade(resource)));
    this.byId = new Map(this.resources.map((resource) => [idOf(resource), resource]));
    for (const group of groups) {
      const estate = new EstateAccess(group.map(({ template }) => template), nameOf);
      group.forEach(({ template }) => this.estates.set(template, estate));
    }
  }

  public resource(id: string): TemplateResource | undefined {
    return this.byId.get(id);
  }

  /** Whether a stack is on this side. */
  public hasStack(id: string): boolean {
    return this.inputs.some((input) => input.id === id);
  }

  public estateOf({ owner }: TemplateResource): EstateAccess {
    return this.estates.get(owner)!;
  }

  public get allEstates(): readonly EstateAccess[] {
    return [...new Set(this.estates.values())];
  }
}

/** One name for each resource of both sides: the construct's path, where one side knows it; with its stack, where a side has two of that name. */
function namesOf(sides: readonly DiffInputs[]): Map<string, string> {
  const names = new Map<string, string>();
  const resourcesOf = (input: DiffInput) => input.template.all().map((resource) => ({ id: idIn(input, resource), input, resource }));
  const all = sides.map((side) => side.flat().flatMap(resourcesOf));
  for (const { id, input, resource } of all.flat()) {
    const name = input.nameOf(resource);
    if ((names.get(id) ?? resource.logicalId) === resource.logicalId || name !== resource.logicalId) { names.set(id, name); }
  }
  for (const side of all) {
    const holders = new Map<string, typeof side>();
    for (const each of side) { holders.set(names.get(each.id)!, [...(holders.get(names.get(each.id)!) ?? []), each]); }
    for (const [name, twins] of holders) {
      if (twins.length > 1) { twins.forEach(({ id, input: { stack, file } }) => names.set(id, `${name} (${stack ?? file})`)); }
    }
  }
  return names;
}
