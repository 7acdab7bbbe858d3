"""Amazon RDS. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_RDS.html"""
from .handler import Handler, Properties, call, usable_key


def _secret(context, properties):
    """MasterUserSecret: {KmsKeyId} is MasterUserSecretKmsKeyId of the API."""
    secret = properties.take("MasterUserSecret")
    return {"MasterUserSecretKmsKeyId": usable_key(context, secret["KmsKeyId"])} if secret else {}


def _refuse(properties):
    """What RDS has not, and moto makes all the same."""
    engine, version = properties.get("Engine", ""), str(properties.get("EngineVersion", ""))
    # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.IamDatabaseAuthentication.html
    old_mariadb = engine == "mariadb" and [int(part) for part in version.split(".")[:2]] < [10, 11]
    if str(properties.get("EnableIAMDatabaseAuthentication")).lower() == "true" and (old_mariadb or engine.startswith(("sqlserver", "oracle", "db2"))):
        raise ValueError(f"IAM database authentication is not supported for {engine} {version}")
    # https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html and API_CreateDBCluster.html
    logs = next((logs for prefix, logs in LOGS if engine.startswith(prefix)), None)
    unknown = [log for log in properties.get("EnableCloudwatchLogsExports", []) if logs is not None and log not in logs]
    if unknown:
        raise ValueError(f"{engine} does not export the logs {', '.join(unknown)}")
    if properties.get("ManageMasterUserPassword") and properties.get("MasterUserPassword"):
        raise ValueError("MasterUserPassword cannot be given with ManageMasterUserPassword")


LOGS = (
    ("aurora-postgresql", ("instance", "postgresql", "iam-db-auth-error")),
    ("aurora-mysql", ("audit", "error", "general", "instance", "slowquery", "iam-db-auth-error")),
    ("postgres", ("postgresql", "upgrade", "iam-db-auth-error")),
    ("mysql", ("audit", "error", "general", "slowquery", "iam-db-auth-error")),
    ("mariadb", ("audit", "error", "general", "slowquery", "iam-db-auth-error")),
    ("sqlserver", ("agent", "error")),
    ("oracle", ("alert", "audit", "listener", "trace", "oemagent")),
)


class Cluster(Handler):
    replaced_by = ("DBClusterIdentifier", "StorageEncrypted", "KmsKeyId", "Engine", "DBSubnetGroupName", "DatabaseName", "MasterUsername")

    def create(self, context, given):
        _refuse(given)
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
        if "SourceDBInstanceIdentifier" in given:
            return self._replicate(context, given)
        _refuse(given)
        properties = Properties(given)
        name = properties.take("DBInstanceIdentifier") or context.name()
        for key in ("KmsKeyId", "PerformanceInsightsKMSKeyId"):
            if key in given:
                usable_key(context, given[key])
        groups = {"VpcSecurityGroupIds": properties.take("VPCSecurityGroups")} if "VPCSecurityGroups" in given else {}
        made = call(context, "rds", "create_db_instance", {
            "DBInstanceIdentifier": name, **groups, **_secret(context, properties), **properties.rest()})["DBInstance"]
        return name, self._attributes(made)

    def _attributes(self, made):
        secret = made.get("MasterUserSecret")
        return {
            "Endpoint.Address": made["Endpoint"]["Address"], "Endpoint.Port": str(made["Endpoint"]["Port"]),
            "DbiResourceId": made["DbiResourceId"], "DBInstanceArn": made["DBInstanceArn"],
            **({"MasterUserSecret.SecretArn": secret["SecretArn"]} if secret else {}),
        }

    def _replicate(self, context, given):
        """https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html"""
        properties = Properties(given)
        name, region = properties.take("DBInstanceIdentifier") or context.name(), properties.take("SourceRegion") or context.region
        source_id = given["SourceDBInstanceIdentifier"]
        source = context.client("rds", region).describe_db_instances(DBInstanceIdentifier=source_id.split(":")[-1])["DBInstances"][0]
        # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
        if source.get("MasterUserSecret") and not source["Engine"].startswith("sqlserver"):
            raise ValueError(f"RDS manages the master password of {source_id}: it makes no read replica of such a source, except for SQL Server")
        if region == context.region and "KmsKeyId" in given:
            raise ValueError("KmsKeyId cannot be given for a read replica in its source's Region")
        if region != context.region and source["StorageEncrypted"]:
            if "KmsKeyId" not in given:
                raise ValueError("KmsKeyId is required for an encrypted read replica in another Region")
            usable_key(context, given["KmsKeyId"])
        groups = {"VpcSecurityGroupIds": properties.take("VPCSecurityGroups")} if "VPCSecurityGroups" in given else {}
        group = properties.take("DBParameterGroupName")
        made = call(context, "rds", "create_db_instance_read_replica", {"DBInstanceIdentifier": name, **groups, **properties.rest()})["DBInstance"]
        if group:
            call(context, "rds", "modify_db_instance", {"DBInstanceIdentifier": name, "DBParameterGroupName": group, "ApplyImmediately": True})
        return name, self._attributes(made)

    def delete(self, context, name, properties):
        last = {"SkipFinalSnapshot": True} if "DBClusterIdentifier" in properties else {"FinalDBSnapshotIdentifier": context.name()}
        call(context, "rds", "delete_db_instance", {"DBInstanceIdentifier": name, **last})


# What RDS allows for the parameters that this library sets; moto allows anything.
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Ciphers.html
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Security.html
VALUES = {
    **{name: ("default", "enabled", "disabled") for name in ("rds.tls10", "rds.tls11", "rds.rc4", "rds.3des168")},
    "ssl_min_protocol_version": ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
    "tls_version": ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
    "rds.force_ssl": ("0", "1"), "require_secure_transport": ("0", "1", "ON", "OFF"),
}


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
        for key, value in values.items():
            if key in VALUES and not all(item in VALUES[key] for item in str(value).split(",")):
                raise ValueError(f"{value} is no value of the parameter {key}")
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
