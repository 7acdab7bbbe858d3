import { shapeOf } from '../flows/estate';
import { actsFor, found } from '../flows/finders';
import type { FlowDeclaration, ServiceParty } from '../flows/flow';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** What a group launches its instances from. */
function launchTemplates(group: TemplateResource): Read[] {
  const mixed = group.get('MixedInstancesPolicy', 'LaunchTemplate');
  const specifications = [
    group.get('LaunchTemplate'), mixed.get('LaunchTemplateSpecification'),
    ...mixed.get('Overrides').items().map((each) => each.get('LaunchTemplateSpecification')),
  ];
  return specifications.flatMap((each) => [each.get('LaunchTemplateId'), each.get('LaunchTemplateName')]);
}

/** Auto Scaling acts as a role of its own, which only AWS can make; a group may name another one than the account's. */
function autoScaling(group: TemplateResource): ServiceParty {
  const arn = shapeOf(group.get('ServiceLinkedRoleARN'))?.replace(/\$\{(?!AWS::)[^}]*\}/g, '*');
  // A role of the template is known by its name only when it is deployed.
  return { ...actsFor('autoscaling.amazonaws.com', group), arn: arn === undefined || arn.startsWith('arn:') ? arn : ANY_ROLE };
}

const ANY_ROLE = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling*';

export const FLOWS: readonly FlowDeclaration[] = [{
  id: 'AutoScalingVolumes',
  service: 'Amazon EC2 Auto Scaling',
  what: 'a group launches instances whose volumes are under a key',
  kind: 'volume',
  direction: 'write',
  foundBy: `\`${GROUP}\` \`LaunchTemplate\`, \`MixedInstancesPolicy\`; \`AWS::EC2::LaunchTemplate\` \`BlockDeviceMappings.Ebs.KmsKeyId\``,
  types: [GROUP],
  principal: 'the service-linked role `AWSServiceRoleForAutoScaling`, or the one that the group names',
  sends: '',
  needs: '`kms:Encrypt`, `kms:Decrypt`, `kms:ReEncrypt*`, `kms:GenerateDataKey*`, `kms:DescribeKey`, and `kms:CreateGrant` for AWS resources',
  becomes: 'completed',
  see: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
  find: (estate) => estate.ofType(GROUP).flatMap((group) => launchTemplates(group).flatMap((template) => found(estate, group, 'volume', template, autoScaling(group)))),
}];
