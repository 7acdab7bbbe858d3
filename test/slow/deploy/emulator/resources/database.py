"""Amazon RDS. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_RDS.html"""
from .handler import Handler, Properties, call, usable_key


def _secret(context, properties):
    """MasterUserSecret: {KmsKeyId} is MasterUserSecretKmsKeyId of the API."""
    secret = properties.take("MasterUserSecret")
    return {"MasterUserSecretKmsKeyId": usable_key(context, secret["KmsKeyId"])} if secret else {}


class Cluster(Handler):
    replaced_by = ("DBClusterIdentifier", "StorageEncrypted", "KmsKeyId", "Engine", "DBSubnetGroupName", "DatabaseName", "MasterUsername")

    def create(self, context, given):
        properties = Properties(given)
        name = properties.take("DBClusterIdentifier") or context.name()
        if "KmsKeyId" in given:
            usable_key(context, given["KmsKeyId"])
        made = call(context, "rds", "create_db_cluster", {"DBClusterIdentifier": name, **_secret(context, properties), **properties.rest()})
        return name, _attributes(made["DBCluster"])

    def update(self, context, name, old, new):
        changed = {key for key in {*old, *new} if old.get(key) != new.get(key)}
        if not changed <= {"DeletionProtection", "BackupRetentionPeriod", "DBClusterParameterGroupName"}:
            return super().update(context, name, old, new)
        call(context, "rds", "modify_db_cluster", {"DBClusterIdentifier": name, "ApplyImmediately": True, **{key: new[key] for key in changed}})

    def delete(self, context, name, properties):
        # DeletionPolicy: Snapshot, or none: CloudFormation takes a last snapshot of either unless told Delete.
        call(context, "rds", "delete_db_cluster", {"DBClusterIdentifier": name, "FinalDBSnapshotIdentifier": context.name()})


def _attributes(cluster):
    return {
        "Endpoint.Address": cluster["Endpoint"], "Endpoint.Port": str(cluster["Port"]),
        "ReadEndpoint.Address": cluster.get("ReaderEndpoint", ""), "DBClusterArn": cluster["DBClusterArn"],
        "DBClusterResourceId": cluster["DbClusterResourceId"],
        **({"MasterUserSecret.SecretArn": cluster["MasterUserSecret"]["SecretArn"]} if cluster.get("MasterUserSecret") else {}),
    }


class Instance(Handler):
    replaced_by = ("DBInstanceIdentifier", "StorageEncrypted", "KmsKeyId", "Engine", "DBClusterIdentifier", "DBSubnetGroupName", "MasterUsername")

    def create(self, context, given):
        properties = Properties(given)
        name = properties.take("DBInstanceIdentifier") or context.name()
        for key in ("KmsKeyId", "PerformanceInsightsKMSKeyId"):
            if key in given:
                usable_key(context, given[key])
        groups = {"VpcSecurityGroupIds": properties.take("VPCSecurityGroups")} if "VPCSecurityGroups" in given else {}
        made = call(context, "rds", "create_db_instance", {
            "DBInstanceIdentifier": name, **groups, **_secret(context, properties), **properties.rest()})["DBInstance"]
        secret = made.get("MasterUserSecret")
        return name, {
            "Endpoint.Address": made["Endpoint"]["Address"], "Endpoint.Port": str(made["Endpoint"]["Port"]),
            "DbiResourceId": made["DbiResourceId"], "DBInstanceArn": made["DBInstanceArn"],
            **({"MasterUserSecret.SecretArn": secret["SecretArn"]} if secret else {}),
        }

    def delete(self, context, name, properties):
        last = {"SkipFinalSnapshot": True} if "DBClusterIdentifier" in properties else {"FinalDBSnapshotIdentifier": context.name()}
        call(context, "rds", "delete_db_instance", {"DBInstanceIdentifier": name, **last})


class ParameterGroup(Handler):
    replaced_by = ("Family", "Description")

    def __init__(self, kind, prefix):
        self._kind, self._prefix = kind, prefix

    def create(self, context, given):
        properties = Properties(given)
        name = properties.take(f"{self._prefix}Name") or context.name(255)
        call(context, "rds", f"create_{self._kind}", {
            f"{self._prefix}Name": name, "DBParameterGroupFamily": properties.take("Family"),
            "Description": properties.take("Description"), "Tags": properties.take("Tags", [])})
        self._set(context, name, properties.take("Parameters", {}))
        properties.done()
        return name, {f"{self._prefix}Name": name}

    def update(self, context, name, old, new):
        self._set(context, name, new.get("Parameters", {}))

    def _set(self, context, name, values):
        parameters = [{"ParameterName": key, "ParameterValue": value, "ApplyMethod": "pending-reboot"} for key, value in values.items()]
        if parameters:
            call(context, "rds", f"modify_{self._kind}", {f"{self._prefix}Name": name, "Parameters": parameters})

    def delete(self, context, name, properties):
        call(context, "rds", f"delete_{self._kind}", {f"{self._prefix}Name": name})


class SubnetGroup(Handler):
    replaced_by = ("DBSubnetGroupName",)

    def create(self, context, given):
        name = given.get("DBSubnetGroupName") or context.name(255)
        call(context, "rds", "create_db_subnet_group", {**given, "DBSubnetGroupName": name})
        return name, {}

    def delete(self, context, name, properties):
        call(context, "rds", "delete_db_subnet_group", {"DBSubnetGroupName": name})


HANDLERS = {
    "AWS::RDS::DBCluster": Cluster(),
    "AWS::RDS::DBInstance": Instance(),
    "AWS::RDS::DBClusterParameterGroup": ParameterGroup("db_cluster_parameter_group", "DBClusterParameterGroup"),
    "AWS::RDS::DBParameterGroup": ParameterGroup("db_parameter_group", "DBParameterGroup"),
    "AWS::RDS::DBSubnetGroup": SubnetGroup(),
}
