"""Amazon EC2's networks."""
from .handler import Handler, Properties, call


def _tagged(kind, tags):
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": tags}]} if tags else {}


class Vpc(Handler):
    def create(self, context, given):
        properties = Properties(given)
        parameters = {"CidrBlock": properties.take("CidrBlock"), "InstanceTenancy": properties.take("InstanceTenancy", "default")}
        vpc = call(context, "ec2", "create_vpc", {**parameters, **_tagged("vpc", properties.take("Tags", []))})["Vpc"]["VpcId"]
        for attribute in ("EnableDnsSupport", "EnableDnsHostnames"):
            value = properties.take(attribute)
            if value is not None:
                call(context, "ec2", "modify_vpc_attribute", {"VpcId": vpc, attribute: {"Value": value}})
        properties.done()
        return vpc, {"VpcId": vpc, "CidrBlock": given["CidrBlock"]}

    def delete(self, context, vpc, properties):
        call(context, "ec2", "delete_vpc", {"VpcId": vpc})


class Simple(Handler):
    """A resource that one call makes, and one removes."""

    def __init__(self, create, found, delete, parameter, kind=None):
        self._create, self._found, self._delete, self._parameter, self._kind = create, found, delete, parameter, kind

    def create(self, context, given):
        properties = Properties(given)
        tags = _tagged(self._kind, properties.take("Tags", [])) if self._kind else {}
        made = call(context, "ec2", self._create, {**properties.rest(), **tags})
        for part in self._found:
            made = made[part]
        return made, {self._parameter: made}

    def delete(self, context, physical_id, properties):
        call(context, "ec2", self._delete, {self._parameter: physical_id})


class Subnet(Simple):
    def create(self, context, given):
        properties = dict(given)
        public = properties.pop("MapPublicIpOnLaunch", None)
        subnet, attributes = super().create(context, properties)
        if public is not None:
            call(context, "ec2", "modify_subnet_attribute", {"SubnetId": subnet, "MapPublicIpOnLaunch": {"Value": public}})
        return subnet, {**attributes, "AvailabilityZone": given["AvailabilityZone"]}


class Route(Handler):
    def create(self, context, given):
        call(context, "ec2", "create_route", given)
        return context.name(), {}

    def delete(self, context, _, properties):
        call(context, "ec2", "delete_route", {name: properties[name] for name in ("RouteTableId", "DestinationCidrBlock")})


class GatewayAttachment(Handler):
    def create(self, context, given):
        call(context, "ec2", "attach_internet_gateway", given)
        return context.name(), {}

    def delete(self, context, _, properties):
        call(context, "ec2", "detach_internet_gateway", properties)


def _permission(rule):
    rule = dict(rule)
    description = {"Description": rule.pop("Description")} if "Description" in rule else {}
    permission = {name: rule.pop(name) for name in ("IpProtocol", "FromPort", "ToPort") if name in rule}
    if "CidrIp" in rule:
        permission["IpRanges"] = [{"CidrIp": rule.pop("CidrIp"), **description}]
    for name in ("SourceSecurityGroupId", "DestinationSecurityGroupId"):
        if name in rule:
            permission["UserIdGroupPairs"] = [{"GroupId": rule.pop(name), **description}]
    if rule:
        raise NotImplementedError(f"nobody reads {', '.join(rule)} of a rule")
    return permission


class SecurityGroup(Handler):
    replaced_by = ("GroupName", "GroupDescription", "VpcId")

    def create(self, context, given):
        properties = Properties(given)
        group = call(context, "ec2", "create_security_group", {
            "GroupName": properties.take("GroupName") or context.name(255), "Description": properties.take("GroupDescription"),
            "VpcId": properties.take("VpcId"), **_tagged("security-group", properties.take("Tags", []))})["GroupId"]
        outgoing = properties.take("SecurityGroupEgress", [])
        if outgoing:
            everywhere = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
            call(context, "ec2", "revoke_security_group_egress", {"GroupId": group, "IpPermissions": everywhere})
            call(context, "ec2", "authorize_security_group_egress", {"GroupId": group, "IpPermissions": [_permission(rule) for rule in outgoing]})
        incoming = properties.take("SecurityGroupIngress", [])
        if incoming:
            call(context, "ec2", "authorize_security_group_ingress", {"GroupId": group, "IpPermissions": [_permission(rule) for rule in incoming]})
        properties.done()
        return group, {"GroupId": group, "Id": group, "VpcId": given["VpcId"]}

    def delete(self, context, group, properties):
        call(context, "ec2", "delete_security_group", {"GroupId": group})


class SecurityGroupRule(Handler):
    def __init__(self, direction):
        self._direction = direction

    def create(self, context, given):
        self._call(context, "authorize", given)
        return context.name(), {"Id": context.name()}

    def delete(self, context, _, properties):
        self._call(context, "revoke", properties)

    def _call(self, context, verb, given):
        rule = {name: value for name, value in given.items() if name != "GroupId"}
        call(context, "ec2", f"{verb}_security_group_{self._direction}", {"GroupId": given["GroupId"], "IpPermissions": [_permission(rule)]})


class FlowLog(Handler):
    def create(self, context, given):
        properties = Properties(given)
        tags = _tagged("vpc-flow-log", properties.take("Tags", []))
        made = call(context, "ec2", "create_flow_logs", {"ResourceIds": [properties.take("ResourceId")], **properties.rest(), **tags})
        if made.get("Unsuccessful"):
            raise ValueError(f"flow log refused: {made['Unsuccessful']}")
        return made["FlowLogIds"][0], {"Id": made["FlowLogIds"][0]}

    def delete(self, context, flow_log, properties):
        call(context, "ec2", "delete_flow_logs", {"FlowLogIds": [flow_log]})


class Address(Handler):
    """An Elastic IP address, which is referred to by the address and by its id."""

    def create(self, context, given):
        properties = Properties(given)
        made = call(context, "ec2", "allocate_address", {"Domain": properties.take("Domain"), **_tagged("elastic-ip", properties.take("Tags", []))})
        properties.done()
        return made["PublicIp"], {"PublicIp": made["PublicIp"], "AllocationId": made["AllocationId"]}

    def delete(self, context, address, properties):
        call(context, "ec2", "release_address", {"PublicIp": address})


HANDLERS = {
    "AWS::EC2::VPC": Vpc(),
    "AWS::EC2::Subnet": Subnet("create_subnet", ["Subnet", "SubnetId"], "delete_subnet", "SubnetId", "subnet"),
    "AWS::EC2::RouteTable": Simple("create_route_table", ["RouteTable", "RouteTableId"], "delete_route_table", "RouteTableId", "route-table"),
    "AWS::EC2::SubnetRouteTableAssociation": Simple("associate_route_table", ["AssociationId"], "disassociate_route_table", "AssociationId"),
    "AWS::EC2::Route": Route(),
    "AWS::EC2::InternetGateway": Simple(
        "create_internet_gateway", ["InternetGateway", "InternetGatewayId"], "delete_internet_gateway", "InternetGatewayId", "internet-gateway"),
    "AWS::EC2::EIP": Address(),
    "AWS::EC2::NatGateway": Simple("create_nat_gateway", ["NatGateway", "NatGatewayId"], "delete_nat_gateway", "NatGatewayId", "natgateway"),
    "AWS::EC2::VPCGatewayAttachment": GatewayAttachment(),
    "AWS::EC2::SecurityGroup": SecurityGroup(),
    "AWS::EC2::SecurityGroupIngress": SecurityGroupRule("ingress"),
    "AWS::EC2::SecurityGroupEgress": SecurityGroupRule("egress"),
    "AWS::EC2::FlowLog": FlowLog(),
}
