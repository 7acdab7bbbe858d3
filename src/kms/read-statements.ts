import { CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, StringConcat, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { HOLE } from '../policy/glob';
import { normalize } from '../policy/normal-form';
import { OWN_ACCOUNT, OWN_REGION, Place, shown } from '../policy/physical-names';
import type { Statement } from '../policy/statement';
import { knownAtSynth } from '../private/tokens';

/** Where a construct is, as policies are judged: with stand-ins for what only the deployment knows. */
export function placeIn(scope: IConstruct): Place {
  const { account, region } = Stack.of(scope);
  return { account: knownAtSynth(account) ?? OWN_ACCOUNT, region: knownAtSynth(region) ?? OWN_REGION };
}

/** Statements as the policy engine reads them, before anything is synthesized: what they refer to is not known, and leaves no trace. */
export function readStatements(scope: IConstruct, statements: readonly iam.PolicyStatement[]): Statement[] {
  return normalize({ Statement: statements.map((statement) => read(scope, statement.toJSON())) });
}

/** A part of a policy as an error shows it. */
export function readable(scope: IConstruct, part: unknown): string {
  return shown(JSON.stringify(read(scope, part))).split(HOLE).join('…');
}

function read(scope: IConstruct, json: unknown): unknown {
  return Tokenization.resolve(json, { scope, resolver: new Reader(placeIn(scope)), preparing: false });
}

/** Pseudo parameters are what they stand for; every other reference is unknown. */
class Reader extends DefaultTokenResolver {
  private readonly pseudo: Readonly<Record<string, string>>;

  constructor({ account, region }: Place) {
    super(new StringConcat());
    this.pseudo = { 'AWS::AccountId': account, 'AWS::Region': region, 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com' };
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token) && CfnResource.isCfnResource(token.target)) { return HOLE; }
    return this.text(super.resolveToken(token, context, postProcessor));
  }

  private text(resolved: unknown): unknown {
    if (typeof resolved !== 'object' || resolved === null || Array.isArray(resolved)) { return resolved; }
    const [[name, argument] = ['', undefined], ...others] = Object.entries(resolved);
    if (others.length > 0) { return resolved; }
    return name === 'Ref' ? this.pseudo[argument] ?? HOLE : name.startsWith('Fn::') ? HOLE : resolved;
  }
}
