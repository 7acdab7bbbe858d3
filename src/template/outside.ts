/** Types whose outputs come from a template that is not this one. */
const STACKS = /^AWS::(CloudFormation::Stack|Serverless::Application|ServiceCatalog::CloudFormationProvisionedProduct)$/;

/**
 * Whether what a resource gives may be anything: code of somebody's decides it (a custom resource, a type that is not AWS's), whoever signals
 * a wait condition, another template, or the value of a stored parameter. What AWS gives for its own resources is a name like no other.
 *
 * @param attribute of `Fn::GetAtt`; `undefined` for `Ref`
 */
export function givesAnything(type: string, attribute: string | undefined): boolean {
  if (!type.startsWith('AWS::') || type === 'AWS::CloudFormation::CustomResource') { return true; }
  if (attribute === undefined) { return false; }
  return (STACKS.test(type) && attribute.startsWith('Outputs.'))
    || (type === 'AWS::CloudFormation::WaitCondition' && attribute === 'Data')
    || (type === 'AWS::SSM::Parameter' && attribute === 'Value');
}
