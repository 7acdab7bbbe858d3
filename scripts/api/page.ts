import { Assembly, Kind, kindOf, Member, Method, placeOf, Property, sharedMembers, Type } from './assembly';
import { cell, defaultCell, Links, paragraphs, parameterText, shortName, signature } from './text';

const SECTIONS: ReadonlyArray<readonly [Kind, string]> = [
  ['construct', 'Constructs'], ['mixin', 'Mixins'], ['class', 'Classes'], ['options', 'Props and options'], ['enum', 'Enums'],
];

/** The page of one service: its own members and those that override, not what comes from aws-cdk-lib. */
export class Page {
  private readonly links: Links;
  private readonly shared: ReturnType<typeof sharedMembers>;
  private readonly sharedPlaces: Set<string>;

  constructor(private readonly assembly: Assembly, service: string, private readonly title: string, private readonly types: Type[]) {
    this.links = new Links(assembly, service);
    this.shared = sharedMembers(types);
    this.sharedPlaces = new Set([...this.shared.values()].flatMap(({ members }) => members.map(placeOf)));
  }

  public markdown(): string {
    return [
      `# API: ${this.title}`,
      '<!-- Generated from the docstrings by `npx projen api`. Do not edit. -->',
      'Own members and those that override; a class has all members of what it extends, too. [All services](../../API.md).',
      ...SECTIONS.flatMap(([kind, heading]) => this.section(heading, this.types.filter((type) => kindOf(type) === kind))),
      ...this.sharedSection(),
    ].join('\n\n') + '\n';
  }

  private section(heading: string, types: Type[]): string[] {
    return types.length === 0 ? [] : [`## ${heading}`, ...types.flatMap((type) => this.type(type))];
  }

  private type(type: Type): string[] {
    const heading = [`### ${type.name}`, ...paragraphs(type.docs)];
    switch (kindOf(type)) {
      case 'enum': return [...heading, this.table(['value', 'what'], type.members!.map(({ name, docs }) => [`\`${name}\``, cell(docs)]))];
      case 'options': return [...heading, ...this.options(type)];
      default: return [...heading, ...this.classMembers(type)];
    }
  }

  /** A table of the struct's own properties and those of structs of this library that it extends; others by link. */
  private options(type: Type): string[] {
    const own = this.allProperties(type);
    const foreign = this.foreignBases(type);
    return [
      ...(foreign.length === 0 ? [] : [`${own.length === 0 ? 'Every' : 'Also every'} property of ${foreign.map((fqn) => this.links.toType(fqn)).join(' and ')}.`]),
      ...(own.length === 0 ? [] : [this.table(['property', 'type', 'default', 'what'], own.map((property) => [
        `\`${property.name}\``, this.links.toReference(property.type), defaultCell(property), cell(property.docs),
      ]))]),
    ];
  }

  private allProperties(type: Type): Property[] {
    const inherited = (type.interfaces ?? []).flatMap((fqn) => (this.assembly.types[fqn] ? this.allProperties(this.assembly.types[fqn]) : []));
    const own = type.properties ?? [];
    const named = new Set(own.map(({ name }) => name));
    return [...own, ...inherited.filter(({ name }) => !named.has(name))].sort((a, b) => Number(a.optional ?? false) - Number(b.optional ?? false));
  }

  private foreignBases(type: Type): string[] {
    return [...new Set((type.interfaces ?? []).flatMap((fqn) => (this.assembly.types[fqn] ? this.foreignBases(this.assembly.types[fqn]) : [fqn])))];
  }

  private classMembers(type: Type): string[] {
    const above = [
      ...(type.base ? [`Extends ${this.links.toType(type.base)}.`] : []),
      ...(type.interfaces?.length ? [`Implements ${type.interfaces.map((fqn) => this.links.toType(fqn)).join(', ')}.`] : []),
    ];
    const group = [...this.shared.entries()].find(([, { classes }]) => classes.includes(type));
    const properties = this.own(type.properties);
    const methods = this.own(type.methods);
    return [
      ...(above.length === 0 ? [] : [above.join(' ')]),
      ...this.initializer(type),
      ...(properties.length === 0 ? [] : [this.propertyTable(type, properties)]),
      ...methods.flatMap((method) => this.method(method, type)),
      ...(group ? [`And the members that [${group[1].classes.length} classes share](#${anchorOf(group[0])}).`] : []),
    ];
  }

  private initializer({ name, initializer }: Type): string[] {
    if (!initializer) { return []; }
    const parameters = initializer.parameters ?? [];
    const isStruct = (fqn = ''): boolean => this.assembly.types[fqn]?.datatype === true;
    const structs = parameters.filter(({ type: { fqn } }) => isStruct(fqn)).map(({ type: { fqn } }) => this.links.toType(fqn!));
    return [`\`\`\`ts\nnew ${name}(${parameters.map(parameterText).join(', ')})\n\`\`\``, ...structs.map((link) => `With ${link}.`)];
  }

  private own<M extends Member>(members: M[] = []): M[] {
    return members.filter((member) => !this.sharedPlaces.has(placeOf(member)));
  }

  private propertyTable(type: Type | undefined, properties: Property[]): string {
    const owner = (property: Property) => (property.static && type ? `${type.name}.` : '');
    return this.table(['property', 'type', 'what'], properties.map((property) => [
      `${property.protected ? 'protected ' : ''}\`${owner(property)}${property.name}\``,
      this.links.toReference(property.type),
      `${cell(property.docs)}${this.overrides(property)}`.trim(),
    ]));
  }

  private method(method: Method, type?: Type): string[] {
    const documented = (method.parameters ?? []).filter(({ docs }) => docs?.summary);
    return [
      `#### \`${method.protected ? 'protected ' : ''}${method.static && type ? `${type.name}.` : ''}${signature(method)}\``,
      [...paragraphs(method.docs), this.overrides(method).trim()].filter(Boolean).join('\n\n'),
      ...(documented.length === 0 ? [] : [documented.map(({ name, docs }) => `- \`${name}\`: ${cell(docs)}`).join('\n')]),
    ].filter((part) => part !== '');
  }

  private overrides({ overrides }: Member): string {
    return overrides === undefined ? '' : ` Overrides \`${shortName(overrides)}\`.`;
  }

  private sharedSection(): string[] {
    return [...this.shared].flatMap(([names, { members }]) => [
      `## Members of ${names}`,
      ...(members.some(isProperty) ? [this.propertyTable(undefined, members.filter(isProperty))] : []),
      ...members.filter((member) => !isProperty(member)).flatMap((method) => this.method(method as Method)),
    ]);
  }

  private table(head: string[], rows: string[][]): string {
    return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  }
}

const isProperty = (member: Member): member is Property => 'type' in member;
const anchorOf = (names: string) => `members-of-${names.toLowerCase().replace(/,/g, '').replace(/ /g, '-')}`;
