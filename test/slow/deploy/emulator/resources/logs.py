"""Amazon CloudWatch Logs."""
from .handler import Handler, Properties, call, usable_key


class LogGroup(Handler):
    replaced_by = ("LogGroupName",)

    def create(self, context, given):
        properties = Properties(given)
        name = properties.take("LogGroupName") or context.name(512)
        key, days = properties.take("KmsKeyId"), properties.take("RetentionInDays")
        tags = {tag["Key"]: tag["Value"] for tag in properties.take("Tags", [])}
        properties.done()
        call(context, "logs", "create_log_group", {
            "logGroupName": name, **({"kmsKeyId": usable_key(context, key)} if key else {}), **({"tags": tags} if tags else {})})
        if days:
            call(context, "logs", "put_retention_policy", {"logGroupName": name, "retentionInDays": days})
        return name, {"Arn": f"arn:aws:logs:{context.region}:{context.account}:log-group:{name}:*"}

    def delete(self, context, name, properties):
        call(context, "logs", "delete_log_group", {"logGroupName": name})


class ResourcePolicy(Handler):
    replaced_by = ("PolicyName",)

    def create(self, context, given):
        call(context, "logs", "put_resource_policy", {"policyName": given["PolicyName"], "policyDocument": given["PolicyDocument"]})
        return given["PolicyName"], {}

    def delete(self, context, name, properties):
        call(context, "logs", "delete_resource_policy", {"policyName": name})


class MetricFilter(Handler):
    replaced_by = ("FilterName", "LogGroupName")

    def create(self, context, given):
        properties = Properties(given)
        name = properties.take("FilterName") or context.name(512)
        transformations = [{key[0].lower() + key[1:]: value for key, value in one.items()} for one in properties.take("MetricTransformations")]
        call(context, "logs", "put_metric_filter", {
            "filterName": name, "logGroupName": properties.take("LogGroupName"), "filterPattern": properties.take("FilterPattern"),
            "metricTransformations": transformations})
        properties.done()
        return name, {}

    def delete(self, context, name, properties):
        call(context, "logs", "delete_metric_filter", {"filterName": name, "logGroupName": properties["LogGroupName"]})


HANDLERS = {"AWS::Logs::LogGroup": LogGroup(), "AWS::Logs::ResourcePolicy": ResourcePolicy(), "AWS::Logs::MetricFilter": MetricFilter()}
