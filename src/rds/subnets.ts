import { someOf, targetOf } from '../rules/values';
import type { TemplateResource } from '../template/template';

/** Whether no subnet of a group has a route to the internet, as far as the template makes them; false where that is not certain. */
export function isPrivateGroup(group: TemplateResource | undefined): boolean {
  if (group?.type !== 'AWS::RDS::DBSubnetGroup') { return false; }
  const subnets = group.get('SubnetIds').items();
  return subnets.length > 0 && subnets.every((subnet) => {
    const target = targetOf(subnet);
    return target?.type === 'AWS::EC2::Subnet' && isPrivateSubnet(target);
  });
}

function isPrivateSubnet(subnet: TemplateResource): boolean {
  const { owner } = subnet;
  const associations = owner.ofType('AWS::EC2::SubnetRouteTableAssociation');
  const own = associations.filter((association) => targetOf(association.get('SubnetId')) === subnet);
  // Without one it has its VPC's main table, of which a template does not say the routes.
  return own.length > 0 && own.every((association) => {
    const table = targetOf(association.get('RouteTableId'));
    return table !== undefined && leadsNowhereOutside(table);
  });
}

/** A route to a NAT gateway is one-way: nobody comes in by it. */
function leadsNowhereOutside(table: TemplateResource): boolean {
  const routes = table.owner.ofType('AWS::EC2::Route').filter((route) => targetOf(route.get('RouteTableId')) === table);
  return someOf(routes.map((route) => route.get('GatewayId')), () => true) === false;
}
