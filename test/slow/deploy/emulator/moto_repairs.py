"""What moto 5.2.5 has wrong or leaves out of KMS, put right, two things of S3 and two of RDS, so that the tests can see what was deployed.

Each repair names the page of AWS that says how KMS behaves. Without moto's own fault a repair fails at import, and goes.
"""
import copy
import json

from moto.core.exceptions import JsonRESTError
from moto.iam.access_control import PermissionResult
from moto.kms import models, responses, utils
from moto.rds.models import RDSBackend
from moto.s3.models import FakeBucket


def _refuse(kind, message):
    raise JsonRESTError(kind, message)


def _multi_region_ciphertexts():
    """The header of moto's ciphertexts has 36 bytes for a key id; `mrk-…` has 40 characters or fewer."""
    assert utils.KEY_ID_LEN == 36
    utils.KEY_ID_LEN = 40
    utils.HEADER_LEN = utils.KEY_ID_LEN + utils.IV_LEN + utils.TAG_LEN
    utils.CIPHERTEXT_HEADER_FORMAT = f">{utils.KEY_ID_LEN}s{utils.IV_LEN}s{utils.TAG_LEN}s"
    deserialize = utils._deserialize_ciphertext_blob

    def without_padding(ciphertext_blob):
        found = deserialize(ciphertext_blob)
        return found._replace(key_id=found.key_id.rstrip("\0"))

    utils._deserialize_ciphertext_blob = without_padding


def _rotation_periods():
    """https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html: symmetric keys alone, a period, the primary decides."""
    def enable(self):
        key = self.kms_backend.describe_key(self._get_param("KeyId"))
        if key.key_spec != "SYMMETRIC_DEFAULT":
            _refuse("UnsupportedOperationException", f"{key.arn} is {key.key_spec}: only symmetric encryption keys rotate")
        if key.multi_region and key.multi_region_configuration["MultiRegionKeyType"] == "REPLICA":
            _refuse("UnsupportedOperationException", f"{key.arn} is a replica: its primary decides")
        key.rotation_period = self._get_param("RotationPeriodInDays") or 365
        self.kms_backend.enable_key_rotation(key.id)
        return json.dumps(None)

    def status(self):
        backend, key_id = self.kms_backend, self._get_param("KeyId")
        key = backend.describe_key(key_id)
        if key.multi_region:
            primary = key.multi_region_configuration["PrimaryKey"]
            key = models.kms_backends[key.account_id][primary["Region"]].keys[key.id]
        enabled = key.key_rotation_status
        return json.dumps({"KeyRotationEnabled": enabled, **({"RotationPeriodInDays": key.rotation_period} if enabled else {})})

    responses.KmsResponse.enable_key_rotation = enable
    responses.KmsResponse.get_key_rotation_status = status


def _replicas():
    """https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html: own policy, description, tags and state; one key material."""
    def replicate(self):
        backend, region = self.kms_backend, self._get_param("ReplicaRegion")
        primary = backend.describe_key(self._get_param("KeyId"))
        if not primary.multi_region or primary.multi_region_configuration["MultiRegionKeyType"] != "PRIMARY":
            _refuse("UnsupportedOperationException", f"{primary.arn} is not a multi-Region primary key")
        there = models.kms_backends[primary.account_id][region]
        if primary.id in there.keys:
            _refuse("AlreadyExistsException", f"{primary.id} is in {region} already")
        replica = copy.copy(primary)
        replica.region, replica.arn = region, primary.arn.replace(f":{primary.region}:", f":{region}:")
        replica.grants, replica.aliases, replica.rotations = {}, {}, []
        replica.policy = self._get_param("Policy") or primary.generate_default_policy()
        replica.description = self._get_param("Description") or ""
        there.keys[replica.id] = replica
        if self._get_param("Tags"):
            there.tagger.tag_resource(replica.id, self._get_param("Tags"))
        primary.multi_region_configuration["ReplicaKeys"].append({"Arn": replica.arn, "Region": region})
        replica.multi_region_configuration = {**primary.multi_region_configuration, "MultiRegionKeyType": "REPLICA"}
        return json.dumps({"ReplicaKeyMetadata": replica.to_dict()["KeyMetadata"], "ReplicaPolicy": replica.policy})

    responses.KmsResponse.replicate_key = replicate
    # Moto tells a replica from its primary when it is described, and changes the primary by it.
    models.KmsBackend.describe_key = lambda self, key_id: self.keys[self.any_id_to_key_id(key_id)]


def _states():
    """https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html: only an enabled key encrypts and decrypts."""
    encrypt, decrypt = utils.encrypt, utils.decrypt

    def enabled(keys, key_id):
        key = keys.get(key_id.split("/")[-1] if ":key/" in key_id else key_id)
        if key is not None and key.key_state != "Enabled":
            kind = "DisabledException" if key.key_state == "Disabled" else "KMSInvalidStateException"
            _refuse(kind, f"{key.arn} is {key.key_state}")

    def encrypting(master_keys, key_id, **rest):
        enabled(master_keys, key_id)
        return encrypt(master_keys=master_keys, key_id=key_id, **rest)

    def decrypting(master_keys, ciphertext_blob, **rest):
        enabled(master_keys, utils._deserialize_ciphertext_blob(ciphertext_blob).key_id)
        return decrypt(master_keys=master_keys, ciphertext_blob=ciphertext_blob, **rest)

    models.encrypt, models.decrypt = encrypting, decrypting


def _deletion_windows():
    """https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html: a primary waits for its replicas."""
    schedule = responses.KmsResponse.schedule_key_deletion

    def waiting(self):
        key = self.kms_backend.describe_key(self._get_param("KeyId"))
        answer = schedule(self)
        if key.multi_region and key.multi_region_configuration["MultiRegionKeyType"] == "PRIMARY" \
                and key.multi_region_configuration["ReplicaKeys"]:
            key.key_state = "PendingReplicaDeletion"
        return answer

    responses.KmsResponse.schedule_key_deletion = waiting


def _log_buckets():
    """Moto wants the log bucket's policy before PutBucketLogging. The CDK's own names the bucket that logs (aws:SourceArn), so that it
    comes after it in every app, and S3 takes it: aws-cdk/aws-s3/lib/bucket.ts, allowLogDelivery. Who may write is judged afterwards.
    """
    by_policy = FakeBucket._log_permissions_enabled_policy

    def allowed(target_bucket, target_prefix):
        return target_bucket.ownership_rule == "BucketOwnerEnforced" or by_policy(target_bucket, target_prefix)

    FakeBucket._log_permissions_enabled_policy = staticmethod(allowed)


def _bucket_policies():
    """Moto denies by a bucket policy without a look at its conditions, so that no upload would be allowed to a bucket that wants TLS.
    Who may do what is judged by a policy simulator over the deployed policies instead.
    """
    FakeBucket.get_permission = lambda self, action, resource: PermissionResult.NEUTRAL


def _replicas_of_databases_elsewhere():
    """Moto gives a replica its Region last, and looks for its subnets, security groups and parameter group in its source's."""
    replicate = RDSBackend.create_db_instance_read_replica

    def in_own_region(self, db_kwargs):
        elsewhere = db_kwargs["source_db_instance_identifier"].startswith("arn:")
        return replicate(self, {**({"backend": self, "db_parameter_group_name": ""} if elsewhere else {}), **db_kwargs})

    RDSBackend.create_db_instance_read_replica = in_own_region


def _restored_clusters():
    """Moto copies what belongs to the snapshot's cluster alone, and stops at it; as it makes a cluster of a point in time it works."""
    def restore(self, from_snapshot_id, overrides):
        snapshot = self.describe_db_cluster_snapshots(db_cluster_identifier=None, db_snapshot_identifier=from_snapshot_id)[0]
        others = ("backend", "db_subnet_group", "vpc_security_group_ids")
        kept = {name.removeprefix("_"): copy.copy(value) for name, value in snapshot.cluster.__dict__.items()}
        return self.create_db_cluster({**{name: value for name, value in kept.items() if name not in others}, **overrides})

    RDSBackend.restore_db_cluster_from_snapshot = restore


for repair in (_multi_region_ciphertexts, _rotation_periods, _replicas, _states, _deletion_windows, _log_buckets, _bucket_policies,
               _replicas_of_databases_elsewhere, _restored_clusters):
    repair()
