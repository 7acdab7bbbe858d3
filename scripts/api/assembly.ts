import { readFileSync } from 'node:fs';

/** What the pages need of a jsii assembly: https://github.com/aws/jsii/blob/main/packages/@jsii/spec/src/assembly.ts */
export interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly see?: string;
  readonly example?: string;
  readonly returns?: string;
  readonly deprecated?: string;
}

export interface TypeReference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
  readonly union?: { readonly types: TypeReference[] };
}

export interface Parameter {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly variadic?: boolean;
  readonly docs?: Docs;
}

export interface Member {
  readonly name: string;
  readonly docs?: Docs;
  readonly static?: boolean;
  readonly protected?: boolean;
  readonly optional?: boolean;
  readonly overrides?: string;
  readonly locationInModule?: { readonly filename: string; readonly line: number };
}

export interface Property extends Member {
  readonly type: TypeReference;
}

export interface Method extends Member {
  readonly parameters?: Parameter[];
  readonly returns?: { readonly type: TypeReference; readonly optional?: boolean };
}

export interface Type {
  readonly name: string;
  readonly fqn: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly base?: string;
  readonly abstract?: boolean;
  readonly interfaces?: string[];
  readonly datatype?: boolean;
  readonly docs?: Docs;
  readonly initializer?: { readonly parameters?: Parameter[] };
  readonly methods?: Method[];
  readonly properties?: Property[];
  readonly members?: Array<{ readonly name: string; readonly docs?: Docs }>;
  readonly locationInModule: { readonly filename: string; readonly line: number };
}

export interface Assembly {
  readonly name: string;
  readonly types: Record<string, Type>;
}

export function loadAssembly(file: string): Assembly {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** `src/kms/mac-key.ts` → `kms`: a service is a folder. */
export const serviceOf = (type: Type): string => type.locationInModule.filename.split('/')[1];

/** The types of each service, in the order of their names. */
export function byService({ types }: Assembly): Map<string, Type[]> {
  const services = new Map<string, Type[]>();
  for (const type of Object.values(types).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    services.set(serviceOf(type), [...(services.get(serviceOf(type)) ?? []), type]);
  }
  return new Map([...services].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export type Kind = 'construct' | 'mixin' | 'class' | 'enum' | 'options';

export function kindOf(type: Type): Kind {
  if (type.kind === 'enum') { return 'enum'; }
  if (type.kind === 'interface') { return 'options'; }
  if (type.base === 'aws-cdk-lib.Mixin') { return 'mixin'; }
  const [scope, id] = type.initializer?.parameters ?? [];
  return scope?.type.fqn === 'constructs.Construct' && id?.name === 'id' ? 'construct' : 'class';
}

/** Members that several classes have from a base class that is not exported: where they stand in the source is the same. */
export function sharedMembers(types: Type[]): Map<string, { members: Member[]; classes: Type[] }> {
  const found = new Map<string, { member: Member; classes: Type[] }>();
  for (const type of types) {
    for (const member of [...(type.methods ?? []), ...(type.properties ?? [])]) {
      const place = placeOf(member);
      found.set(place, { member, classes: [...(found.get(place)?.classes ?? []), type] });
    }
  }
  const groups = new Map<string, { members: Member[]; classes: Type[] }>();
  for (const { member, classes } of found.values()) {
    if (classes.length < 2) { continue; }
    const names = classes.map(({ name }) => name).join(', ');
    groups.set(names, { classes, members: [...(groups.get(names)?.members ?? []), member] });
  }
  return groups;
}

export const placeOf = ({ name, locationInModule }: Member): string => `${locationInModule?.filename}:${locationInModule?.line}:${name}`;
