"""Amazon EFS. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-efs-filesystem.html"""
from .handler import Handler, Properties, call, policy_text, usable_key


class FileSystem(Handler):
    replaced_by = ("Encrypted", "KmsKeyId", "PerformanceMode", "AvailabilityZoneName")

    def create(self, context, given):
        properties = Properties(given)
        key = properties.take("KmsKeyId")
        policy, backups, lifecycle = (properties.take(name) for name in ("FileSystemPolicy", "BackupPolicy", "LifecyclePolicies"))
        made = call(context, "efs", "create_file_system", {
            "CreationToken": context.name(64), "Tags": properties.take("FileSystemTags", []),
            **{option: properties.take(option) for option in ("Encrypted", "PerformanceMode", "ThroughputMode", "AvailabilityZoneName") if option in given},
            **({"Backup": backups["Status"] == "ENABLED"} if backups else {}),
            **({"KmsKeyId": usable_key(context, key)} if key else {})})
        properties.done()
        name = made["FileSystemId"]
        if policy:
            call(context, "efs", "put_file_system_policy", {"FileSystemId": name, "Policy": policy_text(context, policy, 20000, "file system")})
        if lifecycle:
            call(context, "efs", "put_lifecycle_configuration", {"FileSystemId": name, "LifecyclePolicies": lifecycle})
        return name, {"Arn": made["FileSystemArn"], "FileSystemId": name}

    def delete(self, context, name, properties):
        call(context, "efs", "delete_file_system", {"FileSystemId": name})


class MountTarget(Handler):
    replaced_by = ("FileSystemId", "SubnetId")

    def create(self, context, given):
        made = call(context, "efs", "create_mount_target", given)
        return made["MountTargetId"], {"Id": made["MountTargetId"], "IpAddress": made.get("IpAddress", "")}

    def delete(self, context, name, properties):
        call(context, "efs", "delete_mount_target", {"MountTargetId": name})


HANDLERS = {"AWS::EFS::FileSystem": FileSystem(), "AWS::EFS::MountTarget": MountTarget()}
