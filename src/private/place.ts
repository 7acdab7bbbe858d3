import {
  CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, StringConcat, Tokenization,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { knownAtSynth } from './tokens';

/** Where something lives, as far as it is known at synth. */
export interface Place {
  readonly region?: string;
  readonly account?: string;
  /** The L1 where this app makes it. */
  readonly resource?: CfnResource;
}

/**
 * Where what an ARN names lives: by the stack of the resource that the ARN refers to, or by the text of the ARN. A part that is a
 * token is left out.
 *
 * @param types resource types whose ARN it can be: the attribute of a parameter or a custom resource says nothing about a place
 */
export function placeOf(arn: string, types: readonly string[]): Place {
  const reference = referenceIn(arn);
  if (!reference) {
    const [, , , region, account] = arn.split(':');
    return { region: knownAtSynth(region) || undefined, account: knownAtSynth(account) || undefined };
  }
  const { target } = reference;
  if (!CfnResource.isCfnResource(target) || !types.includes(target.cfnResourceType)) { return {}; }
  return { region: knownAtSynth(Stack.of(target).region), account: knownAtSynth(Stack.of(target).account), resource: target };
}

/** What a text refers to, where it is nothing but a reference. */
export function referenceIn(text: string): Reference | undefined {
  const parts = Tokenization.reverseString(text);
  return parts.length === 1 && Reference.isReference(parts.firstToken) ? parts.firstToken : undefined;
}

/** Every construct to which a value refers, through lazy values and lists. */
export function referencesIn(scope: IConstruct, value: unknown): Set<IConstruct> {
  const resolver = new ReferenceCollector();
  Tokenization.resolve(value, { scope, resolver, preparing: false });
  return resolver.targets;
}

/** Resolves as the CDK does, and keeps what is referred to. */
class ReferenceCollector extends DefaultTokenResolver {
  public readonly targets = new Set<IConstruct>();

  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token)) { this.targets.add(token.target); }
    return super.resolveToken(token, context, postProcessor);
  }
}
