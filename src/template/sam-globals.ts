import { isObject, Json, own } from './values';

const OF_SAM = 'AWS::Serverless::';

/**
 * A resource of SAM with what `Globals` says of its kind: a map is merged, a list comes before the resource's own, and anything else is the resource's.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
export function withGlobals(resource: Json, { Globals }: Json): Json {
  if (!isObject(Globals) || typeof resource.Type !== 'string' || !resource.Type.startsWith(OF_SAM)) { return resource; }
  const global = own(Globals, resource.Type.slice(OF_SAM.length));
  return isObject(global) ? { ...resource, Properties: merged(global, resource.Properties) } : resource;
}

function merged(global: unknown, given: unknown): unknown {
  if (given === undefined) { return global; }
  if (Array.isArray(global) && Array.isArray(given)) { return [...global, ...given]; }
  if (!isObject(global) || !isObject(given) || isIntrinsic(global) || isIntrinsic(given)) { return given; }
  const names = [...new Set([...Object.keys(global), ...Object.keys(given)])];
  return Object.fromEntries(names.map((name) => [name, merged(own(global, name), own(given, name))]));
}

/** `Ref`, `Fn::If`: what they come to is not known yet. */
const isIntrinsic = (value: Json) => Object.keys(value).some((name) => name === 'Ref' || name.startsWith('Fn::'));
