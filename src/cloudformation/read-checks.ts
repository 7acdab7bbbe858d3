import { Check, NOT_APPLICABLE, PASS, undetermined } from '../rules/rule';
import type { TemplateResource } from '../template/template';

/** A template whose transforms or loops make what it does not show. */
function templateIsRead({ owner }: TemplateResource) {
  const [first, ...more] = owner.unread;
  if (first === undefined) { return PASS; }
  const others = more.length > 0 ? `, and ${more.length} more: ${more.map(({ where }) => where).join(', ')}` : '';
  return undetermined(`${first.where} was not read: ${first.reason}${others}`);
}

/** Resources that stand for others: nested stacks, StackSets, modules, resources that a macro writes. */
export const everythingIsRead: Check = (resource) => {
  if (resource === resource.owner.whole) { return templateIsRead(resource); }
  if (resource.owner.reads(resource.logicalId)) { return PASS; }
  switch (resource.type) {
    case 'AWS::CloudFormation::Stack':
      return undetermined(`its template ${resource.get('TemplateURL').shown} was not read: check it together with this one, as in a cloud assembly`);
    case 'AWS::CloudFormation::StackSet':
      return undetermined(`its template was not read: ${resource.get('TemplateURL').kind === 'absent' ? 'TemplateBody is not a template that is written here' : `it is at ${resource.get('TemplateURL').shown}`}`);
    case 'AWS::Serverless::Application':
      return undetermined(`its template ${resource.get('Location').shown} was not read`);
    case 'AWS::ServiceCatalog::CloudFormationProvisionedProduct':
      return undetermined('the template of its product stands in the Service Catalog: it was not read');
    default:
      return resource.type.endsWith('::MODULE') ? undetermined('the resources of a module stand in the registry: they were not read') : NOT_APPLICABLE;
  }
};
