import { TemplateModel, TemplateResource } from '../../src/template/template';
import { isObject, Json, Opaque, Reference } from '../../src/template/values';

/** What AWS takes where a template says nothing, for what the other tools ask. */
const DEFAULTS: Record<string, (properties: Json) => Json> = {
  'AWS::KMS::Key': (properties) => ({ KeySpec: 'SYMMETRIC_DEFAULT', ...properties }),
  'AWS::S3::Bucket': (properties) => ({ OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }, ...properties }),
  'AWS::SQS::Queue': (properties) => ({ ...(properties.KmsMasterKeyId === undefined && { SqsManagedSseEnabled: true }), ...properties }),
  'AWS::RDS::DBCluster': (properties) => ({ PubliclyAccessible: false, ...properties }),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (properties) => ({ Type: 'application', LoadBalancerAttributes: [], ...properties }),
  'AWS::ElasticLoadBalancingV2::Listener': (properties) => ({ ...(String(properties.Port) === '80' && { Protocol: 'HTTP' }), ...properties }),
};

/** A template as a tool can read it that knows neither intrinsics nor CloudFormation's spellings of true; `defaults` writes AWS's own out. */
export function canonical(json: Json, defaults: boolean): Json {
  const template = new TemplateModel(json);
  const resources = template.all().map((resource) => [resource.logicalId, rewritten(resource, template, json, defaults)]);
  return { AWSTemplateFormatVersion: '2010-09-09', Parameters: json.Parameters, Conditions: json.Conditions, Resources: Object.fromEntries(resources) };
}

function rewritten(resource: TemplateResource, template: TemplateModel, json: Json, defaults: boolean): Json {
  const { Properties, ...more } = (json.Resources as Json)[resource.logicalId] as Json;
  const properties = plain(template, isObject(Properties) ? Properties : {}) as Json;
  if (Properties === undefined && !defaults) { return more; }
  return { ...more, Properties: defaults ? DEFAULTS[resource.type]?.(properties) ?? properties : properties };
}

/** Names below which text stays text. */
const TEXTS = /^(Value|Parameters|Condition|StatusCode|Port)$/;

function plain(template: TemplateModel, written: unknown, textOnly = false): unknown {
  const value = template.resolver.value(written);
  if (value instanceof Reference || value instanceof Opaque) { return written; }
  if (Array.isArray(value)) { return value.map((item) => plain(template, item, textOnly)).filter((item) => item !== undefined); }
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, inner]) => [key, plain(template, inner, textOnly || TEXTS.test(key))]);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
  }
  if (!textOnly && (value === 'true' || value === 'false')) { return value === 'true'; }
  return textOnly && typeof value === 'boolean' ? String(value) : value;
}
