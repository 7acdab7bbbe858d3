import type { Conditions } from './conditions';
import * as intrinsics from './intrinsics';
import { givesAnything } from './outside';
import type { OutputName, Surroundings, Template } from './read';
import { asText, BY_TRANSFORM, isObject, Json, Opaque, own, Reference, section, TRANSFORM, UnknownSource } from './values';

/** More levels of intrinsics than anybody writes. */
const DEEPEST = 100;

/** Dynamic references stand inside of texts, and may name a resource: `{{resolve:secretsmanager:${Secret}}}`. */
const DYNAMIC = /\{\{resolve:(?:\$\{[^}]*\}|\}(?!\})|[^}])*\}\}/;

/** Whether a text has a dynamic reference. Few have one: the pattern is tried on those only. */
const isDynamic = (text: string) => text.includes('{{resolve:') && DYNAMIC.test(text);

/** The intrinsic that an object is: its only key. */
function intrinsicIn(written: Json): string | undefined {
  let only: string | undefined;
  for (const key in written) {
    if (only !== undefined) { return undefined; }
    only = key;
  }
  return only !== undefined && (only === 'Ref' || only === 'Condition' || (only.startsWith('Fn::') && only.length > 4)) ? only : undefined;
}

/** What comes of these is named after what stands in them; a macro may write something else each time. */
const KEEPS_NAMES = /^(Ref|Fn::(GetAtt|If|Join|Sub|Transform))$/;

/** What a nested stack gives the one above it. */
const OUTPUTS = 'Outputs.';

/** Resolves what is written in a template, as far as the template says. */
export class ValueResolver implements intrinsics.Resolver {
  private depth = 0;

  constructor(
    private readonly template: Template,
    public readonly json: Json,
    private readonly conditions: Conditions,
    private readonly surroundings: Surroundings,
  ) {}

  /** A value with its outermost intrinsic resolved: text, number, list, object, `Reference`, `Opaque`, or `undefined` for none. */
  public value(written: unknown): unknown {
    if (typeof written === 'string') { return isDynamic(written) ? dynamic(written) : written; }
    if (!isObject(written)) { return written ?? undefined; }
    const name = intrinsicIn(written);
    if (name === undefined) { return written; }
    if (this.depth > DEEPEST) { return new Opaque('it is nested too deeply'); }
    this.depth++;
    try {
      const value = this.intrinsic(name, written[name], written);
      return value instanceof Opaque && !KEEPS_NAMES.test(name) ? value.named(nameOf(written)) : value;
    } finally {
      this.depth--;
    }
  }

  private intrinsic(name: string, argument: unknown, written: Json): unknown {
    switch (name) {
      case 'Ref': return this.refTo(argument);
      case 'Fn::GetAtt': return this.getAtt(argument);
      case 'Fn::Join': return this.scanned(intrinsics.join(this, argument));
      case 'Fn::Sub': return this.scanned(intrinsics.sub(this, argument));
      case 'Fn::If': return this.either(argument);
      case 'Fn::FindInMap': return intrinsics.findInMap(this, argument);
      case 'Fn::Select': return intrinsics.select(this, argument);
      case 'Fn::Split': return intrinsics.split(this, argument);
      case 'Fn::Length': return intrinsics.length(this, argument);
      case 'Fn::ToJsonString': return intrinsics.toJsonString(this, argument);
      case 'Fn::ImportValue': return this.imported(argument, name);
      case 'Fn::GetStackOutput': return this.stackOutput(argument, name);
      case TRANSFORM: return new Opaque(BY_TRANSFORM, 'transform');
      // The element of a policy, and no intrinsic there.
      case 'Condition': return written;
      default: return known(name, 'function');
    }
  }

  /** A text that was put together may name a secret or a parameter of the store. */
  private scanned(value: unknown): unknown {
    return typeof value === 'string' && isDynamic(value) ? dynamic(value) : value;
  }

  /** With language extensions a name may be put together: `Ref: !Sub "${Stage}Key"`. */
  private refTo(argument: unknown): unknown {
    const name = isObject(argument) ? this.value(argument) : argument;
    return name instanceof Opaque ? name.named(nameOf({ Ref: argument })) : this.ref(asText(name));
  }

  private ref(name: string): unknown {
    if (this.template.resource(name)) { return this.ofResource(name); }
    if (name === 'AWS::NoValue') { return undefined; }
    const given = own(this.surroundings.parameters ?? {}, name);
    if (given instanceof Opaque) { return given.named(`\${${name}}`); }
    const parameter = own(section(this.json, 'Parameters'), name);
    if (isObject(parameter)) { return valueOf(name, parameter, given); }
    if (given !== undefined) { return given; }
    return name.startsWith('AWS::') ? new Reference(name) : new Opaque(`the template has neither a resource nor a parameter ${name}`, 'parameter').named(`\${${name}}`);
  }

  private getAtt(argument: unknown): unknown {
    const parts = Array.isArray(argument) ? argument.map((part) => this.value(part)) : asText(argument).split('.');
    const unknown = parts.find((part): part is Opaque => part instanceof Opaque);
    if (unknown) { return unknown.named(nameOf({ 'Fn::GetAtt': argument })); }
    const [logicalId = '', ...attribute] = parts.map(asText);
    const name = attribute.join('.');
    // Of a nested stack that was read it is what its template says.
    const given = name.startsWith(OUTPUTS) ? this.surroundings.outputOf?.({ nested: logicalId, output: name.slice(OUTPUTS.length) }) : undefined;
    return given instanceof Opaque ? given.named(`\${${logicalId}.${name}}`) : given ?? this.ofResource(logicalId, name);
  }

  /** What a resource of the template gives, or one that a macro or a module makes. */
  private ofResource(logicalId: string, attribute?: string): Reference | Opaque {
    const reference = new Reference(logicalId, attribute, this.template);
    const type = this.template.resource(logicalId)?.type;
    const isAnything = type === undefined ? this.template.makesMore : givesAnything(type, attribute);
    return isAnything ? known(reference.toString(), 'attribute').named(reference.toString()) : reference;
  }

  private either(argument: unknown): unknown {
    const [condition, yes, no] = Array.isArray(argument) ? argument : [];
    const holds = this.conditions.tryHolds(asText(condition));
    if (holds !== undefined) { return this.value(holds ? yes : no); }
    // Where no world can be chosen: both arms, where they come to the same.
    const [a, b] = [this.value(yes), this.value(no)];
    const alike = !(a instanceof Opaque) && !(b instanceof Opaque) && JSON.stringify(a) === JSON.stringify(b);
    return alike ? a : new Opaque(`it depends on the condition ${asText(condition)}`, 'condition');
  }

  private imported(argument: unknown, name: string): unknown {
    const exported = this.value(argument);
    if (exported instanceof Opaque) { return known(name, 'import'); }
    // The CDK names exports by their stack: `orders:ExportsOutputRefKey`.
    const [stack, rest] = asText(exported).split(':');
    return this.output({ exportName: asText(exported) }, name, rest === undefined ? undefined : stack);
  }

  private stackOutput(argument: unknown, name: string): unknown {
    const resolved = this.value(argument);
    const { StackName, OutputName } = isObject(resolved) ? resolved : {};
    const stack = asText(this.value(StackName));
    return this.output({ stack, output: asText(this.value(OutputName)) }, name, stack);
  }

  private output(name: OutputName, intrinsic: string, from?: string): unknown {
    const found = this.surroundings.outputOf?.(name);
    if (found === undefined) { return known(intrinsic, 'import', from); }
    // Where the other template does not know the value, the reason is the one that it has there.
    return found instanceof Opaque ? new Opaque(found.reason, found.source, found.shape, found.dynamicReference, from) : found;
  }
}

function known(name: string, source: UnknownSource, stack?: string): Opaque {
  return new Opaque(`${name} is known only when the stack is deployed`, source, undefined, undefined, stack);
}

/** What is written alike in a template comes to the same value. */
function nameOf(written: Json): string {
  return `\${#${JSON.stringify(written).replace(/[{}]/g, '')}}`;
}

/** `{{resolve:ssm:/orders/key}}`: the reference may stand in the middle of a text. */
function dynamic(text: string): Opaque {
  const [reference] = DYNAMIC.exec(text)!;
  return new Opaque(`${reference} is known only when the stack is deployed`, 'dynamic reference',
    text.replace(new RegExp(DYNAMIC, 'g'), '${?}'), reference, undefined, text);
}

/** What a parameter comes to: what it is given, else its default, where that is a value and not the name of a stored one. */
function valueOf(name: string, { Type, Default }: Json, given: unknown = Default): unknown {
  if (/^AWS::SSM::Parameter::Value/.test(asText(Type))) {
    return new Opaque(`the parameter ${name} is read from the parameter store`, 'dynamic reference').named(`\${${name}}`);
  }
  if (given === undefined) { return new Opaque(`the parameter ${name} has no default`, 'parameter').named(`\${${name}}`); }
  if (/^(CommaDelimitedList|List<)/.test(asText(Type))) { return listOf(given); }
  return typeof given === 'string' && isDynamic(given) ? dynamic(given) : given;
}

function listOf(given: unknown): unknown {
  return Array.isArray(given) ? given : given instanceof Reference ? [given] : asText(given).split(',').map((item) => item.trim());
}
