"""Amazon EFS. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-efs-filesystem.html"""
from .handler import Handler, Properties, call, usable_key


class FileSystem(Handler):
    replaced_by = ("Encrypted", "KmsKeyId", "PerformanceMode", "AvailabilityZoneName")

    def create(self, context, given):
        properties = Properties(given)
        key = properties.take("KmsKeyId")
        parameters = {option: properties.take(option) for option in ("Encrypted", "PerformanceMode", "AvailabilityZoneName") if option in given}
        properties.done()
        made = call(context, "efs", "create_file_system", {
            "CreationToken": context.name(64), **parameters, **({"KmsKeyId": usable_key(context, key)} if key else {})})
        return made["FileSystemId"], {"Arn": made["FileSystemArn"], "FileSystemId": made["FileSystemId"]}

    def delete(self, context, file_system, properties):
        call(context, "efs", "delete_file_system", {"FileSystemId": file_system})


HANDLERS = {"AWS::EFS::FileSystem": FileSystem()}
