"""Amazon DynamoDB. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html"""
from .handler import Handler, Properties, call, usable_key


class GlobalTable(Handler):
    """A table with its own Region for its only replica: others need DynamoDB's replication."""

    replaced_by = ("TableName", "KeySchema", "LocalSecondaryIndexes")

    def create(self, context, given):
        properties = Properties(given)
        name = properties.take("TableName") or context.name(255)
        (replica,) = properties.take("Replicas")
        sse, key = properties.take("SSESpecification"), self._replica(context, replica)
        parameters = {option: properties.take(option) for option in ("AttributeDefinitions", "KeySchema", "BillingMode", "GlobalSecondaryIndexes") if option in given}
        properties.done()
        made = call(context, "dynamodb", "create_table", {
            "TableName": name, **parameters, "DeletionProtectionEnabled": replica.get("DeletionProtectionEnabled", False),
            **({"SSESpecification": {"Enabled": sse["SSEEnabled"], "SSEType": sse["SSEType"], **({"KMSMasterKeyId": key} if key else {})}} if sse else {})})
        self._recover(context, name, replica)
        arn = made["TableDescription"]["TableArn"]
        return name, {"Arn": arn, "TableId": made["TableDescription"].get("TableId", "")}

    def _replica(self, context, replica):
        left = Properties(replica)
        if left.take("Region") != context.region:
            raise NotImplementedError("replicas in other Regions are not emulated")
        sse = left.take("SSESpecification")
        left.take("PointInTimeRecoverySpecification")
        left.take("DeletionProtectionEnabled")
        left.done()
        return usable_key(context, sse["KMSMasterKeyId"]) if sse else None

    def _recover(self, context, name, replica):
        specification = replica.get("PointInTimeRecoverySpecification")
        if specification:
            call(context, "dynamodb", "update_continuous_backups", {"TableName": name, "PointInTimeRecoverySpecification": specification})

    def delete(self, context, name, properties):
        call(context, "dynamodb", "delete_table", {"TableName": name})


HANDLERS = {"AWS::DynamoDB::GlobalTable": GlobalTable()}
