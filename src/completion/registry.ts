import { AspectPriority, Aspects, CfnResource, Stage } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { handDownAcknowledgements, recordAcknowledgements, recordWhatIsAcknowledgedAboveStacks } from './acknowledgements';
import { complete, Work } from './complete';
import type { Protection } from './protection';
import { readStage, StageModel } from './read-stage';
import { restoreDefaultPolicy } from './topics';
import { AppPolicies } from '../private/app-policies';
import { EncryptionError, ownerPath } from '../private/errors';
import { addToResourcePolicyOf } from '../private/resource-policy';
import { warn } from '../private/warn';
import type { TemplateResource } from '../template/template';

recordWhatIsAcknowledgedAboveStacks();

/** Runs after every other aspect: they may still add to policies. */
const LAST = 2000;

const COMPLETION = Symbol.for('cdk-encryption-constructs.Completion');

/** What a construct or mixin asks of the finished stacks about a resource that it protects. */
export interface Question {
  /** The resource types that have to be read for the answer, beside the resource's own. */
  readonly types: readonly string[];
  /** What is wrong, if anything is. */
  readonly ask: (resource: TemplateResource, model: StageModel) => EncryptionError | undefined;
  /** Who is told; where nobody is, it is an error. */
  readonly tell?: Tell;
}

/** Takes what is wrong with a resource: an error, or one that is shown as a warning. */
export type Tell = (error: EncryptionError) => void;

/** What is completed in one Stage (or app) when it is synthesized. A Stage is completed by itself: CDK Pipelines synthesizes it early. */
export class Completion {
  public static of(scope: IConstruct): Completion {
    const root: IConstruct & { [COMPLETION]?: Completion } = Stage.isStage(scope) ? scope : Stage.of(scope) ?? scope.node.root;
    return root[COMPLETION] ??= new Completion(root);
  }

  private readonly protections = new Map<CfnResource, Protection>();
  private readonly keys = new Set<CfnResource>();
  private readonly denied = new Map<CfnResource, readonly PolicyStatement[]>();
  private readonly delayed = new Map<string, (resource: CfnResource) => void>();
  private readonly errors: EncryptionError[] = [];
  private readonly atFirst: Array<() => void> = [];
  private readonly beforeFlows: Array<() => void> = [];
  private readonly atLast: Array<() => void> = [];
  private readonly withDefaultPolicy = new Set<CfnResource>();
  private readonly plain = new Map<CfnResource, () => void>();
  private readonly questions = new Map<CfnResource, Question>();
  private isMade = false;
  /** Read once, while nothing but this library and aspects makes policies. */
  private appPolicies?: AppPolicies;

  private constructor(private readonly root: IConstruct) {
    const visit = (node: IConstruct) => { if (isLast(node, root)) { this.run(); } };
    recordAcknowledgements(root);
    const visitFirst = (node: IConstruct) => {
      if (node === root) {
        this.isMade = true;
        this.appPolicies = new AppPolicies(root);
        runAll(this.atFirst);
      }
      this.applyDelayed(node);
    };
    Aspects.of(root).add({ visit: visitFirst }, { priority: AspectPriority.MUTATING });
    Aspects.of(root).add({ visit }, { priority: LAST });
  }

  /** What was said of a resource first holds: it is encrypted once. */
  public protect(protection: Protection): void {
    if (!this.protections.has(protection.resource)) { this.protections.set(protection.resource, protection); }
  }

  /** A resource that the code keeps out of the key: told to `refuse`, unless it is used by somebody who cannot use a key at all. */
  public keepPlain(resource: CfnResource, refuse: () => void): void {
    this.plain.set(resource, refuse);
  }

  /** Tells by a warning that a mixin over a scope could not encrypt one resource, unless something else does. */
  public leave(resource: CfnResource, why: string): void {
    this.atSynth(() => {
      if (!this.protections.has(resource)) { warn(resource, 'LeftAsItWas', `${ownerPath(resource)} is left as it was, not encrypted under the KMS key: it ${why}`); }
    });
  }

  /** A key of this library: whatever a template puts under it gets its flows completed. */
  public own(key: CfnResource): void {
    this.keys.add(key);
  }

  /** What is to be done with the L1 of the construct at a path, when the app is synthesized. */
  public later(path: string, apply: (resource: CfnResource) => void): void {
    this.delayed.set(path, apply);
  }

  /** A topic that had no policy of the app: services of its account publish to it by SNS's default policy. */
  public keepDefaultPolicy(topic: CfnResource): void {
    this.withDefaultPolicy.add(topic);
  }

  /** What is to be done when the code has made everything, and may still make a key: aspects have not come to anything below the root yet. */
  public whenMade(work: () => void): void {
    this.atFirst.push(work);
  }

  /**
   * Adds statements to the policy of a bucket, queue or topic when the code has made everything: its own policy may come later. A policy that cannot be
   * added to is told to `tell`.
   */
  public addToPolicy(resource: CfnResource, statements: PolicyStatement[], tell: Tell): void {
    const add = () => {
      const error = addToResourcePolicyOf(resource, statements, this.policiesOf(resource));
      if (error) { tell(error); }
    };
    if (this.isMade) { add(); } else { this.atFirst.push(add); }
  }

  /** The policies that the app has for a bucket, queue or topic. */
  public policiesOf(resource: CfnResource): readonly CfnResource[] {
    return (this.appPolicies ?? new AppPolicies(this.root)).of(resource);
  }

  /** What is to be done when every resource has its key, and before flows are completed. */
  public whenEncrypted(work: () => void): void {
    this.beforeFlows.push(work);
  }

  /** What is to be done when everything is complete. */
  public atSynth(work: () => void): void {
    this.atLast.push(work);
  }

  /** What is to be asked about a resource when nothing changes any more. */
  public question(resource: CfnResource, question: Question): void {
    this.questions.set(resource, question);
  }

  private work(plain: Work['plain']): Work {
    const given = [...this.protections.values()];
    return { given, keys: this.keys, plain, denied: this.denied, policiesOf: (resource) => this.policiesOf(resource) };
  }

  private askQuestions(): void {
    if (this.questions.size === 0) { return; }
    const types = [...this.questions].flatMap(([{ cfnResourceType }, question]) => [cfnResourceType, ...question.types]);
    const model = readStage(this.root, new Set(types));
    for (const [construct, { ask, tell }] of this.questions) {
      const resource = model.resourceOf(construct);
      const error = resource && ask(resource, model);
      if (error) { (tell ?? ((each) => this.refuse(each)))(error); }
    }
  }

  private applyDelayed(node: IConstruct): void {
    const owner = node.node.scope;
    const apply = CfnResource.isCfnResource(node) && owner?.node.defaultChild === node ? this.delayed.get(owner.node.path) : undefined;
    if (!owner || !apply) { return; }
    this.delayed.delete(owner.node.path);
    apply(node as CfnResource);
  }

  /** An error that is told together with all others, when the app is synthesized. */
  public refuse(error: EncryptionError): void {
    const whole = Completion.of(this.root.node.root);
    whole.errors.push(error);
  }

  private run(): void {
    runAll(this.beforeFlows);
    this.appPolicies = new AppPolicies(this.root);
    const plain = new Map(this.plain);
    this.plain.clear();
    complete(this.root, this.work(plain), (error) => this.refuse(error));
    this.withDefaultPolicy.forEach((topic) => restoreDefaultPolicy(topic, this.policiesOf(topic)));
    this.withDefaultPolicy.clear();
    this.appPolicies = undefined;
    runAll(this.atLast);
    this.askQuestions();
    handDownAcknowledgements(this.root);
    const [first, ...others] = this.errors;
    if (!first) { return; }
    throw others.length === 0 ? first : new EncryptionErrors([first, ...others]);
  }
}

function runAll(works: Array<() => void>): void {
  works.splice(0).forEach((work) => work());
}

/** Several errors as one: each on its line, as it would be alone. */
class EncryptionErrors extends Error {
  constructor(public readonly errors: readonly EncryptionError[]) {
    super([...new Set(errors.map(({ message }) => message))].join('\n'));
    this.name = 'EncryptionErrors';
  }
}

/** Whether a construct is the last that aspects come to below `root`. */
function isLast(node: IConstruct, root: IConstruct): boolean {
  if (node.node.children.some((child) => !Stage.isStage(child))) { return false; }
  for (let current = node; current !== root; current = current.node.scope!) {
    if (!current.node.scope) { return false; }
    const siblings = current.node.scope.node.children.filter((child) => !Stage.isStage(child));
    if (siblings[siblings.length - 1] !== current) { return false; }
  }
  return true;
}
