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


def _only(given, wrong, why):
    """Refuses properties that RDS, or CloudFormation for it, does not take together with another."""
    named = [name for name in wrong if name in given]
    if named:
        raise ValueError(f"{', '.join(named)} cannot be given: {why}")


def _split(context, operation, properties):
    """What an operation takes, and what has to be set after it."""
    client = context.client("rds")
    known = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation]).input_shape.members
    return {name: value for name, value in properties.items() if name in known}, {name: value for name, value in properties.items() if name not in known}


def _modified(properties):
    """As ModifyDBInstance and ModifyDBCluster call it."""
    logs = properties.pop("EnableCloudwatchLogsExports", None)
    return {**properties, **({"CloudwatchLogsExportConfiguration": {"EnableLogTypes": logs}} if logs else {})}


class Cluster(Handler):
    replaced_by = ("DBClusterIdentifier", "StorageEncrypted", "KmsKeyId", "Engine", "DBSubnetGroupName", "DatabaseName", "MasterUsername")

    def create(self, context, given):
        _refuse(given)
        properties = Properties(given)
        name = properties.take("DBClusterIdentifier") or context.name()
        if "KmsKeyId" in given:
            usable_key(context, given["KmsKeyId"])
        if given.get("SnapshotIdentifier") or given.get("SourceDBClusterIdentifier"):
            return self._restore(context, name, given, properties)
        made = call(context, "rds", "create_db_cluster", {"DBClusterIdentifier": name, **_secret(context, properties), **properties.rest()})
        return name, _attributes(made["DBCluster"])

    def _restore(self, context, name, given, properties):
        """A cluster of a snapshot, or a clone. Its user and its first database are those of what it is made of.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html
        """
        _only(given, ("MasterUsername", "DatabaseName", "ReplicationSourceIdentifier"), "the cluster has its source's")
        rds = context.client("rds")
        if given.get("SnapshotIdentifier"):
            source = rds.describe_db_cluster_snapshots(DBClusterSnapshotIdentifier=given["SnapshotIdentifier"])["DBClusterSnapshots"][0]
            operation = "restore_db_cluster_from_snapshot"
        else:
            _only(given, ("StorageEncrypted", "MasterUserPassword"), "a clone has its source's")
            source = rds.describe_db_clusters(DBClusterIdentifier=given["SourceDBClusterIdentifier"].split(":")[-1])["DBClusters"][0]
            operation = "restore_db_cluster_to_point_in_time"
        if source["Engine"] != given["Engine"]:
            raise ValueError(f"Engine is {given['Engine']}, and the source has {source['Engine']}")
        if not source["StorageEncrypted"] and given.get("StorageEncrypted") and "KmsKeyId" not in given:
            raise ValueError("the source is not encrypted: KmsKeyId is needed")
        secret = _secret(context, properties)
        rest = {key: value for key, value in properties.rest().items() if key != "StorageEncrypted"}
        known, after = _split(context, operation, {"DBClusterIdentifier": name, **rest})
        for same in ("Engine", "EngineVersion"):
            after.pop(same, None)
        # What comes after the copy is made, CloudFormation sets by ModifyDBCluster.
        call(context, "rds", operation, known)
        call(context, "rds", "modify_db_cluster", {"DBClusterIdentifier": name, "ApplyImmediately": True, **secret, **_modified(after)})
        return name, _attributes(rds.describe_db_clusters(DBClusterIdentifier=name)["DBClusters"][0])

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
        self._copy_backups(context, given, properties)
        if given.get("DBSnapshotIdentifier"):
            return self._restore(context, name, given, properties)
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

    def _copy_backups(self, context, given, properties):
        """Backups in another Region, under a key of that Region. moto does not have the operation.

        https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartDBInstanceAutomatedBackupsReplication.html
        """
        region, key, days = (properties.take(f"AutomaticBackupReplication{name}") for name in ("Region", "KmsKeyId", "RetentionPeriod"))
        if region is None:
            return
        if region == context.region or int(given.get("BackupRetentionPeriod", 1)) == 0:
            raise ValueError("backups are copied to another Region, of an instance that has any")
        if given.get("StorageEncrypted") and not key:
            raise ValueError("AutomaticBackupReplicationKmsKeyId is required for an encrypted instance")
        if days is not None and not 1 <= int(days) <= 35:
            raise ValueError("AutomaticBackupReplicationRetentionPeriod must be between 1 and 35")
        if f":kms:{region}:" not in key or context.client("kms", region).describe_key(KeyId=key)["KeyMetadata"]["KeyState"] != "Enabled":
            raise ValueError(f"{key} is not an enabled key of {region}")

    def _restore(self, context, name, given, properties):
        """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html"""
        _only(given, ("KmsKeyId", "MasterUsername", "CharacterSetName", "SourceDBInstanceIdentifier"), "the instance has its snapshot's")
        rds = context.client("rds")
        snapshot = rds.describe_db_snapshots(DBSnapshotIdentifier=given["DBSnapshotIdentifier"])["DBSnapshots"][0]
        if given.get("StorageEncrypted") and not snapshot["Encrypted"]:
            raise ValueError("StorageEncrypted cannot be given: the snapshot is not encrypted")
        groups = {"VpcSecurityGroupIds": properties.take("VPCSecurityGroups")} if "VPCSecurityGroups" in given else {}
        secret = _secret(context, properties)
        rest = {key: value for key, value in properties.rest().items() if key not in ("StorageEncrypted", "EngineVersion")}
        known, after = _split(context, "restore_db_instance_from_db_snapshot", {"DBInstanceIdentifier": name, **groups, **rest})
        after.pop("Engine", None)
        call(context, "rds", "restore_db_instance_from_db_snapshot", known)
        call(context, "rds", "modify_db_instance", {"DBInstanceIdentifier": name, "ApplyImmediately": True, **secret, **_modified(after)})
        return name, self._attributes(rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0])

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


class OptionGroup(Handler):
    """https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Options.NNE.Options.html"""

    replaced_by = ("EngineName", "MajorEngineVersion", "OptionGroupDescription", "OptionGroupName")

    def create(self, context, given):
        properties = Properties(given)
        name = properties.take("OptionGroupName") or context.name(255)
        call(context, "rds", "create_option_group", {
            "OptionGroupName": name, "EngineName": properties.take("EngineName"), "MajorEngineVersion": properties.take("MajorEngineVersion"),
            "OptionGroupDescription": properties.take("OptionGroupDescription"), "Tags": properties.take("Tags", [])})
        options = properties.take("OptionConfigurations", [])
        for setting in (setting for option in options for setting in option.get("OptionSettings", [])):
            allowed = OPTION_VALUES.get(setting["Name"])
            if allowed and not all(value in allowed for value in setting["Value"].split(",")):
                raise ValueError(f"{setting['Value']} is no value of the option setting {setting['Name']}")
        if options:
            call(context, "rds", "modify_option_group", {"OptionGroupName": name, "OptionsToInclude": options, "ApplyImmediately": True})
        properties.done()
        return name, {}

    def delete(self, context, name, properties):
        call(context, "rds", "delete_option_group", {"OptionGroupName": name})


OPTION_VALUES = {
    "SQLNET.ENCRYPTION_SERVER": ("ACCEPTED", "REJECTED", "REQUESTED", "REQUIRED"),
    "SQLNET.ENCRYPTION_TYPES_SERVER": ("RC4_256", "AES256", "AES192", "3DES168", "RC4_128", "AES128", "3DES112", "RC4_56", "DES", "RC4_40", "DES40"),
    "SQLNET.CRYPTO_CHECKSUM_SERVER": ("ACCEPTED", "REJECTED", "REQUESTED", "REQUIRED"),
    "SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER": ("SHA256", "SHA384", "SHA512", "SHA1", "MD5"),
    "SQLNET.ALLOW_WEAK_CRYPTO": ("TRUE", "FALSE"), "SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS": ("TRUE", "FALSE"),
}


class Proxy(Handler):
    """https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html"""

    replaced_by = ("DBProxyName", "EngineFamily", "VpcSubnetIds")

    def create(self, context, given):
        context.client("iam").get_role(RoleName=given["RoleArn"].split("/")[-1])
        for auth in given["Auth"]:
            context.client("secretsmanager").describe_secret(SecretId=auth["SecretArn"])
        made = call(context, "rds", "create_db_proxy", given)["DBProxy"]
        return made["DBProxyName"], {"DBProxyArn": made["DBProxyArn"], "Endpoint": made["Endpoint"], "VpcId": made.get("VpcId", "")}

    def delete(self, context, name, properties):
        call(context, "rds", "delete_db_proxy", {"DBProxyName": name})


class ProxyTargetGroup(Handler):
    replaced_by = ("DBProxyName", "TargetGroupName")

    def create(self, context, given):
        properties = Properties(given)
        named = {name: properties.take(name) for name in ("DBProxyName", "TargetGroupName", "DBInstanceIdentifiers", "DBClusterIdentifiers") if name in given}
        rds = context.client("rds")
        for name in named.get("DBInstanceIdentifiers", []):
            rds.describe_db_instances(DBInstanceIdentifier=name)
        for name in named.get("DBClusterIdentifiers", []):
            rds.describe_db_clusters(DBClusterIdentifier=name)
        call(context, "rds", "register_db_proxy_targets", named)
        pool = properties.take("ConnectionPoolConfigurationInfo")
        if pool:
            call(context, "rds", "modify_db_proxy_target_group", {**{name: named[name] for name in ("DBProxyName", "TargetGroupName")}, "ConnectionPoolConfig": pool})
        properties.done()
        return f"{given['DBProxyName']}/{given['TargetGroupName']}", {}

    def delete(self, context, name, properties):
        """It goes with its proxy."""


HANDLERS = {
    "AWS::RDS::OptionGroup": OptionGroup(),
    "AWS::RDS::DBProxy": Proxy(),
    "AWS::RDS::DBProxyTargetGroup": ProxyTargetGroup(),
    "AWS::RDS::DBCluster": Cluster(),
    "AWS::RDS::DBInstance": Instance(),
    "AWS::RDS::DBClusterParameterGroup": ParameterGroup("db_cluster_parameter_group", "DBClusterParameterGroup"),
    "AWS::RDS::DBParameterGroup": ParameterGroup("db_parameter_group", "DBParameterGroup"),
    "AWS::RDS::DBSubnetGroup": SubnetGroup(),
}
