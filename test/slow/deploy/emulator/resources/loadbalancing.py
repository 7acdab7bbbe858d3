"""Elastic Load Balancing, and the certificates that it shows."""
from .handler import Handler, Properties, call


class Certificate(Handler):
    """Issued at once: the emulator asks no name server."""

    replaced_by = ("DomainName", "ValidationMethod", "DomainValidationOptions")

    def create(self, context, given):
        properties = Properties(given)
        domain = properties.take("DomainName")
        options = [{"DomainName": option["DomainName"], "ValidationDomain": domain} for option in properties.take("DomainValidationOptions", [])]
        arn = call(context, "acm", "request_certificate", {
            "DomainName": domain, **({"DomainValidationOptions": options} if options else {}), **properties.rest()})["CertificateArn"]
        return arn, {}

    def delete(self, context, arn, properties):
        call(context, "acm", "delete_certificate", {"CertificateArn": arn})


class LoadBalancer(Handler):
    replaced_by = ("Name", "Scheme", "Type")

    def create(self, context, given):
        properties = Properties(given)
        attributes = properties.take("LoadBalancerAttributes", [])
        made = call(context, "elbv2", "create_load_balancer", {"Name": properties.take("Name") or context.name(32), **properties.rest()})["LoadBalancers"][0]
        arn = made["LoadBalancerArn"]
        call(context, "elbv2", "modify_load_balancer_attributes", {"LoadBalancerArn": arn, "Attributes": attributes})
        return arn, {
            "LoadBalancerArn": arn, "DNSName": made["DNSName"], "CanonicalHostedZoneID": made["CanonicalHostedZoneId"],
            "LoadBalancerFullName": arn.split("loadbalancer/")[1], "LoadBalancerName": made["LoadBalancerName"],
        }

    def delete(self, context, arn, properties):
        call(context, "elbv2", "delete_load_balancer", {"LoadBalancerArn": arn})


class Listener(Handler):
    replaced_by = ("LoadBalancerArn",)

    def create(self, context, given):
        properties = Properties(given)
        attributes = properties.take("ListenerAttributes", [])
        arn = call(context, "elbv2", "create_listener", properties.rest())["Listeners"][0]["ListenerArn"]
        self._attributes(context, arn, attributes)
        return arn, {"ListenerArn": arn}

    def update(self, context, arn, old, new):
        properties = Properties(new)
        properties.take("LoadBalancerArn")
        self._attributes(context, arn, properties.take("ListenerAttributes", []))
        call(context, "elbv2", "modify_listener", {"ListenerArn": arn, **properties.rest()})

    def _attributes(self, context, arn, attributes):
        if attributes:
            call(context, "elbv2", "modify_listener_attributes", {"ListenerArn": arn, "Attributes": attributes})

    def delete(self, context, arn, properties):
        call(context, "elbv2", "delete_listener", {"ListenerArn": arn})


class TargetGroup(Handler):
    replaced_by = ("Name", "Port", "Protocol", "VpcId", "TargetType")

    def create(self, context, given):
        properties = Properties(given)
        attributes = properties.take("TargetGroupAttributes", [])
        made = call(context, "elbv2", "create_target_group", {"Name": properties.take("Name") or context.name(32), **properties.rest()})["TargetGroups"][0]
        arn = made["TargetGroupArn"]
        if attributes:
            call(context, "elbv2", "modify_target_group_attributes", {"TargetGroupArn": arn, "Attributes": attributes})
        return arn, {"TargetGroupArn": arn, "TargetGroupFullName": arn.split(":")[-1], "TargetGroupName": made["TargetGroupName"]}

    def delete(self, context, arn, properties):
        call(context, "elbv2", "delete_target_group", {"TargetGroupArn": arn})


HANDLERS = {
    "AWS::CertificateManager::Certificate": Certificate(),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": LoadBalancer(),
    "AWS::ElasticLoadBalancingV2::Listener": Listener(),
    "AWS::ElasticLoadBalancingV2::TargetGroup": TargetGroup(),
}
