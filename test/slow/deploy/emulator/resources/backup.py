"""AWS Backup. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Backup.html"""
from .handler import Handler, Properties, call, policy_text, usable_key


class Vault(Handler):
    replaced_by = ("BackupVaultName", "EncryptionKeyArn")

    def create(self, context, given):
        properties = Properties(given)
        name, key = properties.take("BackupVaultName"), properties.take("EncryptionKeyArn")
        policy = properties.take("AccessPolicy")
        made = call(context, "backup", "create_backup_vault", {
            "BackupVaultName": name, "BackupVaultTags": properties.take("BackupVaultTags", {}), **({"EncryptionKeyArn": usable_key(context, key)} if key else {})})
        properties.done()
        if policy:
            # moto keeps no policies of vaults: that it is one is all that can be said.
            policy_text(context, policy, 20480, "vault")
        return name, {"BackupVaultName": name, "BackupVaultArn": made["BackupVaultArn"]}

    def delete(self, context, name, properties):
        call(context, "backup", "delete_backup_vault", {"BackupVaultName": name})


class Plan(Handler):
    """CloudFormation says `BackupPlanRule` where the API says `Rules`."""

    def create(self, context, given):
        properties = Properties(given)
        plan = dict(properties.take("BackupPlan"))
        rules = [{("TargetBackupVaultName" if name == "TargetBackupVault" else name): value for name, value in rule.items()} for rule in plan.pop("BackupPlanRule")]
        for rule in rules:
            call(context, "backup", "describe_backup_vault", {"BackupVaultName": rule["TargetBackupVaultName"]})
            for copy in rule.get("CopyActions", []):
                # The vault of a copy has to be there, under its Region's key.
                _, _, _, region, _, _, vault = copy["DestinationBackupVaultArn"].split(":")
                context.client("backup", region).describe_backup_vault(BackupVaultName=vault)
        made = call(context, "backup", "create_backup_plan", {"BackupPlan": {**plan, "Rules": rules}, "BackupPlanTags": properties.take("BackupPlanTags", {})})
        properties.done()
        return made["BackupPlanId"], {"BackupPlanId": made["BackupPlanId"], "BackupPlanArn": made["BackupPlanArn"], "VersionId": made["VersionId"]}

    def delete(self, context, plan, properties):
        call(context, "backup", "delete_backup_plan", {"BackupPlanId": plan})


class Selection(Handler):
    """moto does not have it: what it names must be there."""

    replaced_by = ("BackupPlanId", "BackupSelection")

    def create(self, context, given):
        properties = Properties(given)
        plan, selection = properties.take("BackupPlanId"), Properties(properties.take("BackupSelection"))
        properties.done()
        call(context, "backup", "get_backup_plan", {"BackupPlanId": plan})
        context.client("iam").get_role(RoleName=selection.take("IamRoleArn").split("/")[-1])
        for arn in selection.take("Resources", []):
            self._found(context, arn)
        name = selection.take("SelectionName")
        selection.done()
        return f"{plan}_{name}", {"Id": name}

    def _found(self, context, arn):
        service, resource = arn.split(":")[2], arn.split(":", 5)[5]
        name = resource.replace(":", "/").split("/")[-1]
        if service == "rds":
            context.client("rds").describe_db_clusters(DBClusterIdentifier=name)
        elif service == "elasticfilesystem":
            context.client("efs").describe_file_systems(FileSystemId=name)
        elif service == "dynamodb":
            context.client("dynamodb").describe_table(TableName=name)
        else:
            raise NotImplementedError(f"backups of {arn} are not emulated")

    def delete(self, context, name, properties):
        """It goes with its plan."""


HANDLERS = {"AWS::Backup::BackupVault": Vault(), "AWS::Backup::BackupPlan": Plan(), "AWS::Backup::BackupSelection": Selection()}
