import { replicaOf, unsure } from './databases';
import { partsOf } from '../policy/coverage';
import { Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

const DATABASES = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'];
const IDENTIFIERS = ['DBInstanceIdentifier', 'DBClusterIdentifier'];

/** The database that a property names, by reference, in an ARN or by its identifier; `undefined` where it is not in the template. */
export function databaseNamed({ owner }: TemplateResource, read: Read): TemplateResource | undefined {
  if (read.kind !== 'value') { return undefined; }
  const { target } = read;
  if (target) { return DATABASES.includes(target.type) ? target : undefined; }
  const name = partsOf(read.text, ':').pop()!;
  const referred = /^\$\{(\w+)\}$/.exec(name)?.[1];
  const found = referred ? owner.resource(referred) : isOfAnotherStack(read.text) ? undefined : withIdentifier(owner.ofType(...DATABASES), name);
  return found && DATABASES.includes(found.type) ? found : undefined;
}

/** An ARN with an account or a Region in so many words names a database that only looks like one of this template. */
const isOfAnotherStack = (arn: string) => /^[a-z0-9-]/.test(regionIn(arn) ?? '');

/** The Region in an ARN; parts such as `${AWS::Partition}` have colons of their own. */
function regionIn(text: string): string | undefined {
  const [arn, , service, region] = partsOf(text, ':');
  return arn === 'arn' && service === 'rds' && region !== '' ? region : undefined;
}

/** RDS keeps identifiers in lower case. */
function withIdentifier(databases: readonly TemplateResource[], name: string): TemplateResource | undefined {
  return databases.find((database) => IDENTIFIERS.some((identifier) => {
    const given = database.get(identifier).literal();
    return given.kind === 'value' && given.text.toLowerCase() === name.toLowerCase();
  }));
}

/** Whether a replica's source is in another Region; unknown where nothing tells the two Regions apart. */
export function sourceIsElsewhere(database: TemplateResource): boolean | Unknown {
  const source = replicaOf(database);
  const region = regionOf(database, source);
  if (region === undefined || region instanceof Unknown) { return region ?? false; }
  const { region: own } = database.owner.surroundings;
  if (region.startsWith('${AWS::Region') || region === own) { return false; }
  // `SourceRegion` is there for another Region only.
  const certain = own !== undefined || database.get('SourceRegion').kind === 'value';
  return unsure(source) ?? (certain || new Unknown(`it is in ${region}, and the Region of the stack is not known`, source.where));
}

/** The Region of the source of a replica, as far as it is written; `undefined` where there is none, or none but the stack's own. */
function regionOf(database: TemplateResource, source: Read): string | Unknown | undefined {
  if (source.kind === 'absent') { return undefined; }
  const said = database.get('SourceRegion');
  if (said.kind !== 'absent') { return said.kind === 'value' ? said.text : said; }
  // A global cluster is of no Region.
  if (source.where === 'GlobalClusterIdentifier') { return undefined; }
  return source.kind === 'value' ? regionIn(source.text) : source;
}
