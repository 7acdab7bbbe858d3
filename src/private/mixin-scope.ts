import type { IConstruct } from 'constructs';

/**
 * Whether a mixin was applied to one resource, or to a scope of many: `bucket.with(mixin)` or `Mixins.of(stack).apply(mixin)`. The CDK
 * asks the mixin of each construct in the scope whether it supports it, the scope itself first.
 */
export class MixinScope {
  private root?: IConstruct;
  private readonly applied = new Set<IConstruct>();
  private many = false;

  /** To be called by `supports`. */
  public asked(construct: IConstruct): void {
    if (!this.root || !construct.node.scopes.includes(this.root)) { this.root = construct; }
  }

  /** To be called by `applyTo`; the answer may change while the mixin is applied to more. */
  public isOneOfMany(resource: IConstruct): () => boolean {
    this.applied.add(resource);
    const { root } = this;
    const within = root !== undefined && resource.node.scopes.includes(root);
    if (within && root !== resource && !isOwnedBy(root, resource)) { this.many = true; }
    return () => this.many || this.applied.size > 1;
  }
}

/** Whether `owner` is the L2 that stands for an L1. */
function isOwnedBy(owner: IConstruct, resource: IConstruct): boolean {
  return ['Resource', 'Default'].some((id) => owner.node.tryFindChild(id) === resource);
}
