import { Rule, WHOLE_TEMPLATE } from '../../rules/rule';
import { everythingIsRead } from '../read-checks';

export const rule: Rule = {
  id: 'Encryption-CloudFormationEverythingRead',
  severity: 'warning',
  guards: 'operations',
  resourceTypes: [WHOLE_TEMPLATE, 'AWS::CloudFormation::Stack', 'AWS::CloudFormation::StackSet', 'AWS::Serverless::Application',
    'AWS::ServiceCatalog::CloudFormationProvisionedProduct', '*::MODULE'],
  info: 'Everything that a template makes should be readable before it is deployed.',
  why: 'What a macro, an include, a module or a template elsewhere makes is not judged: no finding says nothing about it.',
  fix: 'Check the processed template (aws cloudformation get-template --template-stage Processed), or check nested templates together with their parent.',
  see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros.html',
  controls: {},
  examples: {
    wrong: {},
    right: {
      'the language extensions, which are read': `
        Transform: AWS::LanguageExtensions
        Resources:
          Fn::ForEach::Queues:
            - Name
            - [Red, Blue]
            - Queue\${Name}:
                Type: AWS::SQS::Queue`,
      'SAM': `
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Function:
            Type: AWS::Serverless::Function`,
    },
    undetermined: {
      'a macro of the account': `
        Transform: [AWS::Serverless-2016-10-31, Company-Defaults]
        Resources:
          Queue:
            Type: AWS::SQS::Queue`,
      'an include of resources': `
        Resources:
          Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://templates/more.yaml}}
          Queue:
            Type: AWS::SQS::Queue`,
      'a loop over a list that only the deployment knows': `
        Transform: AWS::LanguageExtensions
        Parameters:
          Names: {Type: CommaDelimitedList}
        Resources:
          Fn::ForEach::Queues:
            - Name
            - !Ref Names
            - Queue\${Name}:
                Type: AWS::SQS::Queue`,
      'a nested stack by URL': `
        Resources:
          Nested:
            Type: AWS::CloudFormation::Stack
            Properties: {TemplateURL: https://templates.s3.amazonaws.com/queue.yaml}`,
      'a StackSet by URL': `
        Resources:
          Base:
            Type: AWS::CloudFormation::StackSet
            Properties: {StackSetName: base, PermissionModel: SELF_MANAGED, TemplateURL: https://templates.s3.amazonaws.com/queue.yaml}`,
      'an include of mappings': `
        Mappings:
          Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://templates/mappings.yaml}}
        Resources:
          Queue:
            Type: AWS::SQS::Queue`,
      'a resource that an include writes, its type too': `
        Resources:
          Queue:
            Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://templates/queue.yaml}}`,
      'an application of the Serverless Application Repository': `
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Application:
            Type: AWS::Serverless::Application
            Properties:
              Location: {ApplicationId: 'arn:aws:serverlessrepo:us-east-1:111122223333:applications/orders', SemanticVersion: 1.0.0}`,
      'a product of the Service Catalog': `
        Resources:
          Product:
            Type: AWS::ServiceCatalog::CloudFormationProvisionedProduct
            Properties: {ProductName: orders, ProvisioningArtifactName: v1}`,
      'a module': `
        Resources:
          Orders:
            Type: My::Org::Bucket::MODULE`,
    },
  },
  check: everythingIsRead,
};
